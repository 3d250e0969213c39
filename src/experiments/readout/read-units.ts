/** From a table of rows to the units of an experiment, with a count of what was left out and why. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";
import { FirstRows } from "./first-rows.ts";
import { hasNoVariant, inferType, isMissing, negativesAreSlips, type Reason, truthOf } from "./metric-values.ts";
import type { Arm, MetricType, Units } from "./units.ts";
import { chooseVariants, type VariantChoice } from "./variants.ts";

export interface UnitColumns extends VariantChoice {
  readonly variant: string;
  readonly metric: string;
  /** Null: told from the values. */
  readonly type: MetricType | null;
  readonly denominator: string | null;
  /** Null: each row is a unit. */
  readonly unit: string | null;
  /** What to do about a unit that has several rows in one variant. */
  readonly dedupe: "first" | "error";
  readonly covariate: string | null;
  readonly strata: string | null;
  /** Keep negative values of a metric of whole numbers. */
  readonly allowNegative: boolean;
}

/** The columns of a file that an analysis reads. */
export const columnsRead = (columns: UnitColumns): string[] =>
  [columns.variant, columns.metric, columns.denominator, columns.unit, columns.covariate, columns.strata].flatMap(
    (name) => name ?? [],
  );

/** Rows that are still in, and why each of the others is not. */
class Rows {
  readonly isIn: Uint8Array;
  readonly dropped: Partial<Record<Reason, number>> = {};

  constructor(count: number) {
    this.isIn = new Uint8Array(count).fill(1);
  }

  drop(row: number, reason: Reason): void {
    this.isIn[row] = 0;
    this.dropped[reason] = (this.dropped[reason] ?? 0) + 1;
  }
}

/**
 * Reads units out of a table. Rows are left out, and counted under `dropped`, in this order: no or an unknown variant, no unit,
 * a unit seen in two variants (all its rows), a repeated unit, a metric that is missing or no value of its type. A missing
 * covariate leaves its unit in, at the mean of the others: being new is no reason to leave the experiment.
 *
 * @throws unit_repeated, variant_missing, column_missing; column_value when no row has a usable metric
 */
export function readUnits(table: Table, columns: UnitColumns): Units {
  const rows = new Rows(table.rowCount);
  const { names, armOf } = assign(table, columns, rows);
  if (columns.unit !== null) checkUnits(columnOf(table, columns.unit), armOf, columns, rows);
  const type = columns.type ?? (columns.denominator ? "ratio" : inferType(columnOf(table, columns.metric)));
  if (type === "ratio" && columns.denominator === null) {
    throw new CartwrightError("missing_parameter", "a ratio metric needs a denominator", { name: "--denominator COL" });
  }
  const metric = metricValues(table, columns, type, rows);
  const denominator = type === "ratio" ? denominatorValues(table, columns.denominator ?? "", rows) : null;
  const { covariate, covariateMissingCount } = covariateValues(table, columns.covariate, rows);
  const { stratum, strata } = stratumValues(table, columns.strata, rows);
  const arms = names.map((variant, arm): Arm => {
    const members = membersOf(armOf, arm, rows);
    const take = (values: Float64Array): Float64Array => Float64Array.from(members, (row) => values[row] ?? 0);
    return {
      variant,
      metric: take(metric),
      denominator: denominator && take(denominator),
      covariate: covariate && take(covariate),
      stratum: stratum && Int32Array.from(members, (row) => stratum[row] ?? 0),
    };
  });
  const dropped = Object.fromEntries(Object.entries(rows.dropped).sort(([a], [b]) => (a < b ? -1 : 1)));
  const isEmpty = arms.every((arm) => arm.metric.length === 0);
  if (isEmpty) {
    throw new CartwrightError(
      "column_value",
      `${table.path}: column "${columns.metric}" has no usable value among ${table.rowCount} rows (${JSON.stringify(dropped)})`,
    );
  }
  return { metric: columns.metric, type, arms, dropped, rowCount: table.rowCount, covariateMissingCount, strata };
}

function membersOf(armOf: Int32Array, arm: number, rows: Rows): Int32Array {
  const members = new Int32Array(armOf.length);
  let count = 0;
  for (let row = 0; row < armOf.length; row++) if (armOf[row] === arm && rows.isIn[row]) members[count++] = row;
  return members.subarray(0, count);
}

