/** What the analysis and the command `cartwright rules` share: the parameters, and a rule as a row. */
import type { AssociationRule, RuleOptions } from "../../../mining/index.ts";
import { type Params, param, type ValuesOf } from "../../param.ts";

export const ruleParams = {
  min_count: param.integer("Fewest orders that hold a whole rule", { min: 1, max: 4_000_000_000, default: 5 }),
  min_support_rate: param.number("The same as a share of all orders; the stricter of the two counts", {
    min: 0,
    max: 1,
    default: 0,
  }),
  min_confidence_rate: param.number("Least confidence", { min: 0, max: 1, default: 0 }),
  min_lift: param.number("Least lift", { min: 0, max: 1e12, default: 1.2 }),
  max_antecedent: param.integer("Most products on the left", { min: 1, max: 1000, default: 3 }),
  limit: param.integer("Most rules shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
} satisfies Params;

export type RuleValues = ValuesOf<typeof ruleParams>;

/** The parameters in the words of the miner. */
export const ruleLimits = (values: Omit<RuleValues, "limit">): RuleOptions => ({
  minCount: values.min_count,
  minSupportRate: values.min_support_rate,
  minConfidenceRate: values.min_confidence_rate,
  minLift: values.min_lift,
  maxAntecedent: values.max_antecedent,
});

/** A rule under the public names of its columns. */
export const ruleRow = (rule: AssociationRule) => ({
  antecedent: rule.antecedent,
  consequent: rule.consequent,
  rule_count: rule.ruleCount,
  support_rate: rule.supportRate,
  confidence_rate: rule.confidenceRate,
  lift: rule.lift,
  leverage: rule.leverage,
  conviction: rule.conviction,
  p_value: rule.pValue,
  q_value: rule.qValue,
});
