import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("inactive-customers", (query) => {
  it("lists those without a recent order, the most valuable first", async () => {
    expect(await query("inactive-customers", { days: 42 })).toEqual([
      row("C05", "Eve", "2025-03-05", 47, 4000),
      row("C06", "Finn", "2025-03-10", 42, 2000),
      row("C07", "Gus", "2025-02-14", 66, 0), // the return of April is no order
    ]);
    expect(await query("inactive-customers")).toEqual([]); // 90 days by default
  });

  it("knows nothing of what happened on or after as_of", async () => {
    const rows = await query("inactive-customers", { days: 15, as_of: "2025-02-01" });
    expect(rows).toEqual([
      row("C03", "Cleo", "2025-01-15", 17, 7000), // its return came later
      row("C02", "Ben", "2025-01-06", 26, 900),
    ]);
  });
});

function row(customer_id: string, customer_name: string, last: string, inactive_days: number, net: number): object {
  return { customer_id, customer_name, last_order_on: last, inactive_days, net_revenue_minor: net };
}
