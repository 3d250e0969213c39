/** Two processes change one file of secrets, and neither loses the other's change. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { SecretFile } from "../src/api/secret-file.ts";
import { ensureBuilt } from "./support/built.ts";

const module = new URL("../dist/api/secret-file.js", import.meta.url).href;
const changesOfEach = 60;
let folder: string;

beforeAll(async () => await ensureBuilt(), 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cartwright-secrets-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** A process that adds numbers to a list, one change each, and then ends. */
function adding(name: string): Promise<number | null> {
  const script = `import { SecretFile } from ${JSON.stringify(module)};
const file = new SecretFile(${JSON.stringify(folder)}, "list.json", []);
for (let at = 0; at < ${changesOfEach}; at += 1) file.change((list) => [...list, ${JSON.stringify(name)} + at]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  return new Promise((resolve) => child.once("close", resolve));
}

it("keeps every change of three processes, each in its order", async () => {
  const names = ["a", "b", "c"];
  expect(await Promise.all(names.map(adding))).toEqual([0, 0, 0]);
  const list = new SecretFile<readonly string[]>(folder, "list.json", []).read();
  for (const name of names)
    expect(list.filter((one) => one.startsWith(name))).toEqual(
      Array.from({ length: changesOfEach }, (_, at) => `${name}${at}`),
    );
  expect(list).toHaveLength(names.length * changesOfEach);
  expect(readdirSync(join(folder, "run"))).toEqual([]);
}, 120_000);

it("sees what another process has changed, and takes over the lock of one that was killed", () => {
  const file = new SecretFile<readonly string[]>(folder, "list.json", []);
  expect(file.read()).toEqual([]);
  writeFileSync(join(folder, "list.json"), '["theirs"]');
  expect(file.read()).toEqual(["theirs"]);
  const ended = execFileSync(process.execPath, ["-e", "console.log(process.pid)"]).toString().trim();
  mkdirSync(join(folder, "run"), { recursive: true });
  writeFileSync(join(folder, "run", "list.json.lock"), ended);
  file.change((list) => [...list, "ours"]);
  expect(JSON.parse(readFileSync(join(folder, "list.json"), "utf8"))).toEqual(["theirs", "ours"]);
  expect(readdirSync(join(folder, "run"))).toEqual([]);
});

it("gives the lock back when a change fails, and leaves the file as it was", () => {
  const file = new SecretFile<readonly string[]>(folder, "list.json", []);
  file.change(() => ["first"]);
  expect(() =>
    file.change(() => {
      throw new Error("no");
    }),
  ).toThrow("no");
  file.change((list) => [...list, "second"]);
  expect(file.read()).toEqual(["first", "second"]);
});
