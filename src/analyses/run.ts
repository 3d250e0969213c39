/** Running an analysis: what a person gave becomes bound values, the SQL runs as the reader, rows are decoded strictly. */
import { createHash } from "node:crypto";
import { CartwrightError } from "../errors.ts";
import { segmentFilter } from "../segments/index.ts";
import { requireMaskedReader } from "../warehouse/console.ts";
import { addDays } from "../warehouse/day-range.ts";
import { dayAfterLast, type Extent } from "../warehouse/extent.ts";
import { personIdOf } from "../warehouse/identity/person-id.ts";
import { type Lack, lackOfBoth, readLeavingOut } from "../warehouse/leave-out.ts";
import { openScope, withScopes } from "../warehouse/scopes.ts";
import { bindOnly, readSql } from "../warehouse/sql-file.ts";
import type { QueryCost, Row, Warehouse } from "../warehouse/warehouse.ts";
import { blaming, unexpected } from "./blame.ts";
import type { Columns } from "./column.ts";
import { alignedOn, comparedPeriod } from "./compare.ts";
import type { Analysis, SqlSource } from "./define.ts";
import type { DataDefault, Param, Params, ValuesOf } from "./param.ts";

export type Given = Readonly<Record<string, unknown>>;
export type Values = Readonly<Record<string, unknown>>;
export type ResultRow = Readonly<Record<string, unknown>>;

export interface AnalysisContext {
  readonly warehouse: Warehouse;
  readonly extent: Extent;
  /** IANA zone of the shop, bound where an analysis asks for `{time_zone:String}`. */
  readonly timeZone: string;
  /** True where nobody looks at a page meanwhile: the questions of those who do go first. */
  readonly isPatient?: boolean;
  /** True for who tells beside the rows what they lack while a node of a cluster does not answer; others are refused then. */
  readonly mayLackRows?: boolean;
}

export interface AnalysisResult {
  readonly rows: readonly ResultRow[];
  readonly values: Values;
  readonly cost: QueryCost;
  /** Null where the rows are whole. */
  readonly lack: Lack | null;
}

function resolveDefault(fallback: DataDefault, extent: Extent): string {
  switch (fallback) {
    case "first_day":
      return extent.firstDay ?? "1970-01-01";
    case "day_after_last":
      return dayAfterLast(extent);
    case "day_after_last_order":
      return extent.lastOrderDay ? addDays(extent.lastOrderDay, 1) : "1970-01-02";
    case "90_days_before_last_order":
      return extent.lastOrderDay ? addDays(extent.lastOrderDay, -89) : "1970-01-01";
  }
}

/** Whether a default follows from the data. */
export const isDataDefault = (value: unknown): value is DataDefault =>
  value === "first_day" ||
  value === "day_after_last" ||
  value === "day_after_last_order" ||
  value === "90_days_before_last_order";

function readParam(owner: string, name: string, param: Param<unknown>, given: unknown, extent: Extent): unknown {
  if (given === undefined || given === null) {
    if (param.isRequired) throw new CartwrightError("missing_parameter", `${owner} needs ${name}`, { name });
    return isDataDefault(param.default) ? resolveDefault(param.default, extent) : param.default;
  }
  try {
    return param.parse(given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CartwrightError("invalid_parameter", `${name} ${error.message}, got ${JSON.stringify(given)}`, { name });
  }
}

/** Reads parameters: checks what was given and fills in the defaults; unknown names are refused. */
export function readValues<P extends Params>(owner: string, params: P, given: Given, extent: Extent): ValuesOf<P> {
  const unknown = Object.keys(given).find((name) => !(name in params));
  if (unknown !== undefined) {
    throw new CartwrightError("unknown_parameter", `${owner} has no parameter ${unknown}`, {
      known: Object.keys(params).join(", "),
    });
  }
  // Each parameter's own reader gives the type that `ValuesOf` promises.
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, readParam(owner, name, param, given[name], extent)]),
  ) as ValuesOf<P>;
}

