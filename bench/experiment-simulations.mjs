// Runs every scenario of src/experiments/calibration and writes bench/results/experiment-simulations.md; ends with 1 when a promise
// is broken. `node bench/experiment-simulations.mjs [runs = 100000] [seed = 20260101]`
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { measure } from "../dist/experiments/calibration/measure.js";
import { scenarios } from "../dist/experiments/calibration/scenarios.js";

const runs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 20_260_101);
const percent = (/** @type {number} */ rate, digits = 2) => `${(100 * rate).toFixed(digits)} %`;
const lines = [];
let isBroken = false;
const startedAt = performance.now();
for (const [label, scenario] of scenarios.entries()) {
  const found = measure(scenario, runs, seed, label);
  const digits = found.rate < 0.005 ? 3 : 2;
  const promised = found.promised ? `${percent(found.promised[0])} to ${percent(found.promised[1])}` : "nothing";
  const verdict = found.isKept === null ? "" : found.isKept ? "kept" : "BROKEN";
  if (found.isKept === false) isBroken = true;
  lines.push(
    `| ${found.name} | ${found.event} | ${found.runs.toLocaleString("en")} | ${percent(found.rate, digits)} | ${percent(found.standardError, 3)} | ${promised} | ${verdict} |`,
  );
  console.log(lines.at(-1));
}
const text = `# Experiments: what the tests promise, counted

Each row repeats one simulated experiment and counts how often the event happens; the standard error says how far chance alone moves
the rate. Seed ${seed}, fixed before the first run; scenarios in \`src/experiments/calibration/\`. Written by
\`node bench/experiment-simulations.mjs ${runs}\` on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}, in ${Math.round((performance.now() - startedAt) / 1000)} s.

| experiment | event | runs | rate | standard error | promised | |
| --- | --- | ---: | ---: | ---: | --- | --- |
${lines.join("\n")}

Rows that promise nothing tell how far the tests are off where their approximation ends: with few expected successes the z-test is off
in either direction; means of very long tails alarm too rarely between equal arms and too often between unequal ones; the percentile
bootstrap of a quantile errs a little to the safe side. Readouts warn in these cases.
`;
const folder = fileURLToPath(new URL("./results/", import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}experiment-simulations.md`, text);
process.exitCode = isBroken ? 1 : 0;
