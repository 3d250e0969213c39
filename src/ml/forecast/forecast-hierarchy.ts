/** Forecasts of a shop, its categories and products that add up. */
import { forecastSeries, type SeriesForecast } from "./forecast-series.ts";
import { withoutHolidays } from "./holiday-effects.ts";
import type { HolidayCalendar } from "./holidays.ts";
import { type Grain, nextPeriod, type PeriodSeries, toPeriods } from "./periods.ts";
import { type BaseForecast, type Hierarchy, inWholeUnits, type Reconciled, reconcile } from "./reconcile.ts";
import { type AmountNode, nodesOf } from "./shop-hierarchy.ts";

export interface NodeForecast {
  readonly node: AmountNode;
  readonly history: PeriodSeries;
  /** Values that add up; the interval is as wide as the node's own forecast has it, around them. */
  readonly forecast: SeriesForecast;
}

export interface HierarchyOptions {
  readonly grain: Grain;
  readonly season: number;
  readonly horizon: number;
  /** First day of the shop, and the day from which on nothing was seen. */
  readonly first: string;
  readonly cutoff: string;
  /** Amounts that come in whole units, such as minor units of money. */
  readonly isWhole: boolean;
  /** Past and future holidays; they tell on days only. */
  readonly holidays: HolidayCalendar;
}

const level = 0.95;
const levelQuantile = 1.96;

/** The variance its interval speaks of; where too little is known for one, half of the value may be wrong. */
function baseOf({ values, upper }: SeriesForecast, step: number): BaseForecast {
  const value = values[step]!;
  const deviation = upper ? (upper[step]! - value) / levelQuantile : Math.abs(value) / 2;
  return { value, variance: Math.max(deviation, 1e-3) ** 2 };
}

/**
 * Forecasts every node by itself, then reconciles each step.
 *
 * @returns the nodes, parents before their parts; none where no period is over yet
 */
export function forecastHierarchy(root: AmountNode, options: HierarchyOptions): readonly NodeForecast[] {
  const { grain, season, horizon, first, cutoff, isWhole } = options;
  const holidays: HolidayCalendar = grain === "day" ? options.holidays : new Map();
  const nodes = nodesOf(root);
  const histories = nodes.map(({ days }) => toPeriods(days, grain, first, cutoff));
  if (histories[0]!.values.length === 0) return [];
  const usual = histories.map(({ periods, values }) => withoutHolidays(periods, values, holidays));
  const ahead = daysAfter(histories[0]!.periods.at(-1)!, horizon, grain);
  const forecasts = forecastSeries(
    usual.map(({ values }) => values),
    { season, horizon, level },
  ).map((forecast, at) =>
    timesEffects(
      forecast,
      ahead.map((day) => usual[at]!.effectOf(holidays.get(day) ?? "")),
    ),
  );
  const positions = new Map(nodes.map((node, at) => [node, at]));
  const isNeverNegative = histories.every(({ values }) => values.every((value) => value >= 0));
  const reconciled = nodes.map(() => new Float64Array(horizon));
  for (let step = 0; step < horizon; step += 1) {
    const baseTree = (node: AmountNode): Hierarchy => ({
      forecast: baseOf(forecasts[positions.get(node)!]!, step),
      parts: node.parts.map(baseTree),
    });
    const note = (node: AmountNode, found: Reconciled): void => {
      reconciled[positions.get(node)!]![step] = found.value;
      for (const [at, part] of node.parts.entries()) note(part, found.parts[at]!);
    };
    const found = addingUp(reconcile(baseTree(root)), isNeverNegative);
    note(root, isWhole ? inWholeUnits(found, isNeverNegative) : found);
  }
  return nodes.map((node, at) => ({ node, history: histories[at]!, forecast: moved(forecasts[at]!, reconciled[at]!) }));
}

function daysAfter(last: string, count: number, grain: Grain): readonly string[] {
  const days: string[] = [];
  for (let day = nextPeriod(last, grain); days.length < count; day = nextPeriod(day, grain)) days.push(day);
  return days;
}

function timesEffects(forecast: SeriesForecast, effects: readonly number[]): SeriesForecast {
  const times = (values: Float64Array): Float64Array => values.map((value, step) => value * effects[step]!);
  return {
    ...forecast,
    values: times(forecast.values),
    lower: forecast.lower && times(forecast.lower),
    upper: forecast.upper && times(forecast.upper),
  };
}

/** Leaves below 0 become 0 where nothing ever was below; every other node is the sum of its parts. */
function addingUp(node: Reconciled, isNeverNegative: boolean): Reconciled {
  if (node.parts.length === 0) return { ...node, value: isNeverNegative ? Math.max(0, node.value) : node.value };
  const parts = node.parts.map((part) => addingUp(part, isNeverNegative));
  return { ...node, parts, value: parts.reduce((sum, part) => sum + part.value, 0) };
}

function moved(base: SeriesForecast, values: Float64Array): SeriesForecast {
  const { upper, lower } = base;
  const half = (step: number): number => upper![step]! - base.values[step]!;
  const floor = lower?.every((bound) => bound >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  return {
    ...base,
    values,
    lower: lower && values.map((value, step) => Math.min(value, Math.max(floor, value - half(step)))),
    upper: upper && values.map((value, step) => value + half(step)),
  };
}
