/** `cartwright report`: the story of a shop as one file. */
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { describeAllParams } from "../analyses/describe.ts";
import { findAnalysis } from "../analyses/index.ts";
import { currencyDecimals } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { makeReport } from "../report/make-report.ts";
import { version } from "../version.ts";
import { say } from "./output.ts";
import { addParams, givenOf } from "./param-flags.ts";
import { analysisContext, reading } from "./session.ts";

/** Period and filters, as the analysis that takes all of them declares them. */
function commonParams() {
  const analysis = findAnalysis("kpi-summary");
  if (!analysis) throw new CartwrightError("internal", "the catalogue has no analysis kpi-summary");
  const names = ["period_start", "period_end", ...analysis.filters];
  return describeAllParams(analysis).filter((param) => names.includes(param.name));
}

function writeReport(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new CartwrightError("file_unwritable", `${path} could not be written`, { path }, error);
  }
}

export function reportCommand(): Command {
  const command = new Command("report")
    .description("write the story of the shop as one HTML file that opens anywhere, without a network")
    .requiredOption("--out <file>", "file to write")
    .option("--workspace <folder>", "the workspace's folder");
  return addParams(command, commonParams()).action(async (options: Record<string, string>) => {
    const { out = "", workspace: folder, ...flags } = options;
    await reading(folder === undefined ? {} : { workspace: folder }, "report", async (workspace) => {
      const { config } = workspace;
      const context = await analysisContext(workspace);
      const html = await makeReport(context, {
        shop: config.name,
        currency: config.currency,
        decimals: currencyDecimals(config.currency),
        version,
        given: givenOf(flags),
      });
      writeReport(out, html);
      say(`wrote ${out}, ${Math.ceil(Buffer.byteLength(html) / 1000)} kB`);
    });
  });
}
