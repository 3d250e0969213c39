import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("kpi-summary", (query) => {
  it("adds up the whole period", async () => {
    expect(await query("kpi-summary")).toEqual([
      {
        period: "current",
        gross_revenue_minor: 64400, // 179 + 90 + 230 + 145
        refunds_minor: 4500, // O04 10, R12 10, O19 5, O10 20
        net_revenue_minor: 59900,
        order_count: 21,
        customer_count: 10, // C01 to C10; O13 has none
        unit_count: 41, // 8 + 13 + 9 + 11
        average_order_value_minor: 59900 / 21,
        event_count: 33,
        visitor_count: 11, // C01 to C11
        mean_daily_visitor_count: 14 / 109, // two on 2 February, one on 12 other days; 2 January to 20 April
        session_count: 14,
        session_conversion_rate: 0.5, // 7 of 14
      },
    ]);
  });

  it("counts the two cancelled orders when asked to", async () => {
    const [row] = await query("kpi-summary", { include_cancelled: true });
    // O06 and O26: 50 and one unit each.
    expect(row).toMatchObject({ net_revenue_minor: 69900, order_count: 23, unit_count: 43, customer_count: 10 });
  });

  it("takes refunds off the day of the return, or off that of the order when asked to", async () => {
    // A lamp of an order of January, 10, and a return without an order, 10, came in February; a toaster bought then, 20, in April.
    const february = { period_start: "2025-02-01", period_end: "2025-03-01" };
    const [byReturn] = await query("kpi-summary", february);
    expect(byReturn).toMatchObject({ gross_revenue_minor: 9000, refunds_minor: 2000, net_revenue_minor: 7000 });
    const [byOrder] = await query("kpi-summary", { ...february, refund_date: "order" });
    expect(byOrder).toMatchObject({ gross_revenue_minor: 9000, refunds_minor: 3000, net_revenue_minor: 6000 });
  });

  it("sets March beside the 31 days before it", async () => {
    const rows = await query("kpi-summary", {
      period_start: "2025-03-01",
      period_end: "2025-04-01",
      compare: "previous",
    });
    // 29 January to 28 February: O05 30, O07 30, O08 10, O10 20, O13 30, less 20.
    expect(rows).toMatchObject([
      { period: "current", net_revenue_minor: 22500, order_count: 6, session_count: 5 },
      { period: "previous", net_revenue_minor: 10000, order_count: 5, session_count: 2 },
    ]);
  });

  it("has zeros and no rates in a period without anything", async () => {
    const [row] = await query("kpi-summary", { period_start: "2024-01-01", period_end: "2024-02-01" });
    expect(row).toMatchObject({
      net_revenue_minor: 0,
      order_count: 0,
      average_order_value_minor: null,
      mean_daily_visitor_count: null,
      session_conversion_rate: null,
    });
  });
});
