/** How data flows in this shop: from sources to answers, with its own row counts. */
import type { Row } from "../catalogue-types.ts";
import { numberOf, textOf } from "../values.ts";

export interface FlowItem {
  readonly label: string;
  /** Rows, or how many there are; null where that is not known. */
  readonly count: number | null;
}

export interface FlowStage {
  readonly title: string;
  /** What happens here. */
  readonly what: string;
  /** The page that shows it. */
  readonly page: string;
  readonly items: readonly FlowItem[];
}

export interface FlowInput {
  readonly rowCounts: Readonly<Record<string, number | string>>;
  /** Answers of pipeline-runs, freshness and model-runs. */
  readonly imports: readonly Row[];
  readonly tables: readonly Row[];
  readonly models: readonly Row[];
  readonly analysisCount: number;
  readonly segmentCount: number;
}

const origins: readonly { readonly label: string; readonly isFrom: (preset: string) => boolean }[] = [
  { label: "Files", isFrom: (preset) => preset !== "collect" && preset !== "store" },
  { label: "Events over HTTP", isFrom: (preset) => preset === "collect" },
  { label: "The store", isFrom: (preset) => preset === "store" },
];

/** Rows that count, by where they came from; places that have sent nothing are left out. */
function sources(imports: readonly Row[]): readonly FlowItem[] {
  const counted = imports.filter((row) => row.state === "loaded");
  return origins.flatMap(({ label, isFrom }) => {
    const theirs = counted.filter((row) => isFrom(textOf(row.preset) ?? ""));
    if (theirs.length === 0) return [];
    return [{ label, count: theirs.reduce((sum, row) => sum + (numberOf(row.loaded_rows) ?? 0), 0) }];
  });
}

/** The stages in the order data takes. */
export function flowStages(input: FlowInput): readonly FlowStage[] {
  const counted = (label: string, name: string): FlowItem => ({ label, count: numberOf(input.rowCounts[name]) });
  const daily = input.tables.find((row) => row.table_name === "agg_daily");
  const answering = input.models.filter((row) => row.standing === "champion").length;
  return [
    { title: "Sources", what: "rows that were taken in", page: "data", items: sources(input.imports) },
    {
      title: "Facts",
      what: "each row once, in one form",
      page: "data",
      items: [counted("Events", "events"), counted("Order lines", "order_lines")],
    },
    {
      title: "Built",
      what: "after every import, by the days it touched",
      page: "sessions",
      items: [
        counted("Sessions", "sessions"),
        counted("Orders", "orders"),
        counted("Customers", "customers"),
        counted("Products", "products"),
        { label: "Days in the rollup", count: daily ? numberOf(daily.row_count) : null },
      ],
    },
    {
      title: "Answers",
      what: "asked anew when data change",
      page: "models",
      items: [
        { label: "Analyses", count: input.analysisCount },
        { label: "Models that answer", count: answering },
        { label: "Segments", count: input.segmentCount },
      ],
    },
  ];
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** The diagram in one sentence. */
export function flowSentence(stages: readonly FlowStage[], count: (value: number | null) => string): string {
  const [sources, ...others] = stages;
  if (!sources || sources.items.length === 0) return "Nothing has been taken in yet.";
  const took = sources.items.map((item) => `${count(item.count)} rows from “${item.label}”`);
  const told = others.map(
    ({ title, items }) => `${title}: ${joined(items.map((item) => `${item.label} ${count(item.count)}`))}`,
  );
  return `${joined(took)} were taken in. ${told.join(". ")}.`;
}
