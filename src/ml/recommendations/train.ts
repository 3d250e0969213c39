/** Recommendations of a shop's products, recorded as a run. */
import { createHash } from "node:crypto";
import { fitPlattScaling } from "../../stats/platt-scaling.ts";
import { addDays } from "../../warehouse/day-range.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { chooseWeights, evaluateHybrid } from "./evaluate-hybrid.ts";
import { type HybridWeights, type Shelf, scoreHybrid } from "./hybrid.ts";
import { type Buyer, readBuyers, readOrderRate, readShelf } from "./read-shelf.ts";

const mostChoosers = 2000;
const mostTested = 5000;
/** Where there are too few buyers to choose by. */
const usualWeights: HybridWeights = { together: 1, similar: 0.003, popular: 1, recency: 0.8 };
const fewestChoosers = 50;

/**
 * Counts neighbours, likeness and popularity up to the cutoff and writes prd_product_neighbours. How the sources are weighed is chosen on the
 * buyers of the last horizon but one, measured on those of the last; each is foretold from what was before its window.
 *
 * @param horizonDays length of a window
 * @returns null where no product was ever touched
 */
export async function trainRecommendations(context: TrainingContext, horizonDays: number): Promise<ModelRun | null> {
  const { warehouse, cutoff, seed, onProgress } = context;
  const shelf = await readShelf(warehouse, cutoff);
  if (shelf.popular.size === 0) return null;
  onProgress(`${shelf.together.size.toLocaleString("en")} products with neighbours`);
  const [tested, chosen] = [addDays(cutoff, -horizonDays), addDays(cutoff, -2 * horizonDays)];
  const choosers = await readBuyers(warehouse, chosen, tested, mostChoosers);
  const weights =
    choosers.length < fewestChoosers ? usualWeights : chooseWeights(await readShelf(warehouse, chosen), choosers);
  const past = await readShelf(warehouse, tested);
  const buyers = await readBuyers(warehouse, tested, cutoff, mostTested);
  const evaluation = evaluateHybrid(past, buyers, weights);
  onProgress(`measured on ${buyers.length.toLocaleString("en")} buyers of the last ${horizonDays} days`);
  const qualityOf = (task: string, method: string): Record<string, number> => {
    const found = evaluation.find((one) => one.task === task && one.method === method);
    if (!found || found.customer_count === 0) return {};
    const { map_at_12, recall_at_12, ndcg_at_12, coverage_rate } = found;
    return { map_at_12, recall_at_12, ndcg_at_12, coverage_rate };
  };
  const run = {
    model: "recommendations",
    version: context.version,
    seed,
    settings: {},
    cutoff_on: cutoff,
    features: ["views", "carts", "lists", "purchases", "category", "brand", "price", "name"],
    data_sha256: createHash("sha256")
      .update(JSON.stringify([...shelf.together, ...shelf.popular]))
      .digest("hex"),
    row_count: shelf.together.size,
    metrics: { horizon_days: horizonDays, product_count: shelf.similar.size, ...qualityOf("new", "hybrid") },
    baseline: qualityOf("new", "popularity"),
    artefact: {
      weights,
      calibration: calibrationOf(past, buyers, weights),
      order_rate: await readOrderRate(warehouse, tested, cutoff),
      evaluation,
    },
  };
  return await recordRun(context, run, "prd_product_neighbours", neighboursOf(shelf));
}

/**
 * How the logarithm of a score becomes the chance that a buyer buys the product within the horizon, whether or not they have had it: of every
 * product with a score, for those who bought in the last horizon.
 */
function calibrationOf(shelf: Shelf, buyers: readonly Buyer[], weights: HybridWeights) {
  const margins: number[] = [];
  const labels: number[] = [];
  for (const { history, boughtThen } of buyers) {
    for (const [key, score] of scoreHybrid(history, shelf, weights)) {
      margins.push(Math.log(score));
      labels.push(boughtThen.has(key) ? 1 : 0);
    }
  }
  return fitPlattScaling(margins, labels);
}

function* neighboursOf({ together, similar, popular }: Shelf): Iterable<Record<string, string | number>> {
  for (const [source, lists] of [
    ["together", together],
    ["similar", similar],
  ] as const) {
    for (const [product_key, { keys, weights }] of lists)
      for (const [place, neighbour_key] of keys.entries())
        yield { source, product_key, neighbour_key, weight: weights[place]! };
  }
  for (const [neighbour_key, weight] of popular) yield { source: "popular", product_key: "0", neighbour_key, weight };
}
