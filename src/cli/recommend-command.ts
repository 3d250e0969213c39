/** `cartwright recommend`: recommendations measured on a file, without a workspace. */
import { Command } from "commander";
import { evaluateRecommendations } from "../ml/recommendations/evaluate.ts";
import { readSequences } from "../ml/recommendations/read-sequences.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { formatOption } from "./answer.ts";
import { formatRows, type OutputFormat, print } from "./output.ts";

interface Flags {
  readonly input: string;
  readonly user: string;
  readonly item: string;
  readonly position: string;
  readonly format: OutputFormat;
}

async function evaluate(flags: Flags): Promise<void> {
  const wanted = [flags.user, flags.item, flags.position];
  const table = await readTable(flags.input, onlyColumns(flags.input, wanted));
  const evaluation = evaluateRecommendations(readSequences(table, flags.user, flags.item, flags.position));
  if (flags.format === "json") await print(`${JSON.stringify(evaluation)}\n`);
  else {
    const rows = evaluation.methods.map((one) => ({ ...one, settings: JSON.stringify(one.settings) }));
    await print(formatRows(rows, Object.keys(rows[0] ?? {}), flags.format));
  }
}

export function recommendCommand(): Command {
  const command = new Command("recommend").description("recommendations of items to users");
  command
    .command("evaluate")
    .description(
      "hide each user's last item and ask for it among all; settings and method are chosen on the one before",
    )
    .requiredOption("--input <file>", "a row for each item a user had")
    .requiredOption("--user <column>", "the user")
    .requiredOption("--item <column>", "the item")
    .requiredOption("--position <column>", "order in time within the user: numbers, or times that sort as text")
    .addOption(formatOption())
    .action(evaluate);
  return command;
}
