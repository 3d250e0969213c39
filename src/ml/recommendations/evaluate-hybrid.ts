/** Recommendations held against what people bought afterwards. */
import { listQuality } from "../../stats/list-quality.ts";
import { best, type HybridWeights, type Shelf, scoreHybrid } from "./hybrid.ts";
import type { Buyer } from "./read-shelf.ts";

export const listLength = 12;

/** `any`: everything bought in the window; `new`: only what the person had never bought, as is offered. */
export type Task = "any" | "new";

export interface HybridQuality {
  readonly task: Task;
  readonly method: string;
  /** Whether the earlier window picked these weights for what is offered. */
  readonly is_chosen: boolean;
  /** Buyers with something to foretell. */
  readonly customer_count: number;
  readonly map_at_12: number;
  readonly recall_at_12: number;
  readonly ndcg_at_12: number;
  /** Share of all known products that come up in somebody's list. */
  readonly coverage_rate: number;
}

type Recommend = (buyer: Buyer, leftOut: ReadonlySet<string>) => readonly string[];

const nothing: ReadonlySet<string> = new Set();

/** Weights tried; the scale of `together` is a chance, of `similar` a likeness, of `popular` a share. */
const tried: readonly HybridWeights[] = [0, 0.003, 0.01, 0.03].flatMap((similar) =>
  [0.1, 1, 3].flatMap((popular) => [0.5, 0.8, 0.95].map((recency) => ({ together: 1, similar, popular, recency }))),
);

const byHybrid =
  (shelf: Shelf, weights: HybridWeights): Recommend =>
  ({ history }, leftOut) =>
    best(scoreHybrid(history, shelf, weights), leftOut, listLength);

const byPopularity =
  ({ popular }: Shelf): Recommend =>
  (_, leftOut) =>
    best(popular, leftOut, listLength);

/** What the person bought before, the latest touched first, then what sells. */
const byRepurchase =
  ({ popular }: Shelf): Recommend =>
  ({ boughtBefore, history }, leftOut) => {
    const own = [...history].reverse().filter((key) => boughtBefore.has(key) && !leftOut.has(key));
    const taken = new Set([...own, ...leftOut]);
    return [...own, ...best(popular, taken, listLength)].slice(0, listLength);
  };

function measure(task: Task, buyers: readonly Buyer[], productCount: number, recommend: Recommend) {
  const sums = { customer_count: 0, map: 0, recall: 0, ndcg: 0 };
  const shown = new Set<string>();
  for (const buyer of buyers) {
    const leftOut = task === "new" ? buyer.boughtBefore : nothing;
    const relevant = new Set([...buyer.boughtThen].filter((key) => !leftOut.has(key)));
    if (relevant.size === 0) continue;
    const list = recommend(buyer, leftOut);
    const { averagePrecision, recall, ndcg } = listQuality(list, relevant, listLength);
    sums.customer_count += 1;
    sums.map += averagePrecision;
    sums.recall += recall;
    sums.ndcg += ndcg;
    for (const key of list) shown.add(key);
  }
  const count = Math.max(1, sums.customer_count);
  return {
    customer_count: sums.customer_count,
    map_at_12: sums.map / count,
    recall_at_12: sums.recall / count,
    ndcg_at_12: sums.ndcg / count,
    coverage_rate: shown.size / Math.max(1, productCount),
  };
}

/** The weights of the best mean average precision on what buyers of a window had not bought before. */
export function chooseWeights(shelf: Shelf, buyers: readonly Buyer[]): HybridWeights {
  const scored = tried.map((weights) => ({
    weights,
    map: measure("new", buyers, 1, byHybrid(shelf, weights)).map_at_12,
  }));
  return scored.reduce((one, other) => (other.map > one.map ? other : one)).weights;
}

/**
 * Quality of the hybrid and of its parts beside popularity and repurchase, for buyers of a window that nothing was chosen on.
 *
 * @param shelf counted up to the first day of the window
 */
export function evaluateHybrid(
  shelf: Shelf,
  buyers: readonly Buyer[],
  weights: HybridWeights,
): readonly HybridQuality[] {
  const only = (source: "together" | "similar"): HybridWeights => ({
    together: 0,
    similar: 0,
    popular: 0,
    recency: weights.recency,
    [source]: 1,
  });
  const methods: readonly (readonly [string, Recommend])[] = [
    ["hybrid", byHybrid(shelf, weights)],
    ["together", byHybrid(shelf, only("together"))],
    ["similar", byHybrid(shelf, only("similar"))],
    ["popularity", byPopularity(shelf)],
    ["repurchase", byRepurchase(shelf)],
  ];
  const productCount = new Set([...shelf.similar.keys(), ...shelf.together.keys(), ...shelf.popular.keys()]).size;
  return (["new", "any"] as const).flatMap((task) =>
    methods.map(([method, recommend]) => ({
      task,
      method,
      is_chosen: task === "new" && method === "hybrid",
      ...measure(task, buyers, productCount, recommend),
    })),
  );
}
