/**
 * The small language analyses are declared in. Route, OpenAPI operation, command, dashboard card, export and reference
 * page are all derived from the value `defineAnalysis` returns; none of them names an analysis by hand.
 */
import type { Chart } from "./chart.ts";
import type { Columns } from "./column.ts";
import type { Derivation } from "./derive.ts";
import { type Param, type Params, param, type ValuesOf } from "./param.ts";

/** The dashboard's pages, in the order of its navigation. */
export const pages = [
  "overview",
  "sales",
  "funnel",
  "products",
  "sessions",
  "customers",
  "basket",
  "models",
  "experiments",
  "own",
  "data",
] as const;
export type Page = (typeof pages)[number];

/** Filters by values that can be listed. */
export const valueFilterNames = ["category", "brand", "channel", "country", "segment"] as const;

/** What a reader may narrow an analysis to, wherever its grain allows. */
export const filterNames = [...valueFilterNames, "traffic"] as const;
export type FilterName = (typeof filterNames)[number];

/**
 * One SQL file, its text, or one file for each value of a choice parameter: two questions are two files. Where several parameters
 * choose, a file's key holds their values in the order of `by`, joined by dots (`sessions.strict`).
 */
export type SqlSource<P extends Params> =
  | URL
  | { readonly text: string }
  | { readonly by: readonly Extract<keyof P, string>[]; readonly files: Readonly<Record<string, URL>> };

export interface Declaration<P extends Params, C extends Columns> {
  /** Public name in kebab case: the route, the command and the card. */
  readonly name: string;
  readonly page: Page;
  /** What the card shows, in sentence case. */
  readonly title: string;
  readonly question: string;
  readonly grain: string;
  readonly params: P;
  /** The filters its grain allows; empty when none make sense. */
  readonly filters: readonly FilterName[];
  /** False for analyses of the warehouse itself, which have no period. */
  readonly hasPeriod: boolean;
  /** The column that dates a row, when rows are dated; `compare` aligns on it. */
  readonly datedBy?: Extract<keyof C, string>;
  readonly columns: C;
  readonly sql: SqlSource<P>;
  /** Steps that several of its files name like tables, each in a file of its own; put before the SQL as the scopes are. */
  readonly parts?: Readonly<Record<string, SqlSource<P>>>;
  /** What is computed from the rows of the SQL, where SQL cannot say it; then `columns` are those of its result. */
  readonly derive?: Derivation<ValuesOf<P>>;
  readonly chart: Chart<C>;
  /** The model whose runs it reads, and the parameters that choose among them: each is a flag of `cartwright train`. */
  readonly training?: {
    readonly model: string;
    readonly by: readonly Extract<keyof P, string>[];
    /** The parameter that names another model than `model`. */
    readonly named?: Extract<keyof P, string>;
  };
  /** Names of metrics in `metrics/` that this analysis reports; their definitions are shown with it. */
  readonly metrics: readonly string[];
  /** Set for analyses that a workspace brings along. */
  readonly own?: OwnOrigin;
}

/** Where an own analysis stands (`analyses/<name>`), what changes with its files, and its words in Markdown, if any. */
export interface OwnOrigin {
  readonly file: string;
  readonly revision: string;
  readonly readme: URL;
}

/** A declared analysis with its own and the common parameters together. */
export interface Analysis<P extends Params = Params, C extends Columns = Columns> extends Declaration<P, C> {
  readonly allParams: Params;
}

const periodParams = {
  period_start: param.day("First day of the period, in the shop's time zone", "first_day"),
  period_end: param.day("Day after the last day of the period (half-open)", "day_after_last"),
  compare: param.choice(
    "Adds the same rows for an earlier period: the one just before, the same days a year (364 days) before, or compare_start to compare_end",
    ["none", "previous", "year", "custom"],
    "none",
  ),
  compare_start: param.day("First day of the compared period, with compare=custom", "first_day"),
  compare_end: param.day("Day after the last day of the compared period, with compare=custom", "day_after_last"),
} satisfies Params;

const filterParams: Readonly<Record<FilterName, Param<unknown>>> = {
  category: param.texts("Only these categories; a parent category includes its children"),
  brand: param.texts("Only these brands"),
  channel: param.texts("Only these channels"),
  country: param.texts("Only customers or orders of these countries"),
  segment: param.texts("Only customers of these saved segments, as they are the day after the last day of the data"),
  traffic: param.choice(
    "people leaves out traffic that is flagged as robots', staff's or tests', and orders that go with it",
    ["everyone", "people"],
    "everyone",
  ),
};

/** Names of the parameters that analyses do not declare themselves. */
export const commonParamNames: readonly string[] = [...Object.keys(periodParams), ...Object.keys(filterParams)];

/** Declares an analysis; see `Declaration` for what each part means. */
export function defineAnalysis<const P extends Params, const C extends Columns>(
  declaration: Declaration<P, C>,
): Analysis<P, C> {
  const filters = Object.fromEntries(declaration.filters.map((name) => [name, filterParams[name]]));
  const common = declaration.hasPeriod ? { ...periodParams, ...filters } : filters;
  return { ...declaration, allParams: { ...declaration.params, ...common } };
}
