/**
 * The catalogue as the dashboard reads it. `catalogue.ts` is written from the declared analyses by
 * `npm run generate`; a card, its controls, its chart, its table and its export follow from one entry.
 */

/** How a value is formatted; the unit is also in the column's name (`_minor`, `_rate`, `_seconds`, ...). */
export type Unit =
  | "text"
  | "count"
  | "money"
  | "rate"
  | "number"
  | "seconds"
  | "days"
  | "years"
  | "bytes"
  | "day"
  | "month"
  | "instant"
  | "flag"
  | "list";

export interface CatalogueColumn {
  readonly name: string;
  readonly unit: Unit;
  /** What the value means, in the reader's words. */
  readonly meaning: string;
  readonly isNullable: boolean;
}

export type ParamKind = "day" | "integer" | "number" | "text" | "choice" | "choices" | "texts" | "flag";

/** The part of JSON Schema that parameters use. */
export interface ParamSchema {
  readonly type: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly items?: ParamSchema;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
}

export interface CatalogueParam {
  readonly name: string;
  readonly kind: ParamKind;
  readonly meaning: string;
  readonly default: unknown;
  /** True when a value must be given. */
  readonly isRequired?: boolean;
  readonly schema: ParamSchema;
}

/** What a card draws by default; the same shapes as the declaration's `chart`. */
export type Chart =
  | { readonly kind: "table" }
  | { readonly kind: "tiles"; readonly tiles: readonly string[] }
  | { readonly kind: "line"; readonly x: string; readonly y: string | readonly string[]; readonly series?: string }
  | {
      readonly kind: "forecast";
      readonly x: string;
      readonly y: string;
      readonly lower: string;
      readonly upper: string;
      readonly expected: string;
      readonly series: string;
    }
  | {
      readonly kind: "curve";
      readonly x: string;
      readonly y: readonly string[];
      readonly lower: string;
      readonly upper: string;
    }
  | { readonly kind: "bar"; readonly x: string; readonly y: string; readonly horizontal?: boolean }
  | { readonly kind: "funnel"; readonly step: string; readonly value: string; readonly rate: string }
  | {
      readonly kind: "heatmap";
      readonly x: string;
      readonly y: string;
      readonly value: string;
      /** A flag column: cells where it is false are still open and drawn hatched. */
      readonly complete?: string;
      /** A size shown in the first column of each row. */
      readonly size?: string;
    }
  | {
      readonly kind: "scatter";
      readonly x: string;
      readonly y: string;
      readonly size?: string;
      readonly series?: string;
    }
  | {
      readonly kind: "leaderboard";
      readonly label: string;
      readonly value: string;
      /** The lower end of the value's interval, when it has one. */
      readonly lower?: string;
    };

export type ChartOf<K extends Chart["kind"]> = Extract<Chart, { kind: K }>;

export interface CatalogueEntry {
  readonly name: string;
  readonly page: string;
  readonly title: string;
  readonly question: string;
  readonly grain: string;
  readonly hasPeriod: boolean;
  readonly filters: readonly string[];
  /** The column that dates a row, when rows are dated. */
  readonly datedBy: string | null;
  /** Its own parameters; the common ones (period, compare, filters) are not repeated. */
  readonly params: readonly CatalogueParam[];
  readonly columns: readonly CatalogueColumn[];
  readonly chart: Chart;
  /** What is computed from the rows of the SQL; null where they are the answer. */
  readonly derived?: string | null;
  /** The model whose training it shows; null for what is computed from the facts themselves. */
  readonly trainedModel?: string | null;
  /** Names of the metrics it reports; their definitions come with the explanation. */
  readonly metrics?: readonly string[];
  /** What changes with the files of an analysis of the workspace's own; left out for the built-in ones. */
  readonly revision?: string;
}

/** One JSON value of a row. */
export type Value = string | number | boolean | null | readonly string[];
export type Row = Readonly<Record<string, Value>>;
