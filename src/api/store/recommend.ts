/** The recommendation model as the store asks it: SKUs, the best first. */
import { findAnalysis } from "../../analyses/index.ts";
import { runAnalysis } from "../../analyses/run.ts";
import type { Workspace } from "../../workspace.ts";
import { ShopContext } from "../context.ts";

/** SKUs for a customer or beside a product (`customer_id`, `product_id`); null when the model cannot say. */
export type Recommend = (subject: Readonly<Record<string, string>>, limit: number) => Promise<readonly string[] | null>;

/** Asks the warehouse. A shop's page is shown whatever the state of the model: without it the store answers by itself. */
export function warehouseRecommend(workspace: Workspace): Recommend {
  const context = new ShopContext(workspace);
  return async (subject, limit) => {
    const analysis = findAnalysis("recommendations");
    if (!analysis) return null;
    try {
      const { rows } = await runAnalysis(await context.analysisContext(), analysis, { ...subject, limit });
      return rows.map((row) => String(row.product_id));
    } catch {
      return null;
    }
  };
}
