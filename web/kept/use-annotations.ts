import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getJson } from "../api.ts";
import type { CatalogueEntry, Chart, Row } from "../catalogue-types.ts";
import { type Annotation, annotationsWithin } from "../charts/annotations.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { currentRows, textOf } from "../values.ts";

interface Scoped extends Annotation {
  readonly page: string | null;
  readonly analysis: string | null;
}

const none: readonly Annotation[] = [];

/** First and last day that the rows of a chart over time stand for; null for other charts and without rows. */
export function daysOf(chart: Chart, rows: readonly Row[]): { readonly from: string; readonly to: string } | null {
  if (chart.kind !== "line" && chart.kind !== "forecast") return null;
  const days = currentRows(rows)
    .flatMap((row) => textOf(row[chart.x]) ?? [])
    .sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}

/** Whether a chart runs over time, so that days can be noted on it. */
export const isOverTime = (chart: Chart): boolean => chart.kind === "line" || chart.kind === "forecast";

/** What is noted on an analysis between two days, by its letters; nothing for charts that do not run over time. */
export function useAnnotations(
  { name, page }: CatalogueEntry,
  chart: Chart,
  from: string,
  to: string,
): readonly Annotation[] {
  const { shop, shared } = useWorkspace();
  const isShown = isOverTime(chart) && !shared;
  const { data } = useQuery({
    queryKey: ["annotations", shop.data_version],
    queryFn: ({ signal }) => getJson<{ rows: readonly Scoped[] }>("/annotations", signal),
    enabled: isShown,
  });
  return useMemo(() => {
    if (!isShown || !data) return none;
    const here = data.rows.filter((one) => (one.page ?? page) === page && (one.analysis ?? name) === name);
    return annotationsWithin(here, from, to);
  }, [isShown, data, page, name, from, to]);
}
