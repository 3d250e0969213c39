import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("daily-kpis", (query) => {
  it("puts the last half hour of 31 March UTC into 1 April of London", async () => {
    expect(await query("daily-kpis", { period_start: "2025-03-31", period_end: "2025-04-02" })).toEqual([
      day("2025-03-31", {}),
      day("2025-04-01", {
        event_count: 3, // S10: view, cart_add, purchase
        visitor_count: 1,
        session_count: 1,
        purchase_event_count: 1,
        order_count: 1, // O21
        unit_count: 1,
        gross_revenue_minor: 2000,
        net_revenue_minor: 2000,
      }),
    ]);
  });

  it("counts a session on the day it starts and its events on their own days", async () => {
    const rows = await query("daily-kpis", { period_start: "2025-01-31", period_end: "2025-02-02" });
    // S5: the view before midnight, cart and purchase after it. O05 is an order of 31 January.
    expect(rows).toMatchObject([
      { event_count: 1, session_count: 1, purchase_event_count: 0, order_count: 1, net_revenue_minor: 3000 },
      { event_count: 2, session_count: 0, purchase_event_count: 1, order_count: 0, net_revenue_minor: 0 },
    ]);
  });

  it("takes a return off the day it came back", async () => {
    const rows = await query("daily-kpis", { period_start: "2025-02-20", period_end: "2025-02-21" });
    expect(rows).toEqual([day("2025-02-20", { refunds_minor: 1000, net_revenue_minor: -1000 })]);
  });

  it("has a row for each of the 109 days, which add up to the summary", async () => {
    const rows = await query("daily-kpis");
    expect(rows).toHaveLength(109);
    expect(rows.reduce((sum, row) => sum + Number(row.net_revenue_minor), 0)).toBe(59900);
  });
});

function day(day_on: string, counts: object): object {
  return {
    day_on,
    event_count: 0,
    visitor_count: 0,
    session_count: 0,
    purchase_event_count: 0,
    order_count: 0,
    unit_count: 0,
    gross_revenue_minor: 0,
    refunds_minor: 0,
    net_revenue_minor: 0,
    ...counts,
  };
}
