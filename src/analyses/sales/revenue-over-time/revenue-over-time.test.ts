import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("revenue-over-time", (query) => {
  it("gives each month its orders, refunds on the day of the return", async () => {
    expect(await query("revenue-over-time")).toEqual([
      month("2025-01-01", 5, 17900, 3580, null), // 179 / 5
      month("2025-02-01", 4, 7000, 1750, null), // 90 - 20; 70 / 4
      month("2025-03-01", 6, 22500, 3750, 15800), // 230 - 5; 225 / 6; (179 + 70 + 225) / 3
      month("2025-04-01", 6, 12500, 12500 / 6, 14000), // 145 - 20; (70 + 225 + 125) / 3
    ]);
  });

  it("counts weeks from Monday, weeks without sales included", async () => {
    const rows = await query("revenue-over-time", {
      grain: "week",
      period_start: "2025-01-06",
      period_end: "2025-01-27",
    });
    // O03 9; O04 70; O02 40.
    expect(rows).toMatchObject([
      { period_on: "2025-01-06", order_count: 1, net_revenue_minor: 900 },
      { period_on: "2025-01-13", order_count: 1, net_revenue_minor: 7000 },
      { period_on: "2025-01-20", order_count: 1, net_revenue_minor: 4000, net_revenue_ma3_minor: 11900 / 3 },
    ]);
  });

  it("counts quarters and years of the calendar, and of the fiscal year", async () => {
    const table = async (grain: string): Promise<unknown[][]> =>
      (await query("revenue-over-time", { grain })).map((row) => [
        row.period_on,
        row.order_count,
        row.net_revenue_minor,
      ]);
    const quarters = [
      ["2025-01-01", 15, 47400],
      ["2025-04-01", 6, 12500],
    ];
    expect(await table("quarter")).toEqual(quarters);
    expect(await table("year")).toEqual([["2025-01-01", 21, 59900]]);
    // The fiscal year of the corner shop is the calendar's.
    expect(await table("fiscal_quarter")).toEqual(quarters);
    expect(await table("fiscal_year")).toEqual([["2025-01-01", 21, 59900]]);
  });

  it("aligns the months of an earlier period with the current ones", async () => {
    const rows = await query("revenue-over-time", {
      period_start: "2025-03-01",
      period_end: "2025-04-01",
      compare: "custom",
      compare_start: "2025-01-01",
      compare_end: "2025-02-01",
    });
    expect(rows).toMatchObject([
      { period: "current", period_on: "2025-03-01", aligned_on: "2025-03-01" },
      { period: "previous", period_on: "2025-01-01", aligned_on: "2025-03-01", net_revenue_minor: 17900 },
    ]);
  });
});

describe("revenue-over-time of a fiscal year from March", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ time_zone: "Europe/London", fiscal_year_start: 3 });
    await shop.load([fileURLToPath(new URL("../../../../test/fixtures/corner-shop/orders.csv", import.meta.url))]);
  });
  afterAll(async () => await shop.close());

  it("begins years and quarters in March", async () => {
    const table = async (grain: string): Promise<unknown[][]> =>
      (await shop.query("revenue-over-time", { grain })).map((row) => [row.period_on, row.net_revenue_minor]);
    expect(await table("fiscal_year")).toEqual([
      ["2024-03-01", 24900], // January 179, February 70
      ["2025-03-01", 35000],
    ]);
    expect(await table("fiscal_quarter")).toEqual([
      ["2024-12-01", 24900],
      ["2025-03-01", 35000],
    ]);
  });
});

function month(period_on: string, order_count: number, net: number, aov: number, average: number | null): object {
  return {
    period_on,
    order_count,
    net_revenue_minor: net,
    average_order_value_minor: aov,
    net_revenue_ma3_minor: average,
  };
}
