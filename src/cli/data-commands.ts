/** Commands that give rows back: refused ones to be corrected, and whole tables as files. */
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { findAnalysis } from "../analyses/index.ts";
import { runAnalysis } from "../analyses/run.ts";
import { currencyDecimals } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { rejectsCsv } from "../ingestion/rejects-csv.ts";
import { exportTable } from "../warehouse/export-table.ts";
import type { Workspace } from "../workspace.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { analysisContext, reading } from "./session.ts";

interface RejectFlags {
  readonly workspace?: string;
  readonly batch?: string;
  readonly out?: string;
  readonly format: OutputFormat;
}

/** The list of refused rows is the analysis `rejects`; the command adds the file to correct. */
async function listRejects(workspace: Workspace, format: OutputFormat): Promise<void> {
  const analysis = findAnalysis("rejects");
  if (!analysis) throw new CartwrightError("unknown_analysis", "the catalogue has no analysis rejects");
  const { rows } = await runAnalysis(await analysisContext(workspace), analysis, {});
  await print(formatRows(rows, Object.keys(analysis.columns), format));
}

export function rejectsCommand(): Command {
  return new Command("rejects")
    .description("list refused rows; with --batch, write them as a file to correct and import again")
    .option("--batch <number>", "the batch whose refused rows are written as they stood, below the file's header")
    .option("--out <file>", "file to write them to; standard output when not given")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the list").choices(outputFormats).default("table"))
    .action(async (flags: RejectFlags) => {
      await reading(flags, "rejects", async (workspace) => {
        if (flags.batch === undefined) return await listRejects(workspace, flags.format);
        const text = await rejectsCsv(workspace.warehouse, Number(flags.batch));
        if (flags.out === undefined) return await print(text);
        writeFileSync(flags.out, text);
        say(`wrote ${flags.out}; correct the rows and import it`);
      });
    });
}

interface ExportFlags {
  readonly workspace?: string;
  readonly table: string;
  readonly format: "csv" | "ndjson" | "parquet";
  readonly partitionBy: "month" | "none";
  readonly out: string;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("stream a table to files; `events` and `order_lines` come out in the form that import reads")
    .requiredOption("--table <name>", "a table or view of the warehouse, or events, or order_lines")
    .requiredOption("--out <folder>", "folder to write into; made when missing")
    .addOption(
      new Option("--format <format>", "form of the files").choices(["csv", "ndjson", "parquet"]).default("csv"),
    )
    .addOption(
      new Option("--partition-by <unit>", "one file a month, or one file").choices(["month", "none"]).default("none"),
    )
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: ExportFlags) => {
      await reading(flags, "export", async (workspace) => {
        const { table, format, partitionBy, out } = flags;
        const minorPerMajor = 10 ** currencyDecimals(workspace.config.currency);
        const paths = await exportTable(workspace.warehouse, { table, format, partitionBy, out }, minorPerMajor);
        await print(paths.map((path) => `${path}\n`).join(""));
      });
    });
}
