// Makes a checkout ready to run: the right Node, packages, the engine for this platform, and a fresh build.
// An installed package has all of that already, and only the checks remain.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isCheckout = existsSync(join(root, "src"));

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(4);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Cartwright needs Node 20.19 or later; this is ${process.version}. Install a newer Node and run again.`);
}

/** @param {string[]} args */
function npm(args) {
  const outcome = spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (outcome.status !== 0) fail(`\`npm ${args.join(" ")}\` failed; run it in ${root} to see why.`);
}

function installPackages() {
  const marker = join(root, "node_modules", ".package-lock.json");
  if (existsSync(marker)) return;
  process.stderr.write("installing packages (once)\n");
  npm(["ci", "--no-audit", "--no-fund"]);
}

/** The engine's library for this platform, pinned by the engine's package; a lockfile made elsewhere may lack it. */
function installEngine() {
  const require = createRequire(join(root, "package.json"));
  const { tryResolveLibchdb, platformKey } = require("chdb/libchdb");
  if (tryResolveLibchdb()) return;
  const pinned = JSON.parse(readFileSync(require.resolve("chdb/package.json"), "utf8")).optionalDependencies ?? {};
  const name = Object.keys(pinned).find((one) => one.startsWith(`@chdb/lib-${platformKey()}`));
  if (!name) return;
  process.stderr.write(`installing the engine for ${platformKey()} (once)\n`);
  npm(["install", "--no-save", "--no-audit", "--no-fund", `${name}@${pinned[name]}`]);
}

/** @param {{ withDashboard: boolean }} wanted */
export async function makeReady({ withDashboard }) {
  checkNode();
  if (!isCheckout) return;
  installPackages();
  installEngine();
  const { buildServer, buildWeb } = await import("./build.mjs");
  buildServer();
  if (withDashboard) buildWeb();
}
