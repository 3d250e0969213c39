/** The store's own totals, order by order, put beside what the warehouse holds; the analysis `reconciliation` compares them. */
import type { StoreConnection } from "../store/connection.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

const ordersAtOnce = 50_000;

/** Replaces `ops_store_orders` by the store's orders of this moment; returns how many. */
export async function takeStoreTotals(warehouse: Warehouse, connection: StoreConnection): Promise<number> {
  await warehouse.command("truncate table ops_store_orders");
  let count = 0;
  let after = "";
  for (;;) {
    const rows = await connection.query(
      "select order_id, placed_at, gross_minor, refunds_minor, unit_count from store.v_order_totals where order_id > $1 order by order_id limit $2",
      [after, ordersAtOnce],
    );
    if (rows.length === 0) return count;
    await warehouse.insertRows(
      "ops_store_orders",
      rows.map((row) => ({ ...row })),
    );
    count += rows.length;
    after = String(rows.at(-1)?.order_id);
  }
}
