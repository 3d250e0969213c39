/** The embedded store can be open in one process at a time; a file with its process id says in which. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { CartwrightError } from "../errors.ts";

function isAlive(pid: number): boolean {
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
 * Takes the lock of the embedded store in `folder`; returns what gives it back. A lock of a process that has ended is taken over.
 *
 * @throws workspace_busy naming the process that has the store open
 */
export function lockStore(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "open.lock");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(path, "wx", 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const pid = processIn(path);
      if (pid > 0 && isAlive(pid)) {
        throw new CartwrightError(
          "workspace_busy",
          `process ${pid} has the embedded store of ${folder} open; a PostgreSQL server can be used by several`,
          { pid },
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new CartwrightError("workspace_busy", `another process is opening the embedded store of ${folder}`, {
    pid: "unknown",
  });
}