/** The values of an analysis; the period must hold a day. */
export function resolveValues(analysis: Analysis, given: Given, extent: Extent): Values {
  const values: Values = readValues(analysis.name, analysis.allParams, given, extent);
  if (
    analysis.hasPeriod &&
    String(values.period_start) >= String(values.period_end) &&
    (given.period_start || given.period_end)
  ) {
    throw new CartwrightError(
      "invalid_parameter",
      `period_end ${values.period_end} must be after period_start ${values.period_start}`,
      { name: "period_end" },
    );
  }
  return values;
}

function chooseSql(analysis: Analysis, source: SqlSource<Params>, values: Values): string {
  if ("text" in source) return source.text;
  const url = source instanceof URL ? source : source.files[source.by.map((name) => String(values[name])).join(".")];
  if (!url) throw new CartwrightError("internal", `${analysis.name} has no SQL for ${JSON.stringify(values)}`);
  return readSql(url);
}

/** Changes with the SQL that answers, its scopes and parts, and with what is said to be computed from its rows. */
export const definitionVersion = (analysis: Analysis, values: Values): string =>
  createHash("sha256")
    .update(sqlOf(analysis, values))
    .update(analysis.derive?.meaning ?? "")
    .digest("hex")
    .slice(0, 8);

/** The SQL with the scopes and parts it names; `further` are parts of no declaration, such as a compiled segment. */
export function sqlOf(
  analysis: Analysis,
  values: Values,
  further: ReadonlyMap<string, () => string> = new Map(),
): string {
  const parts = Object.entries(analysis.parts ?? {});
  return withScopes(
    chooseSql(analysis, analysis.sql, values),
    values,
    new Map([...parts.map(([name, source]) => [name, () => chooseSql(analysis, source, values)] as const), ...further]),
  );
}

/** The SQL that an analysis itself writes, with its parts and without the scopes it names. */
export const writtenSql = (analysis: Analysis, values: Values): string =>
  [analysis.sql, ...Object.values(analysis.parts ?? {})].map((one) => chooseSql(analysis, one, values)).join("\n");

/** A statement as it runs, with what it binds out of the values, the shop's settings, the open scope and the segments chosen. */
export interface PreparedQuery {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
}

const chosenSegments = (analysis: Analysis, values: Values): readonly string[] =>
  analysis.filters.includes("segment") && Array.isArray(values.segment) ? values.segment.map(String) : [];

/** Reads the segments that the values name, and the person of a customer they name, and puts the statement together. @throws segment_unknown */
export async function prepareQuery(
  context: AnalysisContext,
  analysis: Analysis,
  values: Values,
): Promise<PreparedQuery> {
  if (analysis.own) await requireMaskedReader(context.warehouse);
  const names = chosenSegments(analysis, values);
  const segment = await segmentFilter(context.warehouse, names, dayAfterLast(context.extent));
  const sql = sqlOf(analysis, values, segment?.parts);
  const { customer_id } = values;
  const isNamed = typeof customer_id === "string" && customer_id !== "";
  const person = isNamed ? { customer_id: await personIdOf(context.warehouse, customer_id) } : {};
  const asked = { ...openScope, time_zone: context.timeZone, ...values, ...person, ...segment?.bindings };
  const bindings = bindOnly(sql, asked);
  return { sql, bindings };
}

