import { figure, known, largest, type ReportSource, type Section, textOf } from "../section.ts";
import { heatSvg } from "../svg.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const mostCategories = 16;

/** Which categories have a season, and when. */
export async function seasonsSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("seasonality", { depth: 1 });
  const categories = [...new Set(rows.map((row) => textOf(row, "category")))].slice(0, mostCategories);
  const ofCategory = (category: string) => rows.filter((row) => textOf(row, "category") === category);
  const seasonal = categories.filter((category) => ofCategory(category)[0]?.is_seasonal === true);
  const strongest = largest(
    rows.filter((row) => row.is_seasonal === true),
    "seasonal_strength_rate",
  );
  const isKnown = rows.some((row) => row.is_seasonal !== null);
  const sentence = strongest
    ? `${words.count(seasonal.length)} of ${words.count(categories.length)} categories have a season; ${textOf(strongest, "category")} has the strongest, with its peak in ${months[known(strongest, "peak_month") - 1] ?? "–"}.`
    : isKnown
      ? `None of ${words.count(categories.length)} categories has a season that is more than chance.`
      : "Under twelve months of orders no season can be told.";
  const most = Math.max(1, ...rows.map((row) => figure(row, "seasonal_index") ?? 0));
  const lines = categories.map((category) => {
    const own = ofCategory(category);
    const cells = months.map((_, index) => {
      const value = figure(
        own.find((row) => known(row, "month_of_year") === index + 1),
        "seasonal_index",
      );
      return value === null ? null : { text: value.toFixed(1), shade: Math.max(0, value / most) };
    });
    return { label: category, cells };
  });
  const key = `<p class="key">Mean revenue of the month of the year against the mean of all months; 1 is average.</p>`;
  return {
    id: "seasons",
    title: "Seasons",
    sentence,
    body: isKnown && categories.length > 0 ? heatSvg(lines, months, sentence) + key : "",
    analyses: ["seasonality"],
  };
}
