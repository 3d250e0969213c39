import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { draw } from "../charts/draw.ts";
import { Card } from "../components/card.tsx";
import { ChartView } from "../components/chart-view.tsx";
import { CardSkeleton, EmptyState, ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import type { Segment } from "./rule.ts";
import { useSizes } from "./use-segments.ts";

const chart = { kind: "bar", x: "as_of", y: "customer_count", horizontal: false } as const;

/** What the columns of the sizes mean; charts read units and words from it. */
const entry: CatalogueEntry = {
  name: "segment-sizes",
  page: "segments",
  title: "Size over time",
  question: "How many customers did the segment have?",
  grain: "one row per month",
  hasPeriod: false,
  filters: [],
  datedBy: null,
  params: [],
  columns: [
    { name: "as_of", unit: "day", meaning: "Only what happened before this day counts", isNullable: false },
    { name: "customer_count", unit: "count", meaning: "Customers of the segment", isNullable: false },
  ],
  derived: null,
  chart,
  metrics: [],
};

/** How many customers a segment, as it is defined now, had at the start of each month. */
export function SizesCard({ segment }: { segment: Segment }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { tokens, format, colorOf } = useWorkspace();
  const sizes = useSizes(segment);
  const rounded = Math.round(width / 24) * 24;
  const drawing = useMemo(() => {
    if (!sizes.data || rounded === 0) return null;
    const rows = sizes.data.rows.map((row) => ({ as_of: row.as_of, customer_count: row.customer_count }));
    return draw(chart, rows, { entry, tokens, format, colorOf, width: rounded, covered: null, grain: null }, null);
  }, [sizes.data, rounded, tokens, format, colorOf]);
  const [first, last] = [sizes.data?.rows[0], sizes.data?.rows.at(-1)];
  const sentence =
    first && last
      ? `${format.count(last.customer_count)} now; ${format.count(first.customer_count)} on ${format.day(first.as_of)}.`
      : "";
  return (
    <Card
      title={`${segment.title} over time`}
      subtitle="At the start of each month, by the rule as it is now"
      size="full"
    >
      {sizes.isError ? <ErrorState error={sizes.error} /> : null}
      {sizes.isPending ? <CardSkeleton kind="bar" /> : null}
      {sizes.data?.rows.length === 0 ? <EmptyState what="No days yet." step="Import events or orders." /> : null}
      {sentence ? <p className="sentence">{sentence}</p> : null}
      <div ref={ref}>{drawing ? <ChartView drawing={drawing} label={`Size over time. ${sentence}`} /> : null}</div>
    </Card>
  );
}
