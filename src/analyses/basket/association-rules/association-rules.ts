import { basketsOfLists, associationRules as mineRules } from "../../../mining/index.ts";
import { count, list, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { derivation } from "../../derive.ts";
import { type RuleValues, ruleLimits, ruleParams, ruleRow } from "./rule-params.ts";

/** Which products bring which other product into the basket. See ./README.md for how to read it. */
export const associationRules = defineAnalysis({
  name: "association-rules",
  page: "basket",
  title: "Association rules",
  question: "Which products, bought together, bring which other product with them?",
  grain: "one row per rule, the highest lift first",
  params: ruleParams,
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    antecedent: list("Natural ids of the products on the left, sorted"),
    consequent: text("Natural id of the product on the right"),
    antecedent_names: list("Names of the products on the left; empty where unknown"),
    consequent_name: nullable(text("Name of the product on the right; null when unknown")),
    rule_count: count("Orders with all of them"),
    support_rate: rate("rule_count / orders"),
    confidence_rate: rate("rule_count / orders with the left side"),
    lift: number("Confidence / share of orders with the right side; above 1 more often than by chance"),
    leverage: number("support_rate - what it would be by chance"),
    conviction: nullable(
      number("How many times more often the rule would fail by chance; null (infinite) when it never fails"),
    ),
    p_value: number("One-sided Fisher exact test that both sides are independent"),
    q_value: number("Smallest false-discovery rate at which the rule is a find, over all rules with enough orders"),
  },
  sql: new URL("./association-rules.sql", import.meta.url),
  derive: derivation({
    meaning:
      "Every set of products that enough orders hold is counted exactly (occurrence deliver, Uno et al. 2004); each is split into a left side and one product; support, confidence, lift, leverage, conviction and Fisher's exact p follow from the counts, q-values from all p-values (Benjamini and Hochberg 1995).",
    from: {
      product_ids: list("Products of the set that enough orders hold"),
      product_names: list("Their names"),
      basket_count: count("Orders with exactly this set"),
    },
    rows: (rows, values: RuleValues) => {
      const names = new Map(rows.flatMap((row) => row.product_ids.map((id, at) => [id, row.product_names[at] ?? ""])));
      const baskets = basketsOfLists(rows.map((row) => ({ items: row.product_ids, count: Number(row.basket_count) })));
      return mineRules(baskets, ruleLimits(values))
        .slice(0, values.limit)
        .map((rule) => ({
          ...ruleRow(rule),
          antecedent_names: rule.antecedent.map((id) => names.get(id) ?? ""),
          consequent_name: names.get(rule.consequent) || null,
        }));
    },
  }),
  chart: { kind: "scatter", x: "support_rate", y: "confidence_rate", size: "lift" },
  metrics: [],
});
