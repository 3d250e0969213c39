import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("freshness", (query) => {
  it("says how far each table reaches", async () => {
    const rows = await query("freshness");
    expect(rows.map((row) => [row.table_name, row.row_count, row.first_on, row.last_on])).toEqual([
      ["agg_daily", 31, "2025-01-02", "2025-04-20"], // 15 days with events, 16 others with lines that are not cancelled
      ["dim_customer", 12, null, null],
      ["dim_product", 7, null, null],
      ["fct_events", 33, "2025-01-02", "2025-04-18"],
      ["fct_order_lines", 30, "2025-01-05", "2025-04-20"],
      ["fct_orders", 26, "2025-01-05", "2025-04-20"],
      ["fct_payments", 0, null, null],
      ["fct_sessions", 14, "2025-01-02", "2025-04-18"],
    ]);
  });

  it("says when it was loaded and refreshed, and that nothing waits", async () => {
    const [row] = await query("freshness");
    expect(row).toMatchObject({ data_version: 1, waiting_batch_count: 0 });
    expect(Date.parse(String(row?.refreshed_at))).toBeGreaterThan(Date.parse(String(row?.last_loaded_at)));
  });
});
