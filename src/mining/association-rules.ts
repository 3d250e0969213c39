import type { Baskets } from "./baskets.ts";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { fisherExactGreater, logFactorials } from "./fisher-exact.ts";
import { countOfShare, frequentItemSets } from "./frequent-item-sets.ts";
import { type ItemSets, ranksOf } from "./item-sets.ts";

export interface RuleOptions {
  /** Fewest baskets that hold all items of a rule. */
  readonly minCount: number;
  /** The same as a share of all baskets; the stricter of the two counts. */
  readonly minSupportRate: number;
  readonly minConfidenceRate: number;
  readonly minLift: number;
  /** Most items on the left. */
  readonly maxAntecedent: number;
}

/** Whoever buys all of `antecedent` also buys `consequent`. N is the number of baskets, X the left side, y the right. */
export interface AssociationRule {
  /** Item ids, sorted. */
  readonly antecedent: readonly string[];
  readonly consequent: string;
  /** Baskets with X and y. */
  readonly ruleCount: number;
  /** P(X, y): ruleCount / N. */
  readonly supportRate: number;
  /** P(y | X). */
  readonly confidenceRate: number;
  /** P(X, y) / (P(X) P(y)): how many times more often together than by chance. */
  readonly lift: number;
  /** P(X, y) - P(X) P(y). */
  readonly leverage: number;
  /** P(X) P(not y) / P(X, not y); null (infinite) when y is never missing. */
  readonly conviction: number | null;
  /** One-sided Fisher exact test of independence of X and y. */
  readonly pValue: number;
  /** Benjamini-Hochberg over all rules with enough support, before confidence and lift choose among them. */
  readonly qValue: number;
}

/**
 * Every association rule with one item on the right that passes the limits: highest lift first, ties by confidence, count
 * and ids, so that equal baskets give equal lists whatever their order.
 *
 * @throws too_many_item_sets when the support limits let through more than memory should hold
 * @see Agrawal, Imielinski, Swami (1993), SIGMOD; Brin et al. (1997), SIGMOD (lift, conviction); Piatetsky-Shapiro (1991) (leverage)
 */
export function associationRules(baskets: Baskets, options: RuleOptions): readonly AssociationRule[] {
  const total = baskets.basketCount;
  const minCount = Math.max(1, options.minCount, countOfShare(options.minSupportRate, total));
  const sets = frequentItemSets(baskets, { minCount, maxLength: options.maxAntecedent + 1 });
  const candidates = candidatesOf(sets);
  const logs = logFactorials(total);
  const pValues = Float64Array.from(candidates, ({ both, left, right }) =>
    fisherExactGreater(both, left, right, total, logs),
  );
  const qValues = benjaminiHochberg(pValues);
  const rules: AssociationRule[] = [];
  for (const [index, { node, place, both, left, right }] of candidates.entries()) {
    const confidenceRate = both / left;
    const lift = (both * total) / (left * right);
    if (confidenceRate < options.minConfidenceRate || lift < options.minLift) continue;
    const ranks = ranksOf(sets, node);
    rules.push({
      antecedent: ranks
        .filter((_, at) => at !== place)
        .map((rank) => sets.names[rank] ?? "")
        .sort(byText),
      consequent: sets.names[ranks[place] ?? 0] ?? "",
      ruleCount: both,
      supportRate: both / total,
      confidenceRate,
      lift,
      leverage: both / total - (left / total) * (right / total),
      conviction: both === left ? null : (left * (total - right)) / (total * (left - both)),
      pValue: pValues[index] ?? 1,
      qValue: qValues[index] ?? 1,
    });
  }
  return rules.sort(byStrength);
}

interface Candidate {
  readonly node: number;
  /** Which item of the set, by place, is on the right. */
  readonly place: number;
  readonly both: number;
  readonly left: number;
  readonly right: number;
}

/** Every split of a frequent set of two or more items into a left side and one item; both parts are frequent too. */
function candidatesOf(sets: ItemSets): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (let node = 1; node < sets.count.length; node += 1) {
    if (sets.parent[node] === 0) continue;
    const ranks = ranksOf(sets, node);
    for (const [place, rank] of ranks.entries()) {
      const left = sets.find(ranks.filter((_, at) => at !== place)) ?? 0;
      const right = sets.find([rank]) ?? 0;
      candidates.push({
        node,
        place,
        both: sets.count[node] ?? 0,
        left: sets.count[left] ?? 0,
        right: sets.count[right] ?? 0,
      });
    }
  }
  return candidates;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byStrength(a: AssociationRule, b: AssociationRule): number {
  return (
    b.lift - a.lift ||
    b.confidenceRate - a.confidenceRate ||
    b.ruleCount - a.ruleCount ||
    a.antecedent.length - b.antecedent.length ||
    byText(a.antecedent.join("\u0000"), b.antecedent.join("\u0000")) ||
    byText(a.consequent, b.consequent)
  );
}
