/** `cartwright forecast`: the next values of every series of a file, without a workspace. */
import { Command } from "commander";
import { CartwrightError } from "../errors.ts";
import { forecastSeries } from "../ml/forecast/forecast-series.ts";
import { readSeries } from "../ml/forecast/read-series.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { formatOption, wholeNumber } from "./answer.ts";
import { formatRows, type OutputFormat, print, say } from "./output.ts";

interface Flags {
  readonly input: string;
  readonly series?: string;
  readonly time: string;
  readonly value: string;
  readonly season: string;
  readonly horizon: string;
  readonly level: string;
  readonly format: OutputFormat;
}

async function forecast(flags: Flags): Promise<void> {
  const season = wholeNumber("--season", flags.season, 1, 366);
  const horizon = wholeNumber("--horizon", flags.horizon, 1, 1000);
  const percent = Number(flags.level);
  if (!(percent >= 1 && percent < 100)) {
    throw new CartwrightError(
      "invalid_parameter",
      `--level must be a percentage from 1 to below 100, got "${flags.level}"`,
    );
  }
  const wanted = [flags.time, flags.value, ...(flags.series === undefined ? [] : [flags.series])];
  const table = await readTable(flags.input, onlyColumns(flags.input, wanted));
  const { names, values, filledCount } = readSeries(table, flags.series ?? null, flags.time, flags.value);
  if (filledCount > 0)
    say(`${filledCount.toLocaleString("en")} missing values are filled by a line between their neighbours`);
  const forecasts = forecastSeries(values, { season, horizon, level: percent / 100 });
  const rows = forecasts.flatMap((one, index) =>
    [...one.values].map((value, step) => ({
      series: names[index] ?? "",
      step: step + 1,
      value,
      lower: one.lower?.[step] ?? null,
      upper: one.upper?.[step] ?? null,
      method: one.method,
    })),
  );
  await print(formatRows(rows, ["series", "step", "value", "lower", "upper", "method"], flags.format));
}

export function forecastCommand(): Command {
  return new Command("forecast")
    .description("the next values of each series of a file, with an interval that holds the share of outcomes it names")
    .requiredOption("--input <file>", "a row for each series and time; rows may come in any order")
    .option("--series <column>", "which series the row belongs to (default: all rows are one)")
    .requiredOption("--time <column>", "when: numbers, or dates as YYYY-MM or YYYY-MM-DD, equally spaced")
    .requiredOption("--value <column>", "the value to forecast")
    .option("--season <number>", "values in a season: 12 for months of a year, 7 for days of a week, 1 for none", "12")
    .option("--horizon <number>", "how many values ahead", "12")
    .option("--level <percent>", "share of outcomes the interval is to hold", "95")
    .addOption(formatOption())
    .action(forecast);
}
