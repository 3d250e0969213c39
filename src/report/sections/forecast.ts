import { figure, known, type ReportSource, type Section, sum, textOf } from "../section.ts";
import { overTimeSvg } from "../svg.ts";

const mostPast = 18;

/** What the next months will bring, of the last training; null before the first. */
export async function forecastSection({ ask, words }: ReportSource): Promise<Section | null> {
  const rows = await ask("forecast", { grain: "month", by: "total", metric: "net_revenue_minor", horizon: 3 });
  const ahead = rows.filter((row) => row.is_forecast === true);
  if (ahead.length === 0) return null;
  const past = rows.filter((row) => row.is_forecast !== true).slice(-mostPast);
  const shown = [...past, ...ahead];
  const [first] = ahead;
  const [lower, upper] = [figure(first, "lower"), figure(first, "upper")];
  const sentence =
    `${words.money(sum(ahead, "value"))} of net revenue are expected over the next ${words.count(ahead.length)} months, ` +
    `${words.money(known(first, "value"))} in ${words.month(textOf(first, "period_on"))}` +
    (lower !== null && upper !== null ? ` (95 %: ${words.money(lower)} to ${words.money(upper)}).` : ".");
  const chart = overTimeSvg(
    shown.map((row) => ({
      label: words.month(textOf(row, "period_on")),
      value: row.is_forecast === true ? null : known(row, "value"),
    })),
    [
      {
        name: "Expected",
        className: "line dashed",
        values: shown.map((row, index) =>
          row.is_forecast === true || index === past.length - 1 ? known(row, "value") : null,
        ),
      },
    ],
    {
      label: sentence,
      write: words.money,
      band: shown.map((row) => {
        const [low, high] = [figure(row, "lower"), figure(row, "upper")];
        return row.is_forecast === true && low !== null && high !== null ? [low, high] : null;
      }),
    },
  );
  const key = `<p class="key">Columns: what was. Dashed: what is expected, by ${textOf(first, "method")}; the band holds 95 of 100 outcomes. The whole shop, whatever the filters.</p>`;
  return { id: "forecast", title: "What comes next", sentence, body: chart + key, analyses: ["forecast"] };
}
