/** `cartwright verify`: recompute everything from the landed rows, and fail on the first difference. */
import { Command, Option } from "commander";
import { CartwrightError } from "../errors.ts";
import { verify } from "../warehouse/verify.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { inWorkspace } from "./session.ts";

export function verifyCommand(): Command {
  return new Command("verify")
    .description("recompute every built table from the landed rows and compare; changes nothing")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: { workspace?: string; format: OutputFormat }) => {
      await inWorkspace(flags, "verify", async (workspace) => {
        const outcome = await workspace.exclusively(() => verify(workspace.warehouse, workspace.config));
        await print(
          formatRows(
            outcome.tables.map((table) => ({ ...table })),
            ["table", "row_count"],
            flags.format,
          ),
        );
        const [first] = outcome.differences;
        for (const one of outcome.differences) {
          say(
            `${one.table} ${one.key}: ${one.column} is ${one.stored ?? "missing"}, recomputed ${one.recomputed ?? "missing"}`,
          );
        }
        if (first) {
          throw new CartwrightError(
            "verify_failed",
            `${outcome.differences.length} tables or batches differ, first ${first.table} (${first.key})`,
          );
        }
        say(`everything agrees: ${outcome.tables.length} tables, ${outcome.batch_count} batches`);
      });
    });
}
