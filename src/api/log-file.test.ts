import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openLogFile } from "./log-file.ts";

const numbersIn = (path: string): number[] => readFileSync(path, "utf8").trim().split("\n").map(Number);

it("begins a new file when the present one is large, keeps so many earlier ones, and loses no line that is kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-log-"));
  const path = join(folder, "server.log");
  const log = openLogFile(path, { bytes: 100, earlier: 2 });
  for (let line = 0; line < 400; line += 1) {
    log.stream.write(`${line}\n`);
    log.rotate();
    // Until the new file is open; lines written meanwhile wait.
    if (line % 7 === 0) await sleep(5);
  }
  await sleep(50);
  expect(readdirSync(folder).sort()).toEqual(["server.log", "server.log.1", "server.log.2"]);
  const kept = ["server.log.2", "server.log.1", "server.log"].flatMap((name) => numbersIn(join(folder, name)));
  const [first = 0] = kept;
  expect(kept).toEqual(Array.from({ length: 400 - first }, (_, index) => first + index));
  expect(first).toBeGreaterThan(0);
  log.stop();
  rmSync(folder, { recursive: true, force: true });
});