/** Runs an analysis; with `compare` the rows of the other period follow those of the current one. */
export async function runAnalysis(
  context: AnalysisContext,
  analysis: Analysis,
  given: Given,
  signal?: AbortSignal,
): Promise<AnalysisResult> {
  const values = resolveValues(analysis, given, context.extent);
  const current = await runOnce(context, analysis, values, signal);
  if (current.rows.length === 0) refuseUntrained(analysis, given, values);
  const compared = comparedPeriod(values);
  if (!compared) {
    const { cost, lack } = current;
    return { rows: withPeriodColumn(analysis, current.rows), values, cost, lack };
  }
  const other = await runOnce(context, analysis, { ...values, ...compared }, signal);
  const rows = [
    ...current.rows.map((row) => ({
      ...row,
      period: "current",
      ...(analysis.datedBy ? { aligned_on: row[analysis.datedBy] } : {}),
    })),
    ...other.rows.map((row) => ({
      ...row,
      period: "previous",
      ...(analysis.datedBy ? { aligned_on: alignedOn(row[analysis.datedBy], values, compared) } : {}),
    })),
  ];
  const cost = {
    readRows: current.cost.readRows + other.cost.readRows,
    readBytes: current.cost.readBytes + other.cost.readBytes,
    writtenRows: 0,
  };
  return { rows, values, cost, lack: lackOfBoth(current.lack, other.lack) };
}

/** Who asks for a run that there is not is told how to make it; who asks for nothing in particular sees no rows. */
function refuseUntrained({ name, training }: Analysis, given: Given, values: Values): void {
  const asked = training?.by.filter((one) => given[one] !== undefined && given[one] !== null) ?? [];
  if (!training || asked.length === 0) return;
  const command = trainingCommand(training, values);
  const what = asked.map((one) => `${one} ${values[one]}`).join(" and ");
  throw new CartwrightError("model_not_trained", `${name}: no run of ${training.model} is kept for ${what}`, {
    command,
  });
}

/** The command that trains the run with these values. */
function trainingCommand(training: NonNullable<Analysis["training"]>, values: Values): string {
  const flags = training.by
    .filter((one) => values[one] !== null)
    .map((one) => ` --${one.replaceAll("_", "-")} ${values[one]}`);
  return `cartwright train ${training.model}${flags.join("")}`;
}

/** An analysis that declares `period` itself (kpi-summary) says `current` without a comparison too. */
const withPeriodColumn = (analysis: Analysis, rows: readonly ResultRow[]): readonly ResultRow[] =>
  "period" in analysis.columns ? rows.map((row) => ({ ...row, period: "current" })) : rows;

async function runOnce(context: AnalysisContext, analysis: Analysis, values: Values, signal?: AbortSignal) {
  const { sql, bindings } = await prepareQuery(context, analysis, values);
  const { warehouse, isPatient = false, mayLackRows = false } = context;
  const options = { bindings, name: analysis.name, isPatient, ...(signal ? { signal } : {}) };
  const { rows, cost, lack } = await blaming(analysis, async () =>
    mayLackRows
      ? await readLeavingOut(warehouse, sql, options)
      : { ...(await warehouse.read(sql, options)), lack: null },
  );
  return { rows: answerRows(analysis, rows, values), cost, lack };
}

/** The rows of the analysis out of those of its SQL: decoded, and derived where a derivation is declared. */
export function answerRows(analysis: Analysis, rows: readonly Row[], values: Values): readonly ResultRow[] {
  const { derive } = analysis;
  if (!derive) return rows.map((row, index) => decodeRow(analysis, row, index + 1));
  const given = rows.map((row, index) => decodeRow(analysis, row, index + 1, derive.from));
  return derive.rows(given, values).map((row, index) => decodeRow(analysis, row, index + 1));
}

/** Decodes the row of a place counted from 1; a missing, surplus or out-of-range column is an error that names both. */
export function decodeRow(analysis: Analysis, row: Row, place: number, columns: Columns = analysis.columns): ResultRow {
  const surplus = Object.keys(row).find((name) => !(name in columns));
  if (surplus !== undefined) throw unexpected(analysis, `the column ${surplus} is not declared`);
  const entries = Object.entries(columns).map(([name, column]) => {
    if (!(name in row)) throw unexpected(analysis, `the column ${name} is missing`);
    try {
      return [name, column.decode(row[name])];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw unexpected(analysis, `column ${name} of row ${place}: ${why}, got ${JSON.stringify(row[name])}`);
    }
  });
  return Object.fromEntries(entries);
}
