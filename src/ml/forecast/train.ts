/** Forecasts of a shop's revenue and units, in total, by category and by product, recorded as a run. */
import { createHash } from "node:crypto";
import { addDays } from "../../warehouse/day-range.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { forecastHierarchy, type NodeForecast } from "./forecast-hierarchy.ts";
import type { SeriesForecast } from "./forecast-series.ts";
import { type HolidayCalendar, type HolidayCountry, holidaysOf } from "./holidays.ts";
import { type Grain, nextPeriod, type PeriodSeries } from "./periods.ts";
import { type Metric, otherSeries, shopHierarchy } from "./shop-hierarchy.ts";

const sql = new URL("./daily-values.sql", import.meta.url);
const productSql = new URL("./daily-product-values.sql", import.meta.url);
const metrics: readonly Metric[] = ["net_revenue_minor", "unit_count"];
const grains: readonly { readonly grain: Grain; readonly season: number; readonly horizon: number }[] = [
  { grain: "month", season: 12, horizon: 12 },
  { grain: "day", season: 7, horizon: 60 },
];
/** Days after the cutoff that a daily forecast may reach. */
const furthestDays = 100;
/** Categories of the largest revenue that are forecast by themselves. */
const mostCategories = 30;
/** Products of those categories, of the largest revenue, that are forecast by themselves. */
const mostProducts = 30;

type Prediction = Readonly<Record<string, string | number | null>>;

/**
 * Forecasts twelve months and sixty days of every series, so that parts add up to the whole, and writes prd_forecasts; null when nothing was sold before the cutoff.
 * The baseline is the seasonal naive over the same backtest.
 *
 * @param holidayCountry whose holidays daily forecasts allow for; null for none
 */
export async function trainForecast(
  context: TrainingContext,
  holidayCountry: HolidayCountry | null = null,
): Promise<ModelRun | null> {
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

  const productRows = await warehouse.query(readSql(productSql), {
    bindings: { cutoff, categories, most: mostProducts },
  });
  const holidays: HolidayCalendar = holidayCountry
    ? holidaysOf(holidayCountry, first, addDays(cutoff, furthestDays))
    : new Map();
  const predictions: Prediction[] = [];
  const quality = { average: 0, naive: 0, count: 0 };
  for (const metric of metrics) {
    const shop = shopHierarchy(rows, productRows, categories, metric);
    for (const options of grains) {
      const isWhole = metric === "net_revenue_minor";
      const found = forecastHierarchy(shop, { ...options, first, cutoff, isWhole, holidays });
      onProgress(`${metric} by ${options.grain}: ${found.length} series`);
      predictions.push(...rowsOf(metric, options.grain, found));
      const backtestError = found[0]?.forecast.backtestError;
      if (options.grain !== "month" || !isWhole || !backtestError) continue;
      quality.average += backtestError.average;
      quality.naive += backtestError["seasonal naive"];
      quality.count += 1;
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

/** The rows of the whole and of every named series; what is left of categories and of products stands as one series beside each. */
function rowsOf(metric: Metric, grain: Grain, found: readonly NodeForecast[]): readonly Prediction[] {
  const [total] = found;
  if (!total) return [];
  const of = (dimension: string): readonly NodeForecast[] => found.filter(({ node }) => node.dimension === dimension);
  const rests = (["category", "product"] as const).flatMap((dimension) => {
    const named = of(dimension);
    return named.length === 0 ? [] : [{ dimension, forecast: beside(total, named) }];
  });
  return [
    ...[total, ...of("category"), ...of("product")].map((one) => ({ dimension: one.node.dimension, forecast: one })),
    ...rests,
  ].flatMap(({ dimension, forecast: { node, history, forecast } }) => {
    const shared = { metric, grain, dimension, series: node.series };
    return [...historyOf(shared, history), ...futureOf(shared, history, grain, forecast)];
  });
}

/** What the whole holds beside the named: no interval, as it is nobody's own forecast. */
function beside(whole: NodeForecast, named: readonly NodeForecast[]): NodeForecast {
  const less = (own: Float64Array, pick: (one: NodeForecast) => Float64Array): Float64Array =>
    own.map((value, at) => value - named.reduce((sum, one) => sum + pick(one)[at]!, 0));
  const values = less(whole.history.values, ({ history }) => history.values);
  return {
    node: { dimension: "rest", series: otherSeries, days: new Map(), parts: [] },
    history: { ...whole.history, values },
    forecast: {
      ...whole.forecast,
      values: less(whole.forecast.values, ({ forecast }) => forecast.values),
      lower: null,
      upper: null,
    },
  };
}

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
  forecast: SeriesForecast,
): readonly Prediction[] {
  let period_on = periods.at(-1) ?? "";
  return [...forecast.values].map((value, index) => {
    period_on = nextPeriod(period_on, grain);
    const lower = forecast.lower?.[index] ?? null;
    const upper = forecast.upper?.[index] ?? null;
    return { ...shared, period_on, step: index + 1, value, lower, upper, method: forecast.method };
  });
}
