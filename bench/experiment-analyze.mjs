// Reads out an experiment of a million units from a CSV file with every method, end to end through the command line, and
// prints the time beside the budget of 3 s, with the processor time, which other work on the machine does not stretch.
// `node bench/experiment-analyze.mjs [units]`
import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createRandom } from "../dist/stats/random.js";

const unitCount = Number(process.argv[2] ?? 1_000_000);
const budgetSeconds = 3;
const command = fileURLToPath(new URL("../bin/cartwright", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "experiment-analyze-"));
const file = join(folder, "units.csv");

/** Units in two arms: a yes or no, revenue with many zeros and a long tail, and revenue before. */
async function writeUnits() {
  const random = createRandom(7).uniform;
  const out = createWriteStream(file);
  out.write("user_id,variant,converted,revenue,revenue_before,country\n");
  for (let unit = 0; unit < unitCount; unit++) {
    const arm = random() < 0.5 ? "control" : "treatment";
    const loyalty = -Math.log(1 - random());
    const hasBought = random() < (arm === "control" ? 0.05 : 0.052);
    const revenue = hasBought ? (40 * loyalty - 20 * Math.log(1 - random())).toFixed(2) : "0";
    const before = (30 * loyalty - 5 * Math.log(1 - random())).toFixed(2);
    const country = ["GB", "DE", "FR", "NL"][Math.floor(4 * random())];
    if (!out.write(`u${unit},${arm},${hasBought ? 1 : 0},${revenue},${before},${country}\n`))
      await new Promise((resolve) => out.once("drain", resolve));
  }
  out.end();
  await finished(out);
}

const reportCpu = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("cpu " + ((user + system) / 1e6).toFixed(2) + "\\n"); })',
)}`;
const shared = ["experiment", "analyze", "--input", file, "--variant", "variant", "--control", "control"];
const all = ["--unit", "user_id", "--covariate", "revenue_before", "--sequential", "--bayesian"];
const runs = [
  ["conversion, all promised methods", [...shared, "--metric", "converted:proportion", ...all]],
  ["revenue, all promised methods", [...shared, "--metric", "revenue:mean", ...all]],
  [
    "revenue, also ranks, quantiles, strata, winsorised",
    [
      ...shared,
      "--metric",
      "revenue:mean",
      ...all,
      "--ranks",
      "--quantiles",
      "0.5,0.9",
      "--strata",
      "country",
      "--winsorise",
      "0.999",
    ],
  ],
];

try {
  await writeUnits();
  spawnSync(command, ["--version"], { stdio: "ignore" });
  console.log(
    `${unitCount.toLocaleString("en")} units, ${(statSync(file).size / 1e6).toFixed(0)} MB, budget ${budgetSeconds} s`,
  );
  for (const [name, args] of runs) {
    const startedAt = performance.now();
    const outcome = spawnSync(process.execPath, ["--import", reportCpu, command, ...args, "--format", "json"], {
      encoding: "utf8",
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (outcome.status !== 0) throw new Error(outcome.stderr);
    const [, treatment] = JSON.parse(outcome.stdout).variants;
    console.log(
      `${seconds.toFixed(2)} s (${/cpu ([\d.]+)/.exec(outcome.stderr)?.[1]} s of processor)  ${name}: effect ${treatment.absolute_effect.toPrecision(4)}, p ${treatment.p_value.toPrecision(3)}, ` +
        `always valid p ${treatment.sequential_p_value.toPrecision(3)}, best ${treatment.probability_best.toPrecision(4)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
