import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("weekday-hour", (query) => {
  it("has every hour of the week, by the shop's clock", async () => {
    const rows = await query("weekday-hour");
    expect(rows).toHaveLength(168);
    const cell = (weekday: number, hour: number) => rows.find((row) => row.weekday === weekday && row.hour === hour);
    // O17, 30 March 00:30, half an hour before summer time; a Sunday.
    expect(cell(7, 0)).toMatchObject({ event_count: 0, order_count: 1, net_revenue_minor: 3000 });
    // S10 and O21: 31 March 23:20 UTC is Tuesday, 1 April, 00:20 in London.
    expect(cell(2, 0)).toMatchObject({ event_count: 3, order_count: 1, net_revenue_minor: 2000 });
    expect(cell(1, 23)).toMatchObject({ event_count: 0, order_count: 0, net_revenue_minor: 0 });
    // S5 begins on Friday, 31 January, at 23:50; O05 is of 23:30.
    expect(cell(5, 23)).toMatchObject({ event_count: 1, order_count: 1, net_revenue_minor: 3000 });
  });

  it("adds up to all events, orders and revenue", async () => {
    const rows = await query("weekday-hour");
    const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
    expect([sum("event_count"), sum("order_count"), sum("net_revenue_minor")]).toEqual([33, 21, 59900]);
  });
});
