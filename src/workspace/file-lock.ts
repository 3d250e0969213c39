/** A lock around the reading and replacing of a small file, so that two processes do not lose each other's change. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CartwrightError } from "../errors.ts";
import { isAlive } from "./process-lock.ts";

const pollMs = 5;
/** The work takes milliseconds: whoever holds the lock for so long without a change of hands does not live, whatever its number says. */
const patienceMs = 10_000;

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs);
};

const isSame = (left: Stats | undefined, right: Stats | undefined): boolean =>
  left?.ino === right?.ino && left?.mtimeMs === right?.mtimeMs;

/** Whether the lock was left behind by a process that has ended; this one never holds it while it asks for it. */
function isLeft(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid === process.pid || !isAlive(pid);
  } catch {
    return false;
  }
}

/** Removes the lock that was seen, and puts back another one that took its place meanwhile. */
function takeAway(path: string, seen: Stats): void {
  const aside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    renameSync(path, aside);
    if (!isSame(statSync(aside), seen)) linkSync(aside, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function take(path: string, mine: string): void {
  let seen: Stats | undefined;
  let since = performance.now();
  for (let round = 0; round < (2 * patienceMs) / pollMs; round += 1) {
    try {
      linkSync(mine, path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const now = statSync(path, { throwIfNoEntry: false });
    if (!isSame(now, seen)) since = performance.now();
    seen = now;
    if (seen && (isLeft(path) || performance.now() - since > patienceMs)) takeAway(path, seen);
    else pause();
  }
  throw new CartwrightError("workspace_busy", `${path} is held by another process`, { pid: "unknown" });
}

/**
 * Does `work` while no other process does work under the same lock; waits for its turn. The work must be short and must not
 * ask for the same lock: it blocks the process. A lock left by a process that was killed is taken over.
 *
 * @throws workspace_busy when the lock does not come free
 */
export function withFileLock<T>(path: string, work: () => T): T {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // The lock appears whole, with its holder's number, or not at all.
  const mine = `${path}.${process.pid}-${randomBytes(6).toString("hex")}`;
  writeFileSync(mine, String(process.pid), { mode: 0o600 });
  try {
    take(path, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}