function assign(table: Table, columns: UnitColumns, rows: Rows) {
  const texts = columnOf(table, columns.variant);
  const counts = new Map<string, number>();
  for (const text of texts)
    if (!hasNoVariant(text) || text === columns.control) counts.set(text, (counts.get(text) ?? 0) + 1);
  const names = chooseVariants(counts, columns, columns.variant);
  const arms = new Map(names.map((name, arm) => [name, arm]));
  const armOf = new Int32Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] ?? "";
    const arm = arms.get(text);
    armOf[row] = arm ?? -1;
    if (arm === undefined) rows.drop(row, hasNoVariant(text) ? "missing_variant" : "unknown_variant");
  }
  return { names, armOf };
}

function checkUnits(units: readonly string[], armOf: Int32Array, columns: UnitColumns, rows: Rows): void {
  const firstRows = new FirstRows(units);
  const isTorn = new Uint8Array(units.length);
  const repeated: number[] = [];
  for (let row = 0; row < units.length; row++) {
    if (!rows.isIn[row]) continue;
    if (isMissing(units[row] ?? "")) {
      rows.drop(row, "missing_unit");
      continue;
    }
    const first = firstRows.firstOf(row);
    if (first === row) continue;
    repeated.push(row);
    if (armOf[first] !== armOf[row]) isTorn[first] = 1;
  }
  for (const row of repeated) if (isTorn[firstRows.firstOf(row)]) rows.drop(row, "unit_in_two_variants");
  for (let row = 0; row < units.length; row++) if (isTorn[row]) rows.drop(row, "unit_in_two_variants");
  const left = repeated.filter((row) => rows.isIn[row]);
  const first = left[0];
  if (first === undefined) return;
  if (columns.dedupe === "error") {
    throw new CartwrightError(
      "unit_repeated",
      `${left.length} rows repeat a unit within its variant; the first is "${units[first]}" in data row ${first + 1}`,
    );
  }
  for (const row of left) rows.drop(row, "duplicate_unit");
}

function metricValues(table: Table, columns: UnitColumns, type: MetricType, rows: Rows): Float64Array {
  const texts = columnOf(table, columns.metric);
  const values = new Float64Array(texts.length);
  const parse = type === "proportion" ? truthOf : numberOf;
  for (let row = 0; row < texts.length; row++) {
    if (!rows.isIn[row]) continue;
    const text = texts[row] ?? "";
    const value = isMissing(text) ? null : parse(text);
    if (value !== null) values[row] = value;
    else if (isMissing(text)) rows.drop(row, "missing_metric");
    else rows.drop(row, numberOf(text) === null ? "non_numeric_metric" : "not_zero_or_one");
  }
  if (type === "mean" && !columns.allowNegative && negativesAreSlips(values, rows.isIn)) {
    for (let row = 0; row < values.length; row++)
      if (rows.isIn[row] && (values[row] ?? 0) < 0) rows.drop(row, "negative_count");
  }
  return values;
}

function denominatorValues(table: Table, name: string, rows: Rows): Float64Array {
  const texts = columnOf(table, name);
  const values = new Float64Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    if (!rows.isIn[row]) continue;
    const text = texts[row] ?? "";
    const value = numberOf(text);
    if (value !== null) values[row] = value;
    else rows.drop(row, isMissing(text) ? "missing_denominator" : "non_numeric_denominator");
  }
  return values;
}

function covariateValues(table: Table, name: string | null, rows: Rows) {
  if (name === null) return { covariate: null, covariateMissingCount: 0 };
  const texts = columnOf(table, name);
  const covariate = new Float64Array(texts.length);
  const unknown: number[] = [];
  let sum = 0;
  let known = 0;
  for (let row = 0; row < texts.length; row++) {
    if (!rows.isIn[row]) continue;
    const text = texts[row] ?? "";
    const value = isMissing(text) ? null : (numberOf(text) ?? truthOf(text));
    if (value !== null) {
      covariate[row] = value;
      sum += value;
      known++;
    } else if (isMissing(text)) unknown.push(row);
    else rows.drop(row, "non_numeric_covariate");
  }
  for (const row of unknown) covariate[row] = known > 0 ? sum / known : 0;
  return { covariate, covariateMissingCount: unknown.length };
}

function stratumValues(table: Table, name: string | null, rows: Rows) {
  if (name === null) return { stratum: null, strata: [] };
  const texts = columnOf(table, name);
  const stratum = new Int32Array(texts.length);
  const index = new Map<string, number>();
  for (let row = 0; row < texts.length; row++) {
    if (!rows.isIn[row]) continue;
    const text = texts[row] ?? "";
    if (isMissing(text)) {
      rows.drop(row, "missing_stratum");
      continue;
    }
    const at = index.get(text) ?? index.size;
    index.set(text, at);
    stratum[row] = at;
  }
  return { stratum, strata: [...index.keys()] };
}
