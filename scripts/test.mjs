// `npm test`: installs what is missing, then runs every check. Ends with the line `N passed, N failed`, counting each check
// of this list and each test once, and with the list of what was skipped and why.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeReady } from "./bootstrap.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const started = Date.now();
await makeReady({ withDashboard: true });
const require = createRequire(join(root, "package.json"));

/** @param {string} name @param {string} path */
const packageFile = (name, path) => join(dirname(require.resolve(`${name}/package.json`)), path);

/** A time zone drawn anew in each run: no result may depend on the machine's. */
const zones = [
  "UTC",
  "Asia/Tokyo",
  "America/Los_Angeles",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Europe/London",
  "America/St_Johns",
];
const zone = process.env.TZ ?? zones[Math.floor(Math.random() * zones.length)] ?? "UTC";

/** @param {string} script @param {string[]} args */
function run(script, args) {
  const outcome = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: "inherit",
    // A store named in the developer's own environment is nobody's test store.
    env: { ...process.env, TZ: zone, DATABASE_URL: "" },
  });
  return outcome.status === 0;
}

const tsc = packageFile("typescript", "bin/tsc");
const checks = [
  ["format and lint", () => run(packageFile("@biomejs/biome", "bin/biome"), ["check", "--error-on-warnings", "."])],
  ["types: server and tests", () => run(tsc, ["-p", "tsconfig.test.json"])],
  [
    "types: dashboard",
    () => !existsSync(join(root, "web", "tsconfig.json")) || run(tsc, ["-p", "web/tsconfig.json", "--noEmit"]),
  ],
  ["types: storefront", () => run(tsc, ["-p", "web/storefront/tsconfig.json", "--noEmit"])],
  ["generated files", () => run(join(root, "scripts", "generate.mjs"), ["--check"])],
];

let passed = 0;
const failures = [];
for (const [name, check] of checks) {
  process.stdout.write(`\n== ${name}\n`);
  if (check()) passed += 1;
  else failures.push(name);
}

process.stdout.write(`\n== tests (TZ=${zone})\n`);
const folder = mkdtempSync(join(tmpdir(), "cartwright-results-"));
const results = join(folder, "results.json");
run(packageFile("vitest", "vitest.mjs"), [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
const skipped = [];
if (existsSync(results)) {
  const report = JSON.parse(readFileSync(results, "utf8"));
  for (const file of report.testResults) {
    if (file.status === "failed" && file.assertionResults.length === 0) failures.push(`${file.name} did not load`);
    for (const test of file.assertionResults) {
      if (test.status === "passed") passed += 1;
      else if (test.status === "failed") failures.push(test.fullName);
      else skipped.push(test.fullName);
    }
  }
  if (!report.success && failures.length === 0) failures.push("the test run did not succeed");
} else {
  failures.push("the test run gave no results");
}
rmSync(folder, { recursive: true, force: true });

if (skipped.length > 0) process.stdout.write(`\nskipped:\n${skipped.map((name) => `  ${name}\n`).join("")}`);
if (failures.length > 0) process.stdout.write(`\nfailed:\n${failures.map((name) => `  ${name}\n`).join("")}`);
process.stdout.write(`\n${Math.round((Date.now() - started) / 1000)} s\n`);
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exit(failures.length === 0 ? 0 : 1);
