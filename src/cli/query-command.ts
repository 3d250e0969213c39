/** `cartwright query`: one subcommand for each analysis, derived from its declaration. */
import { Command, Option } from "commander";
import type { Analysis } from "../analyses/define.ts";
import { describeAllParams } from "../analyses/describe.ts";
import { catalogue, findAnalysis } from "../analyses/index.ts";
import { runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { readExtent } from "../warehouse/extent.ts";
import { formatRows, type OutputFormat, outputFormats, print } from "./output.ts";
import { addParams, givenOf } from "./param-flags.ts";
import { reading } from "./session.ts";

function commandOf(analysis: Analysis): Command {
  const command = new Command(analysis.name).description(`${analysis.question} (${analysis.grain})`);
  return addParams(command, describeAllParams(analysis))
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (options: Record<string, string | boolean>) => await runQuery(analysis, options));
}

async function runQuery(analysis: Analysis, options: Record<string, string | boolean>): Promise<void> {
  const { workspace: folder, format, ...flags } = options;
  const given = givenOf(flags);
  await reading(
    typeof folder === "string" ? { workspace: folder } : {},
    `query ${analysis.name}`,
    async (workspace) => {
      const { warehouse, config } = workspace;
      const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
      const { rows } = await runAnalysis(context, analysis, given);
      const names = [
        ...Object.keys(analysis.columns),
        ...(rows[0] ? Object.keys(rows[0]).filter((name) => !(name in analysis.columns)) : []),
      ];
      await print(formatRows(rows, names, format as OutputFormat));
    },
  );
}

export function queryCommand(): Command {
  const command = new Command("query")
    .allowUnknownOption()
    .allowExcessArguments()
    .enablePositionalOptions()
    .description("run an analysis; `cartwright query <name> --help` lists its parameters")
    .option("--list", "list the analyses")
    .addOption(new Option("--format <format>", "form of the list").choices(outputFormats).default("table"))
    .argument("[name]", "name of the analysis")
    .action(async (name: string | undefined, options: { list?: boolean; format: OutputFormat }) => {
      if (name !== undefined && !findAnalysis(name)) {
        throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"`);
      }
      const rows = catalogue.map((analysis) => ({
        name: analysis.name,
        page: analysis.page,
        question: analysis.question,
      }));
      await print(formatRows(rows, ["name", "page", "question"], options.format));
    });
  for (const analysis of catalogue) command.addCommand(commandOf(analysis));
  return command;
}
