/** Boards: cards in an order, under a name. What a card keeps is written as addresses write it. */
import type { CatalogueEntry, Chart } from "../catalogue-types.ts";
import type { CardSize } from "../components/card.tsx";
import type { ExtraParams } from "../query-params.ts";
import type { ViewLens } from "../shell/workspace.tsx";
import { type Controls, filterNames, initialView, readView, type ViewState, writeView } from "../view-state.ts";

export interface BoardCard {
  readonly id: string;
  readonly analysis: string;
  /** Null for the title of the analysis. */
  readonly title: string | null;
  readonly size: CardSize;
  /** Null for the chart it declares. */
  readonly chart: Chart | null;
  /** Its controls, and the period and filters it keeps. */
  readonly search: string;
}

export interface Board {
  readonly id: string;
  readonly title: string;
  readonly made_by: string;
  readonly cards: readonly BoardCard[];
}

export interface Keeping {
  readonly period: boolean;
  readonly filters: boolean;
}

export const hasFilters = (view: ViewState): boolean => filterNames.some((name) => view.filters[name].length > 0);

/** What a card takes along to a board: its controls, those the page fixes, and of period and filters what is to be kept. */
export function searchOfCard(entry: CatalogueEntry, view: ViewState, fixed: ExtraParams, keeping: Keeping): string {
  const { period, compare, compareFrom, compareTo, filters } = view;
  const search = writeView({
    ...initialView,
    ...(keeping.period ? { period, compare, compareFrom, compareTo } : {}),
    ...(keeping.filters ? { filters } : {}),
    controls: { [entry.name]: { ...view.controls[entry.name], ...fixed } },
  });
  // Everything is what an address without a period means, so it must be said to be kept.
  if (keeping.period && !search.has("period") && !search.has("from")) search.set("period", "all");
  return search.toString();
}

/** Which of period and filters a card keeps. */
export function keptBy({ search }: BoardCard): Keeping {
  const names = new URLSearchParams(search);
  return {
    period: names.has("period") || names.has("from"),
    filters: filterNames.some((name) => names.has(name)),
  };
}

type CardControls = Controls[string];

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What differs from the kept controls; one that was put back to its default is said with its default. */
function changedControls(entry: CatalogueEntry, kept: CardControls, now: CardControls): CardControls {
  const back = Object.keys(kept).flatMap((name) => {
    const fallback = entry.params.find((param) => param.name === name)?.default;
    const isSayable = ["string", "number", "boolean"].includes(typeof fallback) && fallback !== "";
    return name in now || !isSayable ? [] : [[name, String(fallback)] as const];
  });
  const changed = Object.entries(now).filter(([name, value]) => !isSame(value, kept[name]));
  return Object.fromEntries([...back, ...changed]);
}

/**
 * How a card of a board sees the page: with the controls, period and filters it keeps. Controls that a reader changes stand
 * in the address under the id of the card, so that two cards of one analysis do not share them.
 */
export function lensOf(card: BoardCard, entry: CatalogueEntry): ViewLens {
  const kept = readView(new URLSearchParams(card.search));
  const keeps = keptBy(card);
  const own = kept.controls[entry.name] ?? {};
  const ofPeriod = ({ period, compare, compareFrom, compareTo }: ViewState) => ({
    period,
    compare,
    compareFrom,
    compareTo,
  });
  return {
    see: (page) => ({
      ...page,
      ...(keeps.period ? ofPeriod(kept) : {}),
      ...(keeps.filters ? { filters: kept.filters } : {}),
      controls: { [entry.name]: { ...own, ...page.controls[card.id] } },
    }),
    change: (page, next) => ({
      ...next,
      ...(keeps.period ? ofPeriod(page) : {}),
      ...(keeps.filters ? { filters: page.filters } : {}),
      controls: { ...page.controls, [card.id]: changedControls(entry, own, next.controls[entry.name] ?? {}) },
    }),
  };
}

/** The kept chart when the analysis still has the columns it names. */
export function chartOf({ chart }: BoardCard, entry: CatalogueEntry): Chart {
  if (!chart) return entry.chart;
  const { kind: _kind, ...fields } = chart;
  const named = Object.values(fields).flat();
  const known = new Set(entry.columns.map(({ name }) => name));
  return named.every((name) => typeof name !== "string" || known.has(name)) ? chart : entry.chart;
}

/** The cards with one moved by some places; the same where it would leave the board. */
export function moved(cards: readonly BoardCard[], id: string, by: number): readonly BoardCard[] {
  const from = cards.findIndex((card) => card.id === id);
  const card = cards[from];
  const to = from + by;
  if (!card || to < 0 || to >= cards.length) return cards;
  return cards.filter((one) => one !== card).toSpliced(to, 0, card);
}
