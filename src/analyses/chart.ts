import type { Columns } from "./column.ts";

type Key<C extends Columns> = Extract<keyof C, string>;

/**
 * What a card draws by default. A chart names columns of its own analysis only: naming another does not compile.
 * The table view, the export and the text alternative follow from the columns and need no declaration.
 */
export type Chart<C extends Columns> =
  | { readonly kind: "table" }
  | { readonly kind: "tiles"; readonly tiles: readonly Key<C>[] }
  | {
      readonly kind: "line";
      readonly x: Key<C>;
      readonly y: Key<C> | readonly Key<C>[];
      /** A column whose values become one line each. */
      readonly series?: Key<C>;
    }
  | {
      /** What was and what is expected: the past solid, the expectation dashed inside its shaded interval. */
      readonly kind: "forecast";
      readonly x: Key<C>;
      readonly y: Key<C>;
      readonly lower: Key<C>;
      readonly upper: Key<C>;
      /** A flag column, true for what is expected. */
      readonly expected: Key<C>;
      /** A column whose values become one line each; with several the intervals are left to the table. */
      readonly series: Key<C>;
    }
  | {
      /** Lines over a number, the first inside its interval. */
      readonly kind: "curve";
      readonly x: Key<C>;
      readonly y: readonly Key<C>[];
      /** The interval of the first of `y`. */
      readonly lower: Key<C>;
      readonly upper: Key<C>;
    }
  | { readonly kind: "bar"; readonly x: Key<C>; readonly y: Key<C>; readonly horizontal?: boolean }
  | { readonly kind: "funnel"; readonly step: Key<C>; readonly value: Key<C>; readonly rate: Key<C> }
  | {
      readonly kind: "heatmap";
      readonly x: Key<C>;
      readonly y: Key<C>;
      readonly value: Key<C>;
      /** A flag column: cells where it is false are still open and drawn hatched. */
      readonly complete?: Key<C>;
      /** A size shown in the first column of each row. */
      readonly size?: Key<C>;
    }
  | {
      readonly kind: "scatter";
      readonly x: Key<C>;
      readonly y: Key<C>;
      readonly size?: Key<C>;
      readonly series?: Key<C>;
    }
  | {
      readonly kind: "leaderboard";
      readonly label: Key<C>;
      readonly value: Key<C>;
      /** The lower end of the value's interval, when it has one. */
      readonly lower?: Key<C>;
    };

/** A chart whose column names are known only at run time, as the dashboard reads it. */
export type AnyChart = Chart<Columns>;
