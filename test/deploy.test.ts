/** What runs Cartwright without anybody at a terminal: the files in deploy/, and the server as they start it. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { configSchema } from "../src/config.ts";
import { ensureBuilt } from "./support/built.ts";
import { startProgram } from "./support/program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), "utf8");
const folder = mkdtempSync(join(tmpdir(), "cartwright-deploy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const containerfile = text("deploy/Containerfile");
const unitCommand = /^ExecStart=\/usr\/bin\/env cartwright (.+)$/m.exec(text("deploy/cartwright.service"))?.[1];
const containerCommand = JSON.parse(/^CMD (\[.+\])$/m.exec(containerfile)?.[1] ?? "[]") as string[];

it.skipIf(!existsSync("/usr/bin/systemd-analyze"))("the unit is one that systemd takes without a word", () => {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", join(root, "deploy/cartwright.service")]);
  expect(`${stdout}${stderr}`).toBe("");
  expect(status).toBe(0);
});

it("the container copies what is there, and the parts a running server needs", () => {
  const copied = [...containerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, paths]) => paths?.split(" ") ?? [],
  );
  expect(copied).toContain("scripts/bootstrap.mjs");
  for (const path of copied) expect(existsSync(join(root, path)), path).toBe(true);
  const { files } = JSON.parse(text("package.json")) as { files: string[] };
  for (const path of files) expect(containerfile, path).toMatch(new RegExp(`^COPY .*\\b${path}\\b`, "m"));
});

it("the template of the settings is the settings when nothing is said", () => {
  expect(JSON.parse(text("docs/reference/cartwright.example.json"))).toEqual(configSchema.parse({}));
});

it.each([
  ["the unit", unitCommand?.split(" ") ?? []],
  ["the container", containerCommand],
])(
  "serves as %s starts it: prints no secret, says it is well, and ends what it began when told to",
  async (_, args) => {
    await ensureBuilt();
    const workspace = mkdtempSync(join(folder, "shop-"));
    expect((await startProgram(["init", "--workspace", workspace]).ended).code).toBe(0);
    const free = args.map((arg, place) => (args[place - 1] === "--port" ? "0" : arg));
    const server = startProgram([...free, "--workspace", workspace]);
    const [, address = ""] = await server.says(/is at (http:\S+)\s/);
    expect((await fetch(new URL("/healthz", address))).status).toBe(200);
    server.child.kill("SIGTERM");
    const { code, out, words } = await server.ended;
    expect({ code, words }).toMatchObject({ code: 0 });
    expect(out + words).not.toMatch(/token=/);
  },
  120_000,
);

/** Whether every user may enter a folder. */
const isOpenToAll = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || isOpenToAll(dirname(path)));

it("runs from its installed files alone, as a user who may write the workspace and nothing else", async () => {
  await ensureBuilt();
  const app = join(folder, "app");
  for (const path of ["package.json", "bin", "dist", "web/dist", "scripts/bootstrap.mjs"])
    cpSync(join(root, path), join(app, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(app, "node_modules"));
  chmodSync(app, 0o555);
  const workspace = mkdtempSync(join(folder, "own-"));
  chmodSync(folder, 0o755);
  const nobody = 65_534;
  const isOther = process.getuid?.() === 0 && isOpenToAll(root);
  if (isOther) chownSync(workspace, nobody, nobody);
  else
    console.warn("the packages lie where another user may not read, or this is not root: run as the user of this test");
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(app, "bin/cartwright"), ...args], {
      cwd: app,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: workspace, CARTWRIGHT_WORKSPACE: workspace },
      ...(isOther ? { uid: nobody, gid: nobody } : {}),
    });
  for (const args of [["init"], ["doctor"], ["query", "freshness"]]) {
    const { status, stdout, stderr } = run(...args);
    expect({ args, status, stderr, stdout }).toMatchObject({ status: 0 });
  }
}, 120_000);
