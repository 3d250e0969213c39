/** `cartwright schedules`: what the server does by itself, when it is next, how it went; and one run at once. */
import { Command, Option } from "commander";
import { systemClock } from "../clock.ts";
import { readConfig, workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import {
  beginByHand,
  listSchedules,
  type ShownRun,
  scheduledOf,
  scheduleHistory,
  takeOver,
} from "../schedules/index.ts";
import { Workspace } from "../workspace.ts";
import { wholeNumber } from "./answer.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { doRun } from "./schedules/run.ts";
import { interruptSignal, inWorkspace } from "./session.ts";

interface Flags {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly format: OutputFormat;
}

interface RunFlags extends Flags {
  /** The run that a server has begun and hands over. */
  readonly run?: string;
}

const shownRun = [
  "schedule",
  "state",
  "reason",
  "due_at",
  "due_count",
  "started_at",
  "ended_at",
  "duration_seconds",
  "words",
  "code",
  "asked_by",
  "id",
] as const;
const listed = ["name", "task", "cron", "time_zone", "next_at", "last_state", "last_started_at", "last_words"] as const;

/** What schedules need of a workspace that need not be open. */
function homeOf(flags: Flags) {
  const root = workspaceFolder(flags.workspace);
  return { config: readConfig(root), folders: { root }, clock: systemClock };
}

const formOf = ({ json, format }: Flags): OutputFormat => (json ? "ndjson" : format);

const withForm = (command: Command): Command =>
  command
    .option("--workspace <folder>", "the workspace's folder")
    .option("--json", "a JSON object a line; the same as --format ndjson")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"));

async function printRuns(runs: readonly ShownRun[], flags: Flags): Promise<void> {
  const rows = runs.map((run) => Object.fromEntries(shownRun.map((name) => [name, run[name]])));
  await print(formatRows(rows, shownRun, formOf(flags)));
}

async function list(flags: Flags): Promise<void> {
  const home = homeOf(flags);
  const rows = listSchedules(home).map(({ last_run, ...schedule }) => ({
    ...schedule,
    last_state: last_run?.state ?? null,
    last_started_at: last_run?.started_at ?? null,
    last_words: last_run?.words ?? null,
  }));
  const names = flags.json || flags.format !== "table" ? Object.keys(rows[0] ?? {}) : [...listed];
  await print(
    formatRows(
      rows.map((row) => Object.fromEntries(names.map((name) => [name, Reflect.get(row, name)]))),
      names.length > 0 ? names : [...listed],
      formOf(flags),
    ),
  );
  if (rows.length === 0) say("cartwright.json has no schedules; docs/manual/schedules.md shows how one is written");
  else if (Workspace.serverUrl(home.folders.root) === null)
    say("no server runs: times that come meanwhile are made good when one does");
}

async function run(name: string, flags: RunFlags): Promise<void> {
  const home = homeOf(flags);
  const scheduled = scheduledOf(home, name);
  const begun = flags.run === undefined ? beginByHand(scheduled, "command line") : takeOver(scheduled, flags.run);
  if (begun.state !== "running") throw new CartwrightError("cancelled", `${name} was ended before it began`);
  const signal = interruptSignal();
  const { failure } = await doRun(scheduled, begun, {
    signal,
    inWorkspace: async (work) => await inWorkspace(flags, `schedule ${name}`, work),
  });
  await printRuns(
    scheduleHistory(home, name, Number.POSITIVE_INFINITY).filter(({ id }) => id === begun.id),
    flags,
  );
  // Work that knows no signal goes on until its process ends; killing it loses nothing.
  if (signal.aborted) setTimeout(() => process.exit(130), 500).unref();
  if (failure !== null) throw failure;
}

export function schedulesCommand(): Command {
  const command = withForm(new Command("schedules").enablePositionalOptions())
    .description("list what the server does by itself, when it is next and how it went")
    .action(list);
  command.addCommand(
    withForm(new Command("run"))
      .description("run one schedule now, here, and wait for it; refused while it runs elsewhere")
      .argument("<name>", "the schedule, as `schedules` of the settings names it")
      .addOption(new Option("--run <id>", "the run that a server has begun").hideHelp())
      .action(run),
  );
  command.addCommand(
    withForm(new Command("history"))
      .description("list runs, the newest first: why, when, how long, what came of it")
      .argument("[name]", "one schedule; all when not given")
      .option("--limit <number>", "most runs", "50")
      .action(async (name: string | undefined, flags: Flags & { readonly limit: string }) => {
        const limit = wholeNumber("--limit", flags.limit, 1, 100_000);
        await printRuns(scheduleHistory(homeOf(flags), name ?? null, limit), flags);
      }),
  );
  return command;
}
