/** `cartwright query`: one subcommand for each analysis, derived from its declaration. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import type { Analysis } from "../analyses/define.ts";
import { describeAllParams } from "../analyses/describe.ts";
import { catalogue } from "../analyses/index.ts";
import { type OwnHome, readOwnAnalyses, readOwnAnalysis } from "../analyses/own-files/index.ts";
import { type Given, type ResultRow, resolveValues, runAnalysis } from "../analyses/run.ts";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { trainableModels } from "../ml/runs/trainable-models.ts";
import { isNoticed, lackNotices, type Notice, nothingKnown, noticesFor, readStanding } from "../trust/index.ts";
import { ordersSource } from "../warehouse/build-orders.ts";
import { mayDoWithout } from "../warehouse/leave-out.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { analysesHome, requireReader, type Workspace } from "../workspace.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { addParams, givenOf } from "./param-flags.ts";
import { analysisContext, reading } from "./session.ts";
import { type TrainingFlags, trainModel } from "./train-model.ts";

function commandOf(analysis: Analysis): Command {
  const command = new Command(analysis.name).description(`${analysis.question} (${analysis.grain})`);
  return addParams(command, describeAllParams(analysis))
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (options: Record<string, string | boolean>, self: Command) => {
      // The workspace may be named before the analysis too.
      const { workspace } = self.parent?.opts<{ workspace?: string }>() ?? {};
      await runQuery(analysis, { ...(workspace === undefined ? {} : { workspace }), ...options });
    });
}

async function runQuery(analysis: Analysis, options: Record<string, string | boolean>): Promise<void> {
  const { workspace: folder, format, ...flags } = options;
  const given = givenOf(flags);
  await reading(
    typeof folder === "string" ? { workspace: folder } : {},
    `query ${analysis.name}`,
    async (workspace) => {
      if (analysis.own) requireReader(workspace);
      const { rows, notices } = await answerOf(workspace, analysis, given);
      const names = [
        ...Object.keys(analysis.columns),
        ...(rows[0] ? Object.keys(rows[0]).filter((name) => !(name in analysis.columns)) : []),
      ];
      // Printed when nothing more is asked: what ends with the engine of another process is done again.
      const known = await noticesOf(workspace, analysis, given);
      await print(formatRows(rows, names, format as OutputFormat));
      for (const { message } of [...notices, ...known]) say(`note: ${message}`);
    },
  );
}

/** What is wrong with the data that the rows rest on. */
async function noticesOf(workspace: Workspace, analysis: Analysis, given: Given): Promise<readonly Notice[]> {
  if (!isNoticed(analysis)) return [];
  const context = await analysisContext(workspace);
  const isFromEvents = (await ordersSource(workspace.warehouse, workspace.config)) === "events";
  // While a node does not answer it is not known how the data stand.
  const standing = await readStanding(context, isFromEvents).catch((error: unknown) => {
    if (mayDoWithout(workspace.warehouse, error)) return nothingKnown;
    throw error;
  });
  const values = resolveValues(analysis, given, context.extent);
  return noticesFor(standing, analysis, values, workspace.clock.now());
}

interface Answer {
  readonly rows: readonly ResultRow[];
  /** What the rows lack. */
  readonly notices: readonly Notice[];
}

/** The rows; where the model of that cutoff and settings has never been trained, it is trained first. */
async function answerOf(workspace: Workspace, analysis: Analysis, given: Given): Promise<Answer> {
  const context = { ...(await analysisContext(workspace)), mayLackRows: true };
  const answer = async (): Promise<Answer> => {
    const { rows, lack } = await runAnalysis(context, analysis, given);
    return { rows, notices: lackNotices(lack, context.extent) };
  };
  const { training } = analysis;
  if (!training) return await answer();
  const first = await answer().catch((error: unknown) => {
    if (error instanceof CartwrightError && error.code === "model_not_trained") return { rows: [], notices: [] };
    throw error;
  });
  const named = training.named === undefined ? undefined : given[training.named];
  const model = trainableModels.find((one) => one === (named ?? training.model));
  if (first.rows.length > 0 || !model) return first;
  const asksForRun = training.by.some((name) => given[name] !== undefined);
  if (!asksForRun && (await hasRun(workspace.warehouse, model))) return first;
  say(`${model} is not trained for this yet: it is trained now, as \`cartwright train\` would`);
  try {
    await trainModel(workspace, model, flagsOf(analysis, given));
  } catch (error) {
    const isTooLittle = error instanceof CartwrightError && error.code === "too_little_data";
    if (!isTooLittle) throw error;
    say(error.message);
    return { rows: [], notices: [] };
  }
  return await answer();
}

