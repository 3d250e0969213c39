import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("traffic-quality", (query, shop) => {
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

  it("counts what it is a share of from the same rows, when events have arrived that nothing is built of yet", async () => {
    await shop().workspace.warehouse.command(
      `insert into fct_events
       select * replace (true as is_bot, concat(event_id, '-again') as event_id) from fct_events where not is_derived`,
    );
    const robots = (await query("traffic-quality")).filter(
      (row) => row.reason === "robot" && row.all_event_count !== 0,
    );
    expect(robots.length).toBeGreaterThan(0);
    for (const row of robots) {
      expect(row.event_share_rate).toBe(0.5);
      expect(row.all_event_count).toBe(Number(row.event_count) * 2);
    }
  });
});
