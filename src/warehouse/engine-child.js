// The process that *is* the embedded engine. It loads libchdb, runs `clickhouse local` inside it with an HTTP listener,
// and ends itself when its standard input closes, so that it never outlives the process that started it.

import { readSync } from "node:fs";
import { createRequire } from "node:module";
import { isMainThread, Worker } from "node:worker_threads";

if (isMainThread) {
  const require = createRequire(import.meta.url);
  const { open, load, DataType } = require("ffi-rs");
  const { libchdbPath } = require("chdb/libchdb");
  open({ library: "chdb", path: libchdbPath() });
  // Only now: both loaders above ask every worker for a report, and the watcher below never answers (it blocks in read).
  new Worker(new URL(import.meta.url), { stdout: false });

  const argv = ["clickhouse-local", ...process.argv.slice(2)];
  /** @param {string} name @param {number} retType @param {number[]} paramsType @param {unknown[]} paramsValue */
  const call = (name, retType, paramsType, paramsValue) =>
    load({ library: "chdb", funcName: name, retType, paramsType, paramsValue });
  const result = call(
    "chdb_query_cmdline",
    DataType.External,
    [DataType.I32, DataType.StringArray],
    [argv.length, argv],
  );
  const failure = call("chdb_result_error", DataType.String, [DataType.External], [result]);
  process.stderr.write(`${failure || "the engine ended"}\n`);
  process.exit(failure ? 1 : 0);
} else {
  const buffer = Buffer.alloc(64);
  try {
    while (readSync(0, buffer) > 0);
  } catch {
    // A closed pipe reads as an error on some platforms; either way the parent is gone.
  }
  process.kill(process.pid, "SIGKILL");
}
