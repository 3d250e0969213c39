/** `cartwright experiment effect`: what a change did that was not randomised. */
import { Command, Option } from "commander";
import { type EffectQuestion, observedEffect } from "../experiments/observational/effect.ts";
import { readPanel } from "../experiments/observational/panel.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";

interface Options {
  readonly input: string;
  readonly unit: string;
  readonly time: string;
  readonly value: string;
  readonly treated: string;
  readonly start: string;
  readonly method: EffectQuestion["method"];
  readonly format: OutputFormat;
}

export function effectCommand(): Command {
  return new Command("effect")
    .description("what a campaign or price did that was not randomised, from units by periods")
    .requiredOption("--input <file>", "CSV, TSV, JSON Lines or Parquet: one row per unit and period")
    .requiredOption("--unit <column>", "region, store, product")
    .requiredOption("--time <column>", "period: numbers, or days as YYYY-MM-DD")
    .requiredOption("--value <column>", "the metric")
    .requiredOption("--treated <names>", "units that were changed, comma-separated")
    .requiredOption("--start <period>", "the first period after the change")
    .addOption(
      new Option("--method <name>", "difference in differences, or one unit against a mixture of the others")
        .choices(["difference", "synthetic"])
        .default("difference"),
    )
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (options: Options) => {
      const columns = { unit: options.unit, time: options.time, value: options.value };
      const table = await readTable(options.input, onlyColumns(options.input, Object.values(columns)));
      const treated = options.treated.split(",").map((name) => name.trim());
      const found = observedEffect(readPanel(table, columns), {
        treated,
        start: options.start,
        method: options.method,
      });
      if (options.format === "json") return await print(`${JSON.stringify(found)}\n`);
      const { placebos, weights: _, caution, ...row } = found;
      await print(formatRows([row], Object.keys(row), options.format));
      say(
        `${caution}\nplacebos: ${placebos.map((one) => `${one.name} ${Number(one.effect.toPrecision(4))}`).join(", ")}`,
      );
    });
}
