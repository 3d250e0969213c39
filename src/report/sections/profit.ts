import type { ResultRow } from "../../analyses/run.ts";
import { htmlTable } from "../html.ts";
import { figure, known, type ReportSource, type Section, textOf } from "../section.ts";
import { barsSvg } from "../svg.ts";

interface CategoryProfit {
  readonly category: string;
  readonly revenue: number;
  readonly costed: number;
  /** Null where no cost of the category is known. */
  readonly margin: number | null;
}

/** Months added up by category: amounts are sums, the rate is made of them afterwards. */
export function profitsOf(rows: readonly ResultRow[]): readonly CategoryProfit[] {
  const byCategory = new Map<string, CategoryProfit>();
  for (const row of rows) {
    const category = textOf(row, "category");
    const before = byCategory.get(category);
    const margin = figure(row, "margin_minor");
    byCategory.set(category, {
      category,
      revenue: (before?.revenue ?? 0) + known(row, "net_revenue_minor"),
      costed: (before?.costed ?? 0) + known(row, "costed_revenue_minor"),
      margin: margin === null ? (before?.margin ?? null) : (before?.margin ?? 0) + margin,
    });
  }
  return [...byCategory.values()].sort((a, b) => (b.margin ?? 0) - (a.margin ?? 0) || b.revenue - a.revenue);
}

/** What each category earns after the cost of its goods. */
export async function profitSection({ ask, words }: ReportSource): Promise<Section> {
  const profits = profitsOf(await ask("category-margin-monthly", { depth: 1 }));
  const costed = profits.filter((one) => one.margin !== null);
  const [top] = costed;
  const marginRate = (one: CategoryProfit): string =>
    one.margin === null || one.costed <= 0 ? "–" : words.rate(one.margin / one.costed);
  const sentence = top
    ? `${top.category} earns most after the cost of its goods: ${words.money(top.margin ?? 0)}, a margin of ${marginRate(top)} on ${words.money(top.costed)}.`
    : profits.length > 0
      ? "The cost of goods is not known, so no margin can be told; revenue by category stands in the table."
      : "Nothing was sold in these days.";
  const bars = costed.map((one) => ({
    label: one.category,
    value: one.margin ?? 0,
    text: `${words.money(one.margin ?? 0)} (${marginRate(one)})`,
  }));
  const table = htmlTable(
    "Profit by category",
    [
      { label: "Category", isFigure: false, text: (one: CategoryProfit) => one.category },
      { label: "Net revenue", isFigure: true, text: (one) => words.money(one.revenue) },
      { label: "Margin", isFigure: true, text: (one) => (one.margin === null ? "–" : words.money(one.margin)) },
      { label: "Margin rate", isFigure: true, text: marginRate },
    ],
    profits,
  );
  return {
    id: "profit",
    title: "Profit by category",
    sentence,
    body: profits.length === 0 ? "" : `${bars.length > 0 ? barsSvg(bars, sentence) : ""}${table}`,
    analyses: ["category-margin-monthly"],
  };
}
