import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("cohort-revenue", (query) => {
  it("adds up what each cohort has brought per customer", async () => {
    expect(await query("cohort-revenue")).toEqual([
      // C01 to C04
      row("2025-01-01", 0, 4, 5, 17900, 17900),
      row("2025-01-01", 1, 4, 1, 2000, 19900), // C01 30, C03 -10
      row("2025-01-01", 2, 4, 2, 6000, 25900), // C01, C02
      row("2025-01-01", 3, 4, 3, 11000, 36900, false), // C01 50, C03 60, C04 0
      // C05, C07
      row("2025-02-01", 0, 2, 2, 3000, 3000),
      row("2025-02-01", 1, 2, 1, 3000, 6000),
      row("2025-02-01", 2, 2, 0, -2000, 4000, false), // the return of C07
      // C06, C08, C09
      row("2025-03-01", 0, 3, 3, 14000, 14000),
      row("2025-03-01", 1, 3, 1, 1000, 15000, false),
      // C10
      row("2025-04-01", 0, 1, 2, 2500, 2500, false),
    ]);
  });

  it("makes cohorts of registrations, customers who never ordered included", async () => {
    const rows = await query("cohort-revenue", { by: "registration", period_end: "2025-02-01" });
    expect(rows).toEqual([row("2025-01-01", 0, 5, 5, 17900, 17900)]); // C11 never ordered
  });

  it("adds up to the revenue of customers with an order", async () => {
    const rows = await query("cohort-revenue", { grain: "week" });
    expect(rows.reduce((sum, one) => sum + Number(one.net_revenue_minor), 0)).toBe(58400);
  });
});

function row(month: string, index: number, size: number, orders: number, net: number, sum: number, isComplete = true) {
  return {
    cohort_month: month,
    month_index: index,
    cohort_size: size,
    is_complete: isComplete,
    order_count: orders,
    net_revenue_minor: net,
    cumulative_revenue_per_customer_minor: sum / size,
  };
}
