/** What an analysis needs from a shop's data before it can answer at all. */
import type { Shop } from "../api.ts";
import type { CatalogueEntry, Chart, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, isUnnamed, labelOf, numberOf, textOf } from "../values.ts";

const visitColumns = /^(viewing_session_count|cart_session_count|purchasing_session_count)$/;

/** True for questions about visits, which a shop that only has orders cannot answer. */
export const needsSessions = (entry: CatalogueEntry): boolean =>
  // What an analysis of the workspace's own reads follows neither from its page nor from its columns.
  entry.revision === undefined &&
  (entry.page === "funnel" ||
    entry.page === "sessions" ||
    entry.columns.some((column) => visitColumns.test(column.name)));

export interface Lack {
  readonly what: string;
  readonly step: string;
}

/** Why the card has nothing to show whatever the period, with the step that would fill it; null when it can answer. */
export function lackOf(entry: CatalogueEntry, shop: Shop): Lack | null {
  if (entry.hasPeriod && (shop.first_day === null || shop.last_day === null)) {
    return {
      what: "This shop has no data yet.",
      step: "Import files with `cartwright import <path>`, or load the demo with `cartwright demo`.",
    };
  }
  if (needsSessions(entry) && !shop.has_sessions) {
    return {
      what: "This shop has orders but no recorded visits, so views, carts and sessions are unknown.",
      step: "Import a clickstream (views and cart events) with `cartwright import <path>` to fill this card.",
    };
  }
  return null;
}

const empties: Readonly<Record<string, Lack>> = {
  rejects: {
    what: "Every row read so far was accepted.",
    step: "Rows that cannot be loaded are kept here with file, line and reason.",
  },
  "source-health": { what: "Nothing has been imported yet.", step: "Import files with `cartwright import <path>`." },
  "tracking-plan-violations": {
    what: "Nothing was collected against a tracking plan.",
    step: "Say what your shop sends: `cartwright plan draft`, then `cartwright plan set FILE`.",
  },
  "pipeline-runs": { what: "Nothing has been imported yet.", step: "Import files with `cartwright import <path>`." },
  "abandoned-carts": {
    what: "No carts were left behind.",
    step: "Carts idle for a day with items in them appear here.",
  },
  "offer-attribution": {
    what: "No offer was clicked in this period.",
    step: "Clicks on the storefront's offers appear here, of shoppers who let their steps be logged; events of your own need the properties “place” and “source”.",
  },
  "product-conversion": { what: "No product has enough views.", step: "Lower “Min views”, or choose a longer period." },
  "cart-abandonment": { what: "No product is in enough carts.", step: "Lower “Min carts”, or choose a longer period." },
};

/** What an answer without rows means for analyses where that is good news or has a step of its own. */
export const emptyWords = (name: string): Lack | null => empties[name] ?? null;

/** The step before a card of a model has anything to say; null for cards of what happened. */
export function untrainedWords({ trainedModel, title }: CatalogueEntry): Lack | null {
  if (!trainedModel) return null;
  return {
    what: `${title}: nothing is trained yet.`,
    step: `Run \`cartwright train ${trainedModel}\`; the answer appears here when it is done.`,
  };
}

/** The dimension a chart is split by, when the source names none of its values; null when there is something to tell apart. */
export function unnamedDimension(entry: CatalogueEntry, chart: Chart, rows: readonly Row[]): Lack | null {
  const name = chart.kind === "bar" ? chart.x : chart.kind === "line" ? chart.series : undefined;
  if (name === undefined || rows.length === 0 || columnOf(entry, name).unit !== "text") return null;
  if (rows.some((row) => !isUnnamed(textOf(row[name]) ?? "(unknown)"))) return null;
  const word = labelOf(name).toLowerCase();
  return {
    what: `The source names no ${word}, so there is nothing to compare.`,
    step: `If your files have one, name its column with \`cartwright import --map FILE\`.`,
  };
}

/** True when an answer holds nothing to draw: no rows, or a funnel that nobody entered. */
export function isNothing(chart: Chart, rows: readonly Row[]): boolean {
  const current = currentRows(rows);
  if (chart.kind !== "funnel") return current.length === 0;
  return current.every((row) => numberOf(row[chart.value]) === 0);
}
