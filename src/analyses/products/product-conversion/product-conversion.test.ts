import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("product-conversion", (query) => {
  it("ranks products by the lower bound of the share of viewing sessions that buy", async () => {
    const rows = await query("product-conversion", { min_views: 3 });
    expect(rows).toEqual([
      {
        rank: 1,
        product_id: "P2",
        product_name: "Toaster",
        brand: "Acme",
        category: "kitchen.toasters",
        price_minor: 2000,
        view_count: 3, // S6, S8, S10
        cart_count: 2, // S6, S10
        purchase_count: 2, // S10, S14
        viewing_session_count: 3,
        purchasing_session_count: 2,
        conversion_rate: expect.closeTo(2 / 3, 12),
        // z2 / n = 3.8416 / 3; (2/3 + 0.640267 - sqrt(1.280533 (2/9 + 0.320133))) / 2.280533 = (1.306933 - 0.833369) / 2.280533
        conversion_rate_lower: expect.closeTo(0.207655, 5),
        event_conversion_rate: expect.closeTo(2 / 3, 12),
      },
      // Equal, so by product id. z2 / n = 0.9604; (0.5 + 0.4802 - sqrt(0.9604 (0.25 + 0.2401))) / 1.9604
      product(2, "P1", { cart_count: 3, view_count: 4 }), // viewed in S1, S2, S5, S9; bought in S2, S5
      product(3, "P4", { cart_count: 2, view_count: 4 }), // viewed in S4, S8, S11 and by Kim; bought in S4, S8
    ]);
  });

  it("leaves out products with fewer views", async () => {
    expect(await query("product-conversion", { min_views: 4 })).toHaveLength(2);
    expect(await query("product-conversion")).toEqual([]); // 100 views by default
  });

  it("has no rate where a product was bought without a viewing session", async () => {
    const rows = await query("product-conversion", {
      min_views: 0,
      period_start: "2025-03-10",
      period_end: "2025-03-11",
    });
    expect(rows).toMatchObject([
      {
        product_id: "P2",
        view_count: 0,
        purchasing_session_count: 1, // S14
        conversion_rate: null,
        conversion_rate_lower: null,
        event_conversion_rate: null,
      },
    ]);
  });

  it("counts a session on the day it first touched the product, its events on their own", async () => {
    const [january] = await query("product-conversion", {
      min_views: 1,
      period_start: "2025-01-31",
      period_end: "2025-02-01",
    });
    expect(january).toMatchObject({
      view_count: 1,
      purchase_count: 0,
      viewing_session_count: 1,
      purchasing_session_count: 1,
    });
  });

  it("gives the same from the rollup and from the events", async () => {
    // Every event of a product has one of the two channels, so naming both asks for everything, but from the events.
    for (const period of [
      {},
      { period_start: "2025-01-31", period_end: "2025-02-02" },
      { period_start: "2025-02-01" },
    ]) {
      const given = { min_views: 0, limit: 100, ...period };
      expect(await query("product-conversion", { ...given, channel: "web,app" })).toEqual(
        await query("product-conversion", given),
      );
    }
  });

  it("narrows to customers of a country", async () => {
    const rows = await query("product-conversion", { min_views: 1, country: "Germany" });
    // Eve looked at P5, Hal at P4 (and bought it) and P2.
    expect(rows).toMatchObject([
      { product_id: "P4", view_count: 1, purchasing_session_count: 1 },
      { product_id: "P2", view_count: 1, purchasing_session_count: 0, conversion_rate_lower: 0 },
      { product_id: "P5", view_count: 1 },
    ]);
  });
});

function product(rank: number, product_id: string, counts: object): object {
  return expect.objectContaining({
    rank,
    product_id,
    viewing_session_count: 4,
    purchasing_session_count: 2,
    conversion_rate: 0.5,
    conversion_rate_lower: expect.closeTo(0.150036, 5),
    event_conversion_rate: 0.5,
    ...counts,
  });
}
