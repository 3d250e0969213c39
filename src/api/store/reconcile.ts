/** The store's totals of this moment beside the warehouse's, day by day. */
import { findAnalysis } from "../../analyses/index.ts";
import { type ResultRow, runAnalysis } from "../../analyses/run.ts";
import { takeStoreTotals } from "../../delivery/index.ts";
import type { StoreConnection } from "../../store/connection.ts";
import type { Workspace } from "../../workspace.ts";
import { ShopContext } from "../context.ts";

/** Days of orders with both sides' amounts, the oldest first; as the analysis `reconciliation` has them. */
export type Reconcile = (connection: StoreConnection) => Promise<readonly ResultRow[]>;

const always = { period_start: "1970-01-01", period_end: "2149-06-06" };

export function workspaceReconcile(workspace: Workspace): Reconcile {
  const context = new ShopContext(workspace);
  return async (connection) => {
    await takeStoreTotals(workspace.warehouse, connection);
    const analysis = findAnalysis("reconciliation");
    return analysis ? (await runAnalysis(await context.analysisContext(), analysis, always)).rows : [];
  };
}
