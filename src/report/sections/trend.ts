import type { ResultRow } from "../../analyses/run.ts";
import { htmlTable } from "../html.ts";
import { figure, known, largest, type ReportSource, type Section, textOf } from "../section.ts";
import { overTimeSvg } from "../svg.ts";

type Grain = "day" | "week" | "month";
const dayMs = 86_400_000;
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Months where there are enough of them for a course to show, else weeks or days. */
export function grainOf(from: string, to: string): Grain {
  const days = (time(to) - time(from)) / dayMs + 1;
  return days > 120 ? "month" : days > 28 ? "week" : "day";
}

function lastDayOf(start: string, grain: Grain): string {
  const begun = new Date(time(start));
  const end =
    grain === "month"
      ? Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth() + 1, 0)
      : begun.getTime() + (grain === "week" ? 6 : 0) * dayMs;
  return new Date(end).toISOString().slice(0, 10);
}

/** Revenue over time with its moving average over three periods. */
export async function trendSection({ ask, words, period }: ReportSource): Promise<Section> {
  const grain = grainOf(period.from, period.to);
  const rows = await ask("revenue-over-time", { grain });
  const name = (row: ResultRow): string => {
    const day = textOf(row, "period_on");
    return grain === "month" ? words.month(day) : words.day(day);
  };
  const isWhole = (row: ResultRow): boolean => {
    const start = textOf(row, "period_on");
    return start >= period.from && lastDayOf(start, grain) <= period.to;
  };
  const whole = rows.filter(isWhole);
  const [before, last] = [whole.at(-2), whole.at(-1)];
  const best = largest(whole, "net_revenue_minor");
  const moving = figure(last, "net_revenue_ma3_minor");
  const [now, then] = [known(last, "net_revenue_minor"), known(before, "net_revenue_minor")];
  const change = before && then > 0 ? `, ${words.change(now / then - 1)} against ${name(before)}` : "";
  const isSold = rows.some((row) => known(row, "order_count") > 0 || known(row, "net_revenue_minor") !== 0);
  const sentence = !isSold
    ? "Nothing was sold in these days."
    : last && best
      ? `${name(last)}, the last whole ${grain}, brought ${words.money(now)}${change}; the best was ${name(best)} with ${words.money(known(best, "net_revenue_minor"))}.` +
        (moving === null ? "" : ` The mean of the last three ${grain}s is ${words.money(moving)}.`)
      : `No whole ${grain} lies in these days.`;
  const chart = overTimeSvg(
    rows.map((row) => ({ label: name(row), value: known(row, "net_revenue_minor"), isOpen: !isWhole(row) })),
    [
      {
        name: "Mean of three",
        className: "line second",
        values: rows.map((row) => figure(row, "net_revenue_ma3_minor")),
      },
    ],
    { label: sentence, write: words.money },
  );
  const table = htmlTable(
    `Net revenue by ${grain}`,
    [
      { label: "From", isFigure: false, text: (row: ResultRow) => name(row) },
      { label: "Orders", isFigure: true, text: (row) => words.count(known(row, "order_count")) },
      { label: "Net revenue", isFigure: true, text: (row) => words.money(known(row, "net_revenue_minor")) },
      {
        label: "Mean of three",
        isFigure: true,
        text: (row) => {
          const mean = figure(row, "net_revenue_ma3_minor");
          return mean === null ? "–" : words.money(mean);
        },
      },
    ],
    rows,
  );
  const key = `<p class="key">Columns: net revenue by ${grain}, pale where it is not whole. Line: mean of this and the two before.</p>`;
  return {
    id: "trend",
    title: "Revenue over time",
    sentence,
    body: !isSold ? "" : `${chart}${key}<details><summary>Table</summary>${table}</details>`,
    analyses: ["revenue-over-time"],
  };
}
