/** The recommendation model as the store asks it: SKUs, the best first. */
import { KeptShelf } from "../../ml/recommendations/kept-shelf.ts";
import type { Workspace } from "../../workspace.ts";

/**
 * What to offer after a history of SKUs, the oldest first, without those left out; null when the model cannot say.
 */
export type Recommend = (
  history: readonly string[],
  leftOut: ReadonlySet<string>,
  limit: number,
) => Promise<readonly string[] | null>;

/** Asks the last run. A shop's page is shown whatever the state of the model: without it the store answers by itself. */
export function warehouseRecommend({ warehouse, clock }: Workspace): Recommend {
  const shelf = new KeptShelf(warehouse, clock);
  return async (history, leftOut, limit) => {
    const offers = await shelf.recommend(history, leftOut, limit).catch(() => null);
    return offers?.map(({ product_id }) => product_id) ?? null;
  };
}
