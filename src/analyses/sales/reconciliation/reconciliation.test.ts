import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("reconciliation", (query, shop) => {
  it("names an order that the warehouse does not have; orders that are not the store's are left out", async () => {
    await shop().workspace.warehouse.insertRows("ops_store_orders", [
      { order_id: "S-1", placed_at: "2026-01-05T12:00:00.000Z", gross_minor: 1000, refunds_minor: 250, unit_count: 3 },
      { order_id: "S-2", placed_at: "2026-01-05T13:00:00.000Z", gross_minor: 500, refunds_minor: 0, unit_count: 1 },
    ]);
    expect(await query("reconciliation", { period_start: "2026-01-01", period_end: "2026-02-01" })).toEqual([
      {
        day_on: "2026-01-05",
        store_order_count: 2,
        warehouse_order_count: 0,
        store_gross_revenue_minor: 1500,
        warehouse_gross_revenue_minor: 0,
        store_refunds_minor: 250,
        warehouse_refunds_minor: 0,
        store_net_revenue_minor: 1250,
        warehouse_net_revenue_minor: 0,
        store_unit_count: 4,
        warehouse_unit_count: 0,
        differing_order_count: 2,
        first_differing_order_id: "S-1",
      },
    ]);
  });
});
