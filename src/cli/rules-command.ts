/** `cartwright rules`: association rules of any file of transactions; needs no workspace. */
import { Command, Option } from "commander";
import { associationRules } from "../analyses/basket/association-rules/association-rules.ts";
import { ruleLimits, ruleParams, ruleRow } from "../analyses/basket/association-rules/rule-params.ts";
import { describeParams } from "../analyses/describe.ts";
import { readValues } from "../analyses/run.ts";
import { basketsOfLines, associationRules as mineRules } from "../mining/index.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { columnOf } from "../tables/table.ts";
import { emptyExtent } from "../warehouse/extent.ts";
import { formatRows, type OutputFormat, outputFormats, print } from "./output.ts";
import { addParams, givenOf } from "./param-flags.ts";

interface Flags {
  readonly input: string;
  readonly transaction: string;
  readonly item: string;
  readonly format: OutputFormat;
}

/** Columns of the analysis that a bare file can fill: it has no names of products. */
const columns = Object.keys(associationRules.columns).filter(
  (name) => !name.endsWith("_name") && !name.endsWith("_names"),
);

export function rulesCommand(): Command {
  const command = new Command("rules")
    .description(
      "association rules of a file with a transaction and an item a row; one row per rule, highest lift first",
    )
    .requiredOption("--input <file>", "CSV, TSV, JSON Lines or Parquet, plain or compressed")
    .requiredOption("--transaction <column>", "column that says which rows belong together")
    .requiredOption("--item <column>", "column with the item");
  return addParams(command, describeParams(ruleParams))
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: Flags & Readonly<Record<string, string>>) => {
      const { input, transaction, item, format, ...given } = flags;
      const values = readValues("rules", ruleParams, givenOf(given), emptyExtent);
      const table = await readTable(input, onlyColumns(input, [transaction, item]));
      const baskets = basketsOfLines(columnOf(table, transaction), columnOf(table, item));
      const rules = mineRules(baskets, ruleLimits(values)).slice(0, values.limit);
      await print(formatRows(rules.map(ruleRow), columns, format));
    });
}
