import type { ResultRow } from "../../analyses/run.ts";
import { htmlTable } from "../html.ts";
import { known, type ReportSource, type Section, textOf } from "../section.ts";
import { barsSvg } from "../svg.ts";

const mostRules = 10;

const leftOf = (row: ResultRow | undefined): string => {
  const names = textOf(row, "antecedent_names");
  return names.replaceAll(", ", "") === "" ? textOf(row, "antecedent") : names;
};
const rightOf = (row: ResultRow | undefined): string => textOf(row, "consequent_name") || textOf(row, "consequent");

/** What is bought together, the strongest rules by lift. */
export async function basketSection({ ask, words }: ReportSource): Promise<Section> {
  const all = await ask("association-rules", { max_antecedent: 1, limit: 1000 });
  const rows = all.toSorted((a, b) => known(b, "lift") - known(a, "lift")).slice(0, mostRules);
  const [top] = rows;
  const sentence = top
    ? `Who orders ${leftOf(top)} also orders ${rightOf(top)} in ${words.rate(known(top, "confidence_rate"))} of ${words.count(known(top, "rule_count") / known(top, "confidence_rate"))} orders, ${words.number(known(top, "lift"))} times as often as by chance.`
    : "No two products are bought together often enough to tell.";
  const bars = rows.map((row) => ({
    label: `${leftOf(row)} → ${rightOf(row)}`,
    value: known(row, "lift"),
    text: `${words.number(known(row, "lift"))} ×`,
  }));
  const table = htmlTable(
    "Strongest rules",
    [
      { label: "With", isFigure: false, text: leftOf },
      { label: "also", isFigure: false, text: rightOf },
      { label: "Orders", isFigure: true, text: (row: ResultRow) => words.count(known(row, "rule_count")) },
      { label: "Confidence", isFigure: true, text: (row) => words.rate(known(row, "confidence_rate")) },
      { label: "Lift", isFigure: true, text: (row) => words.number(known(row, "lift")) },
    ],
    rows,
  );
  return {
    id: "basket",
    title: "Bought together",
    sentence,
    body: top ? `${barsSvg(bars, sentence)}${table}` : "",
    analyses: ["association-rules"],
  };
}
