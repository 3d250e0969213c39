import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("traffic-quality", (query) => {
  it("has four rows for each day with something, all without flags: nobody is staff, a robot or in a hurry", async () => {
    const rows = await query("traffic-quality");
    const days = new Set(rows.map((row) => row.day_on));
    expect(rows.length).toBe(days.size * 4);
    expect(rows.slice(0, 4).map((row) => row.reason)).toEqual(["rate", "robot", "staff", "test"]);
    for (const row of rows)
      expect(row).toMatchObject({ event_count: 0, session_count: 0, order_count: 0, gross_revenue_minor: 0 });
    const robots = rows.filter((row) => row.reason === "robot");
    const sum = (name: string) => robots.reduce((total, row) => total + Number(row[name]), 0);
    const [figures] = await query("kpi-summary");
    expect(figures).toMatchObject({
      event_count: sum("all_event_count"),
      session_count: sum("all_session_count"),
      order_count: sum("all_order_count"),
      gross_revenue_minor: sum("all_gross_revenue_minor"),
    });
  });
});
