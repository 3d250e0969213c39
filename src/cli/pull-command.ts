/** `cartwright pull`: takes what is new from the sources in the settings; exit codes and `--json` suffice for cron. */
import { Command, Option } from "commander";
import { readConfig, workspaceFolder } from "../config.ts";
import { CartwrightError, toCartwrightError } from "../errors.ts";
import { type PullOutcome, pullSource } from "../pulls/index.ts";
import type { Workspace } from "../workspace.ts";
import { formatRows, type OutputFormat, outputFormats, print } from "./output.ts";
import { inWorkspace } from "./session.ts";

interface PullFlags {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly format: OutputFormat;
}

const shown = [
  "name",
  "state",
  "taken_rows",
  "loaded_rows",
  "duplicate_rows",
  "refused_rows",
  "watermark_before",
  "watermark_after",
  "problem",
] as const;

type Line = Partial<PullOutcome> & { readonly name: string; readonly state: string; readonly problem: string };

/** Every source is tried; the first failure is thrown once all have been. */
async function pullAll(workspace: Workspace, names: readonly string[]): Promise<{ lines: Line[]; failure: unknown }> {
  const lines: Line[] = [];
  let failure: unknown = null;
  for (const name of names) {
    try {
      lines.push({ ...(await pullSource(workspace, name)), state: "done", problem: "" });
    } catch (error) {
      failure ??= error;
      lines.push({ name, state: "failed", problem: toCartwrightError(error).message });
    }
  }
  return { lines, failure };
}

export function pullCommand(): Command {
  return new Command("pull")
    .description("take what is new from the sources in cartwright.json, each from where the last run ended")
    .argument("[names...]", "sources, as `pulls` names them; all when not given")
    .option("--workspace <folder>", "the workspace's folder")
    .option("--json", "a JSON object for each source, one a line; the same as --format ndjson")
    .addOption(new Option("--format <format>", "form of the summary").choices(outputFormats).default("table"))
    .action(async (given: string[], flags: PullFlags) => {
      const known = Object.keys(readConfig(workspaceFolder(flags.workspace)).pulls);
      const unknown = given.find((name) => !known.includes(name));
      if (unknown !== undefined || known.length === 0)
        throw new CartwrightError(
          "pull_unknown",
          unknown === undefined ? "cartwright.json names no source" : `there is no source "${unknown}"`,
          { names: known.join(", ") || "there is none" },
        );
      await inWorkspace(flags, "pull", async (workspace) => {
        const { lines, failure } = await pullAll(workspace, given.length > 0 ? given : known);
        const rows = lines.map((line) => Object.fromEntries(shown.map((name) => [name, line[name] ?? null])));
        await print(formatRows(rows, shown, flags.json ? "ndjson" : flags.format));
        if (failure !== null) throw failure;
      });
    });
}
