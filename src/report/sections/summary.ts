import { escapeHtml } from "../html.ts";
import { figure, known, type ReportSource, type Section } from "../section.ts";

/** The shop's figures over the period, each beside the same of the days before. */
export async function summarySection({ ask, words, period }: ReportSource): Promise<Section> {
  const rows = await ask("kpi-summary", { compare: "previous" });
  const [now, before] = [rows.find((row) => row.period === "current"), rows.find((row) => row.period === "previous")];
  const tile = (label: string, name: string, write: (value: number) => string): string => {
    const [value, earlier] = [figure(now, name), figure(before, name)];
    const isComparable = value !== null && earlier !== null && earlier > 0 && known(before, "order_count") > 0;
    const change = isComparable ? `${words.change(value / earlier - 1)} against the days before` : "";
    return `<div class="tile"><span>${escapeHtml(label)}</span><strong>${escapeHtml(value === null ? "–" : write(value))}</strong><small>${change}</small></div>`;
  };
  const orders = known(now, "order_count");
  const average = figure(now, "average_order_value_minor");
  const sentence =
    orders === 0
      ? "No orders were placed in these days."
      : `Net revenue was ${words.money(known(now, "net_revenue_minor"))} from ${words.day(period.from)} to ${words.day(period.to)}: ` +
        `${words.count(orders)} orders of ${words.count(known(now, "customer_count"))} known customers; an average order brought ${words.money(average ?? 0)}.`;
  const tiles = [
    tile("Net revenue", "net_revenue_minor", words.money),
    tile("Orders", "order_count", words.count),
    tile("Average order value", "average_order_value_minor", words.money),
    tile("Customers", "customer_count", words.count),
    tile("Refunds", "refunds_minor", words.money),
    tile("Units", "unit_count", words.count),
    tile("Visitors", "visitor_count", words.count),
    tile("Session conversion", "session_conversion_rate", words.rate),
  ];
  return {
    id: "summary",
    title: "At a glance",
    sentence,
    body: `<div class="tiles">${tiles.join("")}</div>`,
    analyses: ["kpi-summary"],
  };
}
