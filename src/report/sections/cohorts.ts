import { figure, known, type ReportSource, type Section, sum, textOf } from "../section.ts";
import { heatSvg, overTimeSvg } from "../svg.ts";

const mostCohorts = 14;
const mostMonths = 12;

/** Cohorts by month of the first order: who orders again, month by month. */
export async function cohortsSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("cohort-retention", { grain: "month" });
  const cohorts = [...new Set(rows.map((row) => textOf(row, "cohort_month")))].sort().slice(-mostCohorts);
  const next = rows.filter((row) => known(row, "month_index") === 1 && row.is_complete === true);
  const size = sum(next, "cohort_size");
  const sentence =
    size > 0
      ? `Of ${words.count(size)} customers whose next month is over, ${words.rate(sum(next, "active_customer_count") / size)} ordered again in the month after their first order.`
      : "No cohort has had a whole month yet.";
  const shown = rows.filter((row) => known(row, "month_index") > 0 && known(row, "month_index") <= mostMonths);
  const most = Math.max(0.01, ...shown.map((row) => figure(row, "retention_rate") ?? 0));
  const wide = Math.max(1, ...shown.map((row) => known(row, "month_index")));
  const lines = cohorts.map((cohort) => {
    const own = rows.filter((row) => textOf(row, "cohort_month") === cohort);
    const cells = Array.from({ length: wide }, (_, index) => {
      const row = own.find((one) => known(one, "month_index") === index + 1);
      if (!row) return null;
      const rate = figure(row, "retention_rate");
      return rate === null ? { text: "·", shade: null } : { text: String(Math.round(rate * 100)), shade: rate / most };
    });
    return { label: `${words.month(cohort)} (${words.count(known(own[0], "cohort_size"))})`, cells };
  });
  const months = Array.from({ length: wide }, (_, index) => `+${index + 1}`);
  const key = `<p class="key">Rows: month of the first order, with its customers. Columns: months after it. Per cent that ordered; a dot is a month that is not over.</p>`;
  return {
    id: "cohorts",
    title: "Do customers come back?",
    sentence,
    body: cohorts.length === 0 ? "" : heatSvg(lines, months, sentence) + key,
    analyses: ["cohort-retention"],
  };
}

/** How long customers keep ordering. */
export async function survivalSection({ ask, words }: ReportSource): Promise<Section> {
  const rows = await ask("survival");
  const half = rows.find((row) => known(row, "survival_rate") < 0.5);
  const last = rows.at(-1);
  const sentence = !last
    ? "No known customer ordered in these days."
    : half
      ? `Half of the customers have placed their last order within ${words.count(known(half, "month_index") + 1)} ${known(half, "month_index") === 0 ? "month" : "months"} of their first.`
      : `${words.rate(known(last, "survival_rate"))} of the customers keep ordering beyond month ${words.count(known(last, "month_index"))}.`;
  const points = rows.map((row) => ({ label: words.count(known(row, "month_index")), value: null }));
  const line = {
    name: "Keep ordering",
    className: "line" as const,
    values: rows.map((row) => figure(row, "survival_rate")),
  };
  const key = `<p class="key">Estimated share of customers who keep ordering (Kaplan and Meier), by whole months since the first order.</p>`;
  return {
    id: "survival",
    title: "How long they stay",
    sentence,
    body: rows.length === 0 ? "" : overTimeSvg(points, [line], { label: sentence, write: words.rate }) + key,
    analyses: ["survival"],
  };
}
