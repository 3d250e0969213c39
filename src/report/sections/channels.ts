import { known, largest, type ReportSource, type Section, sum, textOf } from "../section.ts";
import { barsSvg } from "../svg.ts";

const most = 12;

/** Revenue by channel. */
export async function channelsSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("revenue-by-channel");
  const total = sum(rows, "net_revenue_minor");
  const top = largest(rows, "net_revenue_minor");
  const share = (minor: number): string => (total > 0 ? ` (${words.rate(minor / total)})` : "");
  const first = known(top, "net_revenue_minor");
  const sentence = top
    ? `${textOf(top, "channel")} brings most: ${words.money(first)}${share(first)} of ${words.money(total)} over ${words.count(rows.length)} channels.`
    : "No order names a channel in these days.";
  const bars = rows.slice(0, most).map((row) => {
    const value = known(row, "net_revenue_minor");
    return { label: textOf(row, "channel"), value, text: `${words.money(value)}${share(value)}` };
  });
  return {
    id: "channels",
    title: "Channels",
    sentence,
    body: rows.length === 0 ? "" : barsSvg(bars, sentence),
    analyses: ["revenue-by-channel"],
  };
}
