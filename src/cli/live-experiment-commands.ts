/** `cartwright experiment create|start|ramp|stop|decide|assign|readout`: experiments of a workspace. */
import { Command, Option } from "commander";
import { type MetricName, metricNames } from "../experiments/live/definition.ts";
import { type Change, changeExperiment, createExperiment, findExperiment } from "../experiments/live/journal.ts";
import { assignLive } from "../experiments/live/live-assignment.ts";
import { liveReadout } from "../experiments/live/live-readout.ts";
import { dayAfterLast, readExtent } from "../warehouse/extent.ts";
import { numberOption } from "./number-option.ts";
import { print, say } from "./output.ts";
import { printReadout } from "./print-readout.ts";
import { inWorkspace, reading } from "./session.ts";

interface Common {
  readonly workspace?: string;
  readonly note?: string;
  readonly at?: string;
}

const actor = "command line";
const json = async (value: unknown): Promise<void> => await print(`${JSON.stringify(value)}\n`);
const withWorkspace = (command: Command): Command => command.option("--workspace <folder>", "the workspace's folder");

export function liveExperimentCommands(): Command[] {
  return [
    createCommand(),
    changeCommand("start", "started", "let customers in; what is measured from here on counts"),
    changeCommand("stop", "stopped", "let nobody in any more"),
    rampCommand(),
    decideCommand(),
    assignCommand(),
    readoutCommand(),
  ].map(withWorkspace);
}

interface CreateOptions extends Common {
  readonly title?: string;
  readonly hypothesis?: string;
  readonly variants: string;
  readonly weights?: string;
  readonly metric: string;
  readonly guardrails?: string;
  readonly windowDays: string;
  readonly planned?: string;
  readonly segment?: string;
}

function createCommand(): Command {
  return new Command("create")
    .description("make a draft of an experiment on the shop's customers")
    .argument("<id>", "small letters, digits and hyphens")
    .requiredOption("--variants <names>", "comma-separated, the control first")
    .option("--weights <shares>", "of the variants (default: equal)")
    .option("--title <text>", "what it is called")
    .option("--hypothesis <text>", "what is expected, and why")
    .addOption(new Option("--metric <name>", "the metric to decide on").choices(metricNames).default("conversion_rate"))
    .option("--guardrails <names>", "metrics that must not get worse, comma-separated")
    .option("--window-days <count>", "days after the first exposure in which orders count", "14")
    .option("--planned <count>", "customers planned over all variants")
    .option("--segment <name>", "the segment it is for; everyone when not given")
    .option("--note <text>", "for the journal")
    .action(async (id: string, options: CreateOptions) => {
      const weights = options.weights?.split(",").map((part) => numberOption("weights", part));
      const names = options.variants.split(",").map((name) => name.trim());
      const given = {
        experiment_id: id,
        title: options.title ?? id,
        hypothesis: options.hypothesis ?? "",
        variants: names.map((name, index) => ({ name, weight: weights?.[index] ?? 1 })),
        metric: options.metric,
        guardrails: options.guardrails?.split(",") ?? [],
        window_days: numberOption("window-days", options.windowDays),
        planned_count: options.planned === undefined ? null : numberOption("planned", options.planned),
        note: options.note ?? "",
        ...(options.segment === undefined ? {} : { segment: options.segment }),
      };
      await inWorkspace(options, `experiment create ${id}`, async ({ warehouse, clock }) => {
        await json(await createExperiment(warehouse, clock, given, actor));
      });
    });
}

async function apply(id: string, options: Common, change: Omit<Change, "actor" | "note">): Promise<void> {
  await inWorkspace(options, `experiment ${change.action} ${id}`, async ({ warehouse, clock }) => {
    const at = options.at === undefined ? {} : { at: options.at };
    const found = await changeExperiment(warehouse, clock, id, { ...change, ...at, actor, note: options.note ?? "" });
    await json(found);
    say(`${id} is ${found.status}`);
  });
}

function changeCommand(name: string, action: "started" | "stopped", description: string): Command {
  return new Command(name)
    .description(description)
    .argument("<id>", "experiment")
    .option("--at <instant>", "when it really happened, UTC, for an experiment that ran elsewhere")
    .option("--note <text>", "for the journal")
    .action(async (id: string, options: Common) => await apply(id, options, { action }));
}

function rampCommand(): Command {
  return new Command("ramp")
    .description("let a larger share of customers in")
    .argument("<id>", "experiment")
    .requiredOption("--rate <share>", "from 0 to 1; it may only rise")
    .option("--note <text>", "for the journal")
    .action(async (id: string, options: Common & { readonly rate: string }) => {
      await apply(id, options, { action: "ramped", rampRate: numberOption("rate", options.rate) });
    });
}

function decideCommand(): Command {
  return new Command("decide")
    .description("record which variant is taken")
    .argument("<id>", "experiment")
    .requiredOption("--variant <name>", "the variant taken")
    .option("--note <text>", "why, for the journal")
    .action(async (id: string, options: Common & { readonly variant: string }) => {
      await apply(id, options, { action: "decided", decision: options.variant });
    });
}

function assignCommand(): Command {
  return new Command("assign")
    .description("the variant of a customer, as the shop's pages give it")
    .argument("<id>", "experiment")
    .requiredOption("--unit <id>", "customer or visitor")
    .action(async (id: string, options: Common & { readonly unit: string }) => {
      await reading(options, `experiment assign ${id}`, async ({ warehouse }) => {
        const experiment = await findExperiment(warehouse, id);
        const variant = await assignLive(warehouse, experiment, options.unit);
        await json({ experiment_id: id, unit: options.unit, variant, status: experiment.status });
      });
    });
}

interface ReadoutOptions extends Common {
  readonly metric?: MetricName;
  readonly adjusted?: boolean;
  readonly includeImmature?: boolean;
  readonly bySegment?: boolean;
  readonly format: "table" | "json";
}

function readoutCommand(): Command {
  return new Command("readout")
    .description("read out an experiment of the workspace")
    .argument("<id>", "experiment")
    .addOption(new Option("--metric <name>", "another metric than the one to decide on").choices(metricNames))
    .option("--adjusted", "take off what revenue of the 60 days before explains (CUPED)")
    .option("--include-immature", "count customers whose window is still open")
    .option("--by-segment", "also by country")
    .addOption(new Option("--format <format>", "form of the output").choices(["table", "json"]).default("table"))
    .action(async (id: string, options: ReadoutOptions) => {
      await reading(options, `experiment readout ${id}`, async ({ warehouse, config }) => {
        const { definition } = await findExperiment(warehouse, id);
        const found = await liveReadout(warehouse, definition, {
          metric: options.metric ?? null,
          isAdjusted: options.adjusted === true,
          includesImmature: options.includeImmature === true,
          bySegment: options.bySegment === true,
          asOf: dayAfterLast(await readExtent(warehouse)),
          timeZone: config.time_zone,
        });
        if (options.format === "json") await json(found);
        else await printReadout(found, "table");
      });
    });
}
