/** Materialized views of the store, brought up to date while others read them. */
import type { StoreConnection } from "./connection.ts";

export const refreshableViews = [
  "mv_daily_sales",
  "mv_monthly_sales",
  "mv_product_demand",
  "mv_customer_clv",
  "mv_rfm",
] as const;
export type RefreshableView = (typeof refreshableViews)[number];

/** Refreshes one view; returns its rows. It may take longer than a request otherwise may. */
export async function refreshView(connection: StoreConnection, view: RefreshableView): Promise<number> {
  return await connection.transaction(async (inside) => {
    await inside.query("set local statement_timeout = '10min'");
    const [row] = await inside.query("select store.refresh_view($1) as row_count", [view]);
    return Number(row?.row_count);
  });
}
