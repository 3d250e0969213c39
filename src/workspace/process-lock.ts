/** A file with the mark of a process that says which process has something in hand; one of a process that has ended is taken over. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { CartwrightError } from "../errors.ts";

/** When a process began, in ticks since the machine did; empty where the system does not tell. */
function beginningOf(pid: number): string {
  try {
    // After the program's name, which stands in brackets and may hold anything, the 20th field.
    return (
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[19] ?? ""
    );
  } catch {
    return "";
  }
}

/**
 * What names a process also after its number has been given to another one, which happens at once where a container starts
 * again: its number and, where the system tells, when it began.
 */
export const processMark = (pid: number = process.pid): string => `${pid} ${beginningOf(pid)}`.trimEnd();

/** Whether the process of a mark goes on. */
export function isMarkAlive(mark: string): boolean {
  const pid = Number(mark.split(" ")[0]);
  return isAlive(pid) && (!mark.includes(" ") || processMark(pid) === mark);
}

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

const markIn = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
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
      writeSync(handle, processMark());
      closeSync(handle);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const mark = markIn(path);
      if (isMarkAlive(mark)) {
        const pid = Number(mark.split(" ")[0]);
        throw new CartwrightError("workspace_busy", busy(pid), { pid });
      }
      rmSync(path, { force: true });
    }
  }
  throw new CartwrightError("workspace_busy", busy("unknown"), { pid: "unknown" });
}
