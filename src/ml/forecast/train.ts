/** Forecasts of a shop's revenue and units, in total and by category, recorded as a run. */
import { createHash } from "node:crypto";
import { readSql } from "../../warehouse/sql-file.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { forecastSeries } from "./forecast-series.ts";
import { type Grain, nextPeriod, type PeriodSeries, toPeriods } from "./periods.ts";

const sql = new URL("./daily-values.sql", import.meta.url);
const metrics = ["net_revenue_minor", "unit_count"] as const;
const grains: readonly { readonly grain: Grain; readonly season: number; readonly horizon: number }[] = [
  { grain: "month", season: 12, horizon: 12 },
  { grain: "day", season: 7, horizon: 60 },
];
/** Categories of the largest revenue that are forecast by themselves. */
const mostCategories = 30;

interface NamedPeriods extends PeriodSeries {
  readonly dimension: "total" | "category";
  readonly series: string;
}

type Prediction = Readonly<Record<string, string | number | null>>;

/**
 * Forecasts twelve months and sixty days of every series and writes prd_forecasts; null when nothing was sold before the cutoff.
 * The baseline is the seasonal naive over the same backtest.
 */
export async function trainForecast(context: TrainingContext): Promise<ModelRun | null> {
  const { warehouse, cutoff, onProgress } = context;
  const rows = await warehouse.query(readSql(sql), { bindings: { cutoff } });
  const first = rows[0]?.day_on;
  if (typeof first !== "string") return null;
  const revenues = new Map<string, number>();
  for (const row of rows) {
    const category = String(row.category);
    revenues.set(category, (revenues.get(category) ?? 0) + Number(row.net_revenue_minor));
  }
  const categories = [...revenues]
    .filter(([category]) => category !== "")
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostCategories)
    .map(([category]) => category);

  const predictions: Prediction[] = [];
  const quality = { average: 0, naive: 0, count: 0 };
  for (const metric of metrics) {
    const amountsOf = (category: string | null): ReadonlyMap<string, number> => {
      const amounts = new Map<string, number>();
      for (const row of rows) {
        if (category !== null && row.category !== category) continue;
        amounts.set(String(row.day_on), (amounts.get(String(row.day_on)) ?? 0) + Number(row[metric]));
      }
      return amounts;
    };
    const amounts = [null, ...categories].map((category) => ({ category, days: amountsOf(category) }));
    for (const { grain, season, horizon } of grains) {
      const series = amounts
        .map(
          ({ category, days }): NamedPeriods => ({
            dimension: category === null ? "total" : "category",
            series: category ?? "total",
            ...toPeriods(days, grain, first, cutoff),
          }),
        )
        .filter(({ values }) => values.length > 0);
      const forecasts = forecastSeries(
        series.map(({ values }) => values),
        { season, horizon, level: 0.95 },
      );
      onProgress(`${metric} by ${grain}: ${series.length} series`);
      for (const [index, one] of series.entries()) {
        const forecast = forecasts[index]!;
        const shared = { metric, grain, dimension: one.dimension, series: one.series };
        predictions.push(...historyOf(shared, one), ...futureOf(shared, one, grain, forecast));
        const { backtestError } = forecast;
        if (one.dimension !== "total" || grain !== "month" || metric !== "net_revenue_minor" || !backtestError)
          continue;
        quality.average += backtestError.average;
        quality.naive += backtestError["seasonal naive"];
        quality.count += 1;
      }
    }
  }
  const run = {
    model: "forecast",
    version: context.version,
    seed: context.seed,
    settings: {},
    cutoff_on: cutoff,
    features: metrics,
    data_sha256: createHash("sha256").update(JSON.stringify(rows)).digest("hex"),
    row_count: rows.length,
    metrics: quality.count > 0 ? { backtest_mean_absolute_error: quality.average / quality.count } : {},
    baseline: quality.count > 0 ? { backtest_mean_absolute_error: quality.naive / quality.count } : {},
    artefact: {},
  };
  return await recordRun(context, run, "prd_forecasts", predictions);
}

type Shared = Readonly<Record<"metric" | "grain" | "dimension" | "series", string>>;

const historyOf = (shared: Shared, { periods, values }: PeriodSeries): readonly Prediction[] =>
  periods.map((period_on, index) => ({
    ...shared,
    period_on,
    step: 0,
    value: values[index]!,
    lower: null,
    upper: null,
    method: "",
  }));

function futureOf(
  shared: Shared,
  { periods }: PeriodSeries,
  grain: Grain,
  forecast: ReturnType<typeof forecastSeries>[number],
): readonly Prediction[] {
  let period_on = periods.at(-1) ?? "";
  return [...forecast.values].map((value, index) => {
    period_on = nextPeriod(period_on, grain);
    const lower = forecast.lower?.[index] ?? null;
    const upper = forecast.upper?.[index] ?? null;
    return { ...shared, period_on, step: index + 1, value, lower, upper, method: forecast.method };
  });
}
