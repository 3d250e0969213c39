/** A file with a process id that says which process has something in hand; one of a process that has ended is taken over. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { CartwrightError } from "../errors.ts";

/** Whether a process of this machine goes on. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const processIn = (path: string): number => {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return 0;
  }
};

/**
 * Takes the lock; returns what gives it back.
 *
 * @param busy what is said of the process that has it
 * @throws workspace_busy naming that process
 */
export function lockByProcess(path: string, busy: (pid: number | "unknown") => string): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(path, "wx", 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const pid = processIn(path);
      if (isAlive(pid)) throw new CartwrightError("workspace_busy", busy(pid), { pid });
      rmSync(path, { force: true });
    }
  }
  throw new CartwrightError("workspace_busy", busy("unknown"), { pid: "unknown" });
}
