import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("refunds", (query) => {
  it("counts refunds on the day of the return", async () => {
    expect(await query("refunds")).toEqual([
      row("2025-01-01", 0, 0, 17900),
      row("2025-02-01", 2, 2000, 9000), // a lamp of O04, R12
      row("2025-03-01", 1, 500, 23000), // the adjustment O19
      row("2025-04-01", 1, 2000, 14500), // O10
    ]);
  });

  it("counts refunds on the day of the order", async () => {
    expect(await query("refunds", { refund_date: "order" })).toEqual([
      row("2025-01-01", 1, 1000, 17900), // a lamp of O04
      row("2025-02-01", 2, 3000, 9000), // O10; R12 has no order and counts on its own day
      row("2025-03-01", 1, 500, 23000),
      row("2025-04-01", 0, 0, 14500),
    ]);
  });

  it("narrows both to a category", async () => {
    for (const refund_date of ["return", "order"]) {
      const rows = await query("refunds", { refund_date, category: "home", period_end: "2025-03-01" });
      expect(rows.map((one) => one.refunds_minor)).toEqual(refund_date === "return" ? [0, 2000] : [1000, 1000]);
    }
  });
});

function row(period_on: string, orders: number, refunds: number, gross: number): object {
  return { period_on, refund_order_count: orders, refunds_minor: refunds, refund_rate: refunds / gross };
}
