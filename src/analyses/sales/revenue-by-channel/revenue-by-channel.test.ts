import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("revenue-by-channel", (query) => {
  it("shows orders without a channel as (unknown)", async () => {
    expect(await query("revenue-by-channel")).toEqual([
      { channel: "web", order_count: 15, net_revenue_minor: 51500, revenue_share_rate: 515 / 599 }, // the rest
      // O03 9, O10 20 - 20, O14 30, O18 30, O25 5
      { channel: "app", order_count: 5, net_revenue_minor: 7400, revenue_share_rate: 74 / 599 },
      { channel: "(unknown)", order_count: 1, net_revenue_minor: 1000, revenue_share_rate: 10 / 599 }, // O23
    ]);
  });

  it("has negative shares where a channel takes back more than it sells", async () => {
    const rows = await query("revenue-by-channel", { period_start: "2025-04-12", period_end: "2025-04-20" });
    // web O24 60, O28 0; app O10 -20.
    expect(rows).toEqual([
      { channel: "web", order_count: 2, net_revenue_minor: 6000, revenue_share_rate: 1.5 },
      { channel: "app", order_count: 0, net_revenue_minor: -2000, revenue_share_rate: -0.5 },
    ]);
  });

  it("counts cancelled orders when asked to", async () => {
    const rows = await query("revenue-by-channel", { include_cancelled: true });
    expect(rows).toMatchObject([{ net_revenue_minor: 56500 }, { net_revenue_minor: 12400, order_count: 6 }, {}]); // O26, O06
  });
});
