import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { getAnalysis } from "../api.ts";
import type { CatalogueEntry, Row } from "../catalogue-types.ts";
import { catalogue } from "../generated/catalogue.ts";
import { analysisParams, type ExtraParams } from "../query-params.ts";
import { useView, useWorkspace, type Workspace } from "../shell/workspace.tsx";
import type { ViewState } from "../view-state.ts";
import { lackOfRows } from "./lack-of-rows.ts";
import { lackOf } from "./requirements.ts";

/** A built-in analysis. */
export const entryOf = (name: string): CatalogueEntry | undefined => catalogue.find((entry) => entry.name === name);

const againMs = 15_000;

const anyDay = { first: "1970-01-01", last: "1970-01-01" };

function question(entry: CatalogueEntry, view: ViewState, { coverage, shop }: Workspace, extra: ExtraParams) {
  const params = analysisParams(entry, view, coverage ?? anyDay, extra);
  const options = queryOptions({
    queryKey: ["analysis", entry.name, params.toString(), shop.data_version, entry.revision],
    queryFn: ({ signal }) => getAnalysis(entry.name, params, signal),
    placeholderData: keepPreviousData,
    // What lacks rows is asked again until it is whole.
    refetchInterval: ({ state }) => (lackOfRows(state.data) === null ? false : againMs),
    enabled: lackOf(entry, shop) === null,
  });
  return { params, options };
}

/**
 * The answer of one analysis under the current view. Equal questions of several cards are asked once; while a new answer
 * is on its way the last one stays, marked as such. Nothing is asked that the shop's data cannot answer.
 */
export function useAnalysis(entry: CatalogueEntry, extra: ExtraParams = {}) {
  const [view] = useView();
  const workspace = useWorkspace();
  const { params, options } = question(entry, view, workspace, extra);
  return { ...useQuery(options), params };
}

/** The rows of several analyses by name, without those that are missing, refused or still on their way. */
export function useAnswers(names: readonly string[]): {
  rows: Readonly<Record<string, readonly Row[]>>;
  isPending: boolean;
} {
  const [view] = useView();
  const workspace = useWorkspace();
  const entries = names.map(entryOf).filter((entry) => entry !== undefined);
  const answers = useQueries({ queries: entries.map((entry) => question(entry, view, workspace, {}).options) });
  return {
    rows: Object.fromEntries(entries.map((entry, index) => [entry.name, answers[index]?.data?.rows ?? []])),
    isPending: answers.some((answer) => answer.isLoading),
  };
}