async function hasRun(warehouse: Warehouse, model: string): Promise<boolean> {
  const sql = "select count() > 0 as is_trained from ops_model_runs where model = {model:String}";
  const { is_trained } = await warehouse.queryOne(sql, { bindings: { model } });
  return Boolean(is_trained);
}

/** The flags of `cartwright train` out of the parameters that choose a run. */
function flagsOf({ training, allParams }: Analysis, given: Given): TrainingFlags {
  const chosen = new Map(
    (training?.by ?? []).map((name) => [name, String(given[name] ?? allParams[name]?.default ?? "")]),
  );
  const flag = (name: string): string | undefined => chosen.get(name) || undefined;
  const [cutoff, horizonDays, k, features, experiment] = ["cutoff", "horizon_days", "k", "features", "experiment"].map(
    flag,
  );
  return {
    ...(cutoff === undefined ? {} : { cutoff }),
    ...(horizonDays === undefined ? {} : { horizonDays }),
    ...(k === undefined ? {} : { k }),
    ...(features === undefined ? {} : { features }),
    ...(experiment === undefined ? {} : { experiment }),
  };
}

/** The workspace that the arguments of an analysis name. */
function homeOf(args: readonly string[]): OwnHome | null {
  const flags = new Command()
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .option("--workspace <folder>")
    .parse([...args], { from: "user" })
    .opts<{ workspace?: string }>();
  const folder = workspaceFolder(flags.workspace);
  return existsSync(join(folder, "analyses")) ? analysesHome(folder) : null;
}

/** Runs an analysis of the workspace's own, whose flags are known only now. */
async function runOwn(name: string, args: readonly string[]): Promise<void> {
  const home = homeOf(args);
  const analysis = home && readOwnAnalysis(home, name);
  if (!analysis) throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"`);
  await commandOf(analysis)
    .exitOverride()
    .parseAsync([...args], { from: "user" });
}

async function listAnalyses(flags: { workspace?: string; format: OutputFormat }): Promise<void> {
  const home = homeOf(flags.workspace === undefined ? [] : ["--workspace", flags.workspace]);
  const { analyses, faults } = home ? readOwnAnalyses(home) : { analyses: [], faults: [] };
  for (const { problem } of faults) say(`${problem.message}\n  ${problem.remedy}`);
  const rows = [...catalogue, ...analyses].map(({ name, page, question }) => ({ name, page, question }));
  await print(formatRows(rows, ["name", "page", "question"], flags.format));
}

export function queryCommand(): Command {
  const command = new Command("query")
    .passThroughOptions()
    .allowUnknownOption()
    .allowExcessArguments()
    .enablePositionalOptions()
    .description("run an analysis; `cartwright query <name> --help` lists its parameters")
    .option("--list", "list the analyses")
    .addOption(new Option("--format <format>", "form of the list").choices(outputFormats).default("table"))
    .option("--workspace <folder>", "the workspace's folder, for the list of its own analyses")
    .argument("[name]", "name of the analysis")
    .action(async (name: string | undefined, options: { workspace?: string; format: OutputFormat }) => {
      const { workspace } = options;
      const before = workspace === undefined ? [] : ["--workspace", workspace];
      await (name === undefined ? listAnalyses(options) : runOwn(name, [...before, ...command.args.slice(1)]));
    });
  for (const analysis of catalogue) command.addCommand(commandOf(analysis));
  return command;
}
