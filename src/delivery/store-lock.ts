/** The embedded store can be open in one process at a time; a file with its process id says in which. */
import { join } from "node:path";
import { lockByProcess } from "../workspace/process-lock.ts";

/**
 * Takes the lock of the embedded store in `folder`; returns what gives it back. A lock of a process that has ended is taken over.
 *
 * @throws workspace_busy naming the process that has the store open
 */
export const lockStore = (folder: string): (() => void) =>
  lockByProcess(
    join(folder, "open.lock"),
    (pid) => `process ${pid} has the embedded store of ${folder} open; a PostgreSQL server can be used by several`,
  );
