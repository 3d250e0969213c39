import { expect, test } from "vitest";
import { flowSentence, flowStages } from "./flow.ts";

const row = (state: string, preset: string, loaded: number) => ({ state, preset, loaded_rows: loaded });
const input = {
  rowCounts: { events: 33, order_lines: 30, sessions: 9, orders: "12", customers: 12, products: 7 },
  imports: [
    row("loaded", "events-csv", 33),
    row("undone", "orders-csv", 500),
    row("loaded", "orders-csv", 30),
    row("loaded", "collect", 4),
  ],
  tables: [{ table_name: "agg_daily", row_count: 40 }],
  models: [{ standing: "champion" }, { standing: "challenger" }],
  analysisCount: 60,
  segmentCount: 2,
};

test("rows are counted by where they came from, those of undone imports are not, and no place that sent nothing is named", () => {
  const [sources, , built, answers] = flowStages(input);
  expect(sources?.items).toEqual([
    { label: "Files", count: 63 },
    { label: "Events over HTTP", count: 4 },
  ]);
  expect(built?.items).toContainEqual({ label: "Orders", count: 12 });
  expect(built?.items).toContainEqual({ label: "Days in the rollup", count: 40 });
  expect(answers?.items).toContainEqual({ label: "Models that answer", count: 1 });
});

test("the diagram is told in a sentence, also in an empty shop", () => {
  expect(flowSentence(flowStages(input), String)).toBe(
    "63 rows from “Files” and 4 rows from “Events over HTTP” were taken in. Facts: Events 33 and Order lines 30. Built: Sessions 9, Orders 12, Customers 12, Products 7 and Days in the rollup 40. Answers: Analyses 60, Models that answer 1 and Segments 2.",
  );
  expect(flowSentence(flowStages({ ...input, imports: [] }), String)).toBe("Nothing has been taken in yet.");
});
