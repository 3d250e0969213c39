/** `cartwright import`: files in, one batch each, with progress; `--undo` takes a batch back. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import cliProgress from "cli-progress";
import { Command, Option } from "commander";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { Batch } from "../ingestion/batches.ts";
import { describeImport } from "../ingestion/describe-import.ts";
import { type ImportOptions, type ImportProgress, importFiles, undoImport } from "../ingestion/import.ts";
import { readMapping } from "../ingestion/read-mapping.ts";
import { createWorkspace, type Workspace } from "../workspace.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { sayWaiting } from "./say-waiting.ts";
import { interruptSignal, inWorkspace } from "./session.ts";

interface ImportFlags {
  readonly workspace?: string;
  readonly preset?: string;
  readonly map?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly dateOrder?: "ymd" | "dmy" | "mdy";
  readonly replace?: string;
  readonly undo?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly keep?: string;
  readonly format: OutputFormat;
}

const shown = [
  "batch_key",
  "state",
  "kind",
  "preset",
  "read_rows",
  "loaded_rows",
  "duplicate_rows",
  "rejected_rows",
  "message",
  "source",
] as const;

function importOptions(flags: ImportFlags): ImportOptions {
  return {
    ...(flags.preset ? { preset: flags.preset } : {}),
    ...(flags.map ? { mapping: readMapping(flags.map) } : {}),
    ...(flags.encoding ? { encoding: flags.encoding } : {}),
    ...(flags.delimiter ? { delimiter: flags.delimiter === "\\t" ? "\t" : flags.delimiter } : {}),
    ...(flags.decimal ? { decimal: flags.decimal } : {}),
    ...(flags.dateOrder ? { dateOrder: flags.dateOrder } : {}),
    ...(flags.replace ? { replace: flags.replace } : {}),
    ...(flags.keep ? { keep: flags.keep.split(",").map((one) => one.trim()) } : {}),
  };
}

/** Shows progress: a bar on a terminal, a line every few seconds elsewhere, JSON lines for machines. */
export function progressReporter(isJson: boolean): { report: (progress: ImportProgress) => void; stop: () => void } {
  if (isJson) return { report: (progress) => say(JSON.stringify(progress)), stop: () => {} };
  if (!process.stderr.isTTY) return plainReporter();
  const bar = new cliProgress.SingleBar(
    {
      format: "{bar} {percentage} % | {file} | {rows} rows | {rate} rows/s | {eta_formatted} left",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let path = "";
  let startedAt = 0;
  return {
    report: (progress) => {
      if (progress.step !== "loading") {
        bar.stop();
        say("building sessions, orders and rollups");
        return;
      }
      if (progress.path !== path) {
        bar.stop();
        path = progress.path;
        startedAt = performance.now();
        bar.start(Math.max(progress.totalBytes, 1), 0, { file: path.split("/").at(-1), rows: 0, rate: 0 });
      }
      const seconds = Math.max((performance.now() - startedAt) / 1000, 0.001);
      bar.update(progress.readBytes, {
        rows: progress.readRows.toLocaleString("en"),
        rate: Math.round(progress.readRows / seconds).toLocaleString("en"),
      });
    },
    stop: () => bar.stop(),
  };
}

function plainReporter() {
  let last = performance.now();
  return {
    report: (progress: ImportProgress) => {
      if (progress.step !== "loading") return say("building sessions, orders and rollups");
      if (performance.now() - last < 3000) return;
      last = performance.now();
      const percent = Math.round((100 * progress.readBytes) / Math.max(progress.totalBytes, 1));
      say(`${progress.path.split("/").at(-1)}: ${progress.readRows.toLocaleString("en")} rows, ${percent} %`);
    },
    stop: () => {},
  };
}

async function runImport(
  workspace: Workspace,
  paths: readonly string[],
  flags: ImportFlags,
): Promise<readonly Batch[]> {
  const { warehouse, config, clock } = workspace;
  const context = { warehouse, config, clock };
  if (flags.undo !== undefined) return [await undoImport(context, Number(flags.undo))];
  const progress = progressReporter(flags.json ?? false);
  try {
    return await importFiles(context, paths, {
      ...importOptions(flags),
      signal: interruptSignal(),
      onProgress: progress.report,
    });
  } finally {
    progress.stop();
  }
}

/** The first import makes the workspace, so that one command is enough to look at a file; it says with which settings. */
function makeWorkspaceIfMissing(flags: ImportFlags): void {
  const folder = workspaceFolder(flags.workspace);
  if (existsSync(join(folder, "cartwright.json"))) return;
  const { currency, time_zone } = createWorkspace(folder, {});
  say(`made the workspace ${folder} (${currency}, ${time_zone}); \`cartwright init\` makes one with other settings`);
}

/** What an import would do; needs no workspace, so it runs beside anything. */
async function printDescription(paths: readonly string[], flags: ImportFlags): Promise<void> {
  const descriptions = await describeImport(paths, importOptions(flags));
  if (flags.format === "json" || flags.format === "ndjson") {
    return await print(
      formatRows(
        descriptions.map((one) => ({ ...one })),
        ["path"],
        flags.format,
      ),
    );
  }
  for (const one of descriptions) {
    const style = `delimiter ${JSON.stringify(one.style.delimiter)}, ${one.style.encoding}, decimal "${one.style.decimal}", dates ${one.style.dateOrder}`;
    say(`${one.path}: ${one.kind} (${one.preset}; ${one.format}; ${style})`);
    say(`  ${one.read_rows} rows read, ${one.loadable_rows} would load, ${one.rejected_rows} would be refused`);
    if (one.unmapped.length > 0)
      say(`  columns no field takes: ${one.unmapped.join(", ")} (kept in ${one.unmapped_kept_in ?? "nothing"})`);
    await print(
      formatRows(
        one.mapping.map((field) => ({ ...field })),
        ["field", "column"],
        flags.format,
      ),
    );
    if (one.first_rejects.length === 0) continue;
    const shownColumns = ["line", "column_name", "value", "reason"];
    const refused = one.first_rejects.map((reject) =>
      Object.fromEntries(shownColumns.map((name) => [name, reject[name as keyof typeof reject]])),
    );
    await print(formatRows(refused, shownColumns, flags.format));
  }
}

export function importCommand(): Command {
  return new Command("import")
    .description("load files, folders or globs; each file becomes a batch that can be undone")
    .argument("[paths...]", "files, folders or globs: CSV, TSV, JSON Lines, Parquet, Excel; plain, gzip or zstd")
    .option("--workspace <folder>", "the workspace's folder")
    .option("--preset <name>", "how the columns are understood; recognised from the header when not given")
    .option("--map <file>", "a mapping file for columns no preset knows")
    .option("--encoding <name>", "encoding of the text, such as windows-1252; recognised when not given")
    .option("--delimiter <character>", "what separates fields; recognised when not given")
    .addOption(new Option("--decimal <character>", "decimal separator; recognised when not given").choices([".", ","]))
    .addOption(
      new Option("--date-order <order>", "order of day, month and year; recognised when not given").choices([
        "ymd",
        "dmy",
        "mdy",
      ]),
    )
    .option(
      "--keep <categories>",
      "only products of these categories (product groups), comma-separated, and their order lines",
    )
    .option("--replace <batch>", "number or source of the batch this file takes the place of")
    .option("--undo <batch>", "take a batch back instead of loading")
    .option("--dry-run", "show how the files are understood, their counts and the first refused rows; load nothing")
    .option("--json", "progress as JSON lines on standard error")
    .addOption(new Option("--format <format>", "form of the summary").choices(outputFormats).default("table"))
    .action(async (paths: string[], flags: ImportFlags) => {
      if (paths.length === 0 && flags.undo === undefined) {
        throw new CartwrightError("invalid_usage", "import needs at least one path");
      }
      if (flags.dryRun) return await printDescription(paths, flags);
      if (flags.undo === undefined) makeWorkspaceIfMissing(flags);
      await inWorkspace(flags, "import", async (workspace) => {
        const batches = await workspace.exclusively(() => runImport(workspace, paths, flags));
        const rows = batches.map((batch) => Object.fromEntries(shown.map((name) => [name, batch[name]])));
        await print(formatRows(rows, shown, flags.format));
        const rejected = batches.reduce((sum, batch) => sum + batch.rejected_rows, 0);
        if (rejected > 0) say(`${rejected.toLocaleString("en")} rows were refused; see \`cartwright rejects\``);
        await sayWaiting(workspace);
      });
    });
}
