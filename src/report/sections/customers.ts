import type { ResultRow } from "../../analyses/run.ts";
import { htmlTable } from "../html.ts";
import { figure, known, largest, type ReportSource, type Section, sum, textOf } from "../section.ts";
import { barsSvg } from "../svg.ts";

const topCustomers = 10;

/** RFM segments, and the customers of largest value. */
export async function rfmSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("rfm-segments");
  const best = await ask("rfm-scores", { limit: topCustomers, sort: "monetary_minor" });
  const earns = largest(rows, "net_revenue_minor");
  const sentence = earns
    ? `Of ${words.count(sum(rows, "customer_count"))} customers with an order, ${textOf(earns, "rfm_segment")} bring most: ` +
      `${words.count(known(earns, "customer_count"))} people (${words.rate(known(earns, "customer_share_rate"))}), ` +
      `${words.money(known(earns, "net_revenue_minor"))}${shareOf(earns, words.rate)}.`
    : "No known customer ordered in these days.";
  const bars = rows.map((row) => ({
    label: textOf(row, "rfm_segment"),
    value: known(row, "customer_count"),
    text: words.count(known(row, "customer_count")),
  }));
  const table = htmlTable(
    "Customers of the largest net revenue",
    [
      {
        label: "Customer",
        isFigure: false,
        text: (row: ResultRow) => textOf(row, "customer_name") || textOf(row, "customer_id"),
      },
      { label: "Segment", isFigure: false, text: (row) => textOf(row, "rfm_segment") },
      { label: "RFM", isFigure: false, text: (row) => textOf(row, "rfm_code") },
      { label: "Last order", isFigure: true, text: (row) => words.day(textOf(row, "last_order_on")) },
      { label: "Orders", isFigure: true, text: (row) => words.count(known(row, "frequency")) },
      { label: "Net revenue", isFigure: true, text: (row) => words.money(known(row, "monetary_minor")) },
    ],
    best,
  );
  return {
    id: "rfm",
    title: "Customers by recency, frequency and value",
    sentence,
    body: rows.length === 0 ? "" : `${barsSvg(bars, sentence)}${table}`,
    analyses: ["rfm-segments", "rfm-scores"],
  };
}

function shareOf(row: ResultRow, write: (value: number) => string): string {
  const share = figure(row, "revenue_share_rate");
  return share === null ? "" : ` or ${write(share)} of the revenue`;
}

/** Tiers of net revenue per customer. */
export async function tiersSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("ltv-tiers");
  const top = rows.at(-1);
  const share = figure(top, "revenue_share_rate");
  const sentence =
    top && share !== null
      ? `${textOf(top, "tier")}, ${words.count(known(top, "customer_count"))} customers from ${words.money(known(top, "min_revenue_minor"))} on, bring ${words.rate(share)} of the revenue of known customers.`
      : "No known customer ordered in these days.";
  const bars = rows.map((row) => ({
    label: `${textOf(row, "tier")} (${words.count(known(row, "customer_count"))})`,
    value: known(row, "net_revenue_minor"),
    text: words.money(known(row, "net_revenue_minor")),
  }));
  return {
    id: "tiers",
    title: "Lifetime value tiers",
    sentence,
    body: rows.length === 0 ? "" : barsSvg(bars, sentence),
    analyses: ["ltv-tiers"],
  };
}

/** Groups that k-means has found, of the newest training; null before the first. */
export async function clustersSection({ ask, words }: ReportSource): Promise<Section | null> {
  let rows: readonly ResultRow[] = [];
  for (const k of ["4", "auto", "3", "5", "6", "7", "8", "2"]) {
    rows = await ask("customer-segments", { k });
    if (rows.length > 0) break;
  }
  if (rows.length === 0) return null;
  const top = largest(rows, "mean_monetary_minor");
  const sentence = `Customers who buy alike form ${words.count(rows.length)} groups; the most valuable, “${textOf(top, "cluster_name")}”, are ${words.count(known(top, "customer_count"))} with ${words.money(known(top, "mean_monetary_minor"))} each.`;
  const table = htmlTable(
    "Groups by k-means",
    [
      { label: "Group", isFigure: false, text: (row: ResultRow) => textOf(row, "cluster_name") },
      { label: "Customers", isFigure: true, text: (row) => words.count(known(row, "customer_count")) },
      { label: "Mean orders", isFigure: true, text: (row) => words.number(known(row, "mean_frequency")) },
      { label: "Mean days since", isFigure: true, text: (row) => words.count(known(row, "mean_recency_days")) },
      { label: "Mean revenue", isFigure: true, text: (row) => words.money(known(row, "mean_monetary_minor")) },
    ],
    rows,
  );
  const bars = rows.map((row) => ({
    label: textOf(row, "cluster_name"),
    value: known(row, "customer_count"),
    text: words.count(known(row, "customer_count")),
  }));
  return {
    id: "clusters",
    title: "Groups of customers",
    sentence,
    body: `${barsSvg(bars, sentence)}${table}`,
    analyses: ["customer-segments"],
  };
}
