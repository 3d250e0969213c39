// Builds `dist/` from `src/` and `web/dist/` from `web/` when their inputs have changed since the last build.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCompressed } from "./compress.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "dist" || entry.name === "node_modules" ? [] : filesIn(path);
    return [path];
  });
}

/** @param {string[]} paths */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.sort())
    hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** @param {string} stamp @param {string} digest */
const isFresh = (stamp, digest) => existsSync(stamp) && readFileSync(stamp, "utf8") === digest;

/** @param {string} command @param {string[]} args */
const run = (command, args) =>
  execFileSync(process.execPath, [command, ...args], { cwd: root, stdio: ["ignore", 2, 2] });

/** Compiles `src/` and copies the SQL and README files that are read at run time. */
export function buildServer() {
  const sources = filesIn(join(root, "src")).filter((path) => !path.endsWith(".test.ts"));
  const digest = digestOf([...sources, join(root, "tsconfig.json"), join(root, "tsconfig.base.json")]);
  const stamp = join(root, "dist", ".digest");
  if (isFresh(stamp, digest)) return;
  // Built aside and then put in place, so that a command started meanwhile never meets half a build.
  const out = join(root, `dist.${process.pid}`);
  mkdirSync(out, { recursive: true });
  process.stderr.write("building\n");
  run(join(dirname(require.resolve("typescript/package.json")), "bin", "tsc"), [
    "-p",
    "tsconfig.json",
    "--outDir",
    out,
  ]);
  for (const path of sources.filter((one) => !/\.(ts|js)$/.test(one))) {
    const target = join(out, relative(join(root, "src"), path));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
  }
  writeFileSync(join(out, ".digest"), digest);
  rmSync(join(root, "dist"), { recursive: true, force: true });
  renameSync(out, join(root, "dist"));
}

/** Bundles the dashboard and the storefront. */
export function buildWeb() {
  if (!existsSync(join(root, "web", "index.html"))) return;
  const sources = filesIn(join(root, "web")).filter((path) => !path.endsWith(".test.ts"));
  const others = [join(root, "package-lock.json"), join(root, "scripts", "compress.mjs")];
  const digest = digestOf([...sources, ...others]);
  const stamp = join(root, "web", "dist", ".digest");
  if (isFresh(stamp, digest)) return;
  process.stderr.write("building the dashboard and the storefront\n");
  const vite = join(dirname(require.resolve("vite/package.json")), "bin", "vite.js");
  // The dashboard first: its build empties the folder that holds them all.
  for (const entry of ["web", "web/snippet", "web/storefront"]) run(vite, ["build", entry, "--logLevel", "warn"]);
  const dist = join(root, "web", "dist");
  writeCompressed([join(dist, "index.html"), ...filesIn(join(dist, "assets")), ...filesIn(join(dist, "shop"))]);
  writeFileSync(stamp, digest);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildServer();
  if (!process.argv.includes("--server")) buildWeb();
}
