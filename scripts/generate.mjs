// Writes every derived file from its declaration: the dashboard's catalogue, the OpenAPI document and the reference pages.
// With --check nothing is written, and the differing files are named instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { generatedFiles } = await import(new URL("../dist/reference/generated-files.js", import.meta.url).href);

const differing = [];
for (const [path, text] of Object.entries(await generatedFiles())) {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, "utf8") === text) continue;
  differing.push(path);
  if (process.argv.includes("--check")) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
if (process.argv.includes("--check") && differing.length > 0) {
  process.stderr.write(`not up to date, run \`npm run generate\`: ${differing.join(", ")}\n`);
  process.exit(1);
}
process.stderr.write(
  `${differing.length} generated files ${process.argv.includes("--check") ? "differ" : "written"}\n`,
);
