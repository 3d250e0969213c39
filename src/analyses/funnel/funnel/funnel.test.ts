import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("funnel", (query) => {
  const counts = async (given: object): Promise<unknown[]> =>
    (await query("funnel", { ...given })).map((row) => row.entity_count);

  it("follows sessions in order, ties by row order", async () => {
    expect(await query("funnel")).toEqual([
      // All but S12 (a refund) and S14 (a purchase alone)
      { step: 1, step_name: "view", entity_count: 12, step_rate: 1, overall_rate: 1 },
      // S1, S2, S5, S6, S8, S10, S11; in S3 the cart is an earlier row than the view
      { step: 2, step_name: "cart_add", entity_count: 7, step_rate: 7 / 12, overall_rate: 7 / 12 },
      // S2, S5, S8, S10
      { step: 3, step_name: "purchase", entity_count: 4, step_rate: 4 / 7, overall_rate: 4 / 12 },
    ]);
  });

  it("lets no other step come between when strict", async () => {
    expect(await counts({ order: "strict" })).toEqual([12, 7, 3]); // without S8: a view between cart and purchase
  });

  it("ignores order with all", async () => {
    expect(await counts({ order: "all" })).toEqual([12, 8, 5]); // with S3
  });

  it("counts each step alone with any, and then has no step rate", async () => {
    expect(await query("funnel", { order: "any" })).toMatchObject([
      { entity_count: 12, step_rate: null, overall_rate: 1 },
      { entity_count: 8, step_rate: null, overall_rate: 8 / 12 },
      { entity_count: 7, step_rate: null, overall_rate: 7 / 12 }, // S2, S3, S4, S5, S8, S10, S14
    ]);
  });

  it("counts raw events; more of them may follow than went before", async () => {
    expect(await counts({ basis: "events" })).toEqual([15, 8, 7]);
    const rows = await query("funnel", { basis: "events", steps: "purchase,view" });
    expect(rows).toMatchObject([{ entity_count: 7 }, { entity_count: 15, step_rate: 15 / 7, overall_rate: 15 / 7 }]);
  });

  it("follows customers over all their sessions", async () => {
    // View: all of C01 to C11 but C07. Cart after it: C01, C04, C06, C08, C09, C10. Purchase after that: C01, C04, C08, C10;
    // C06 buys 36 days after the view, outside the window of 30.
    expect(await counts({ basis: "customers" })).toEqual([10, 6, 4]);
    expect(await counts({ basis: "customers", window_hours: 1000 })).toEqual([10, 6, 5]);
  });

  it("gives customers the other orders too", async () => {
    expect(await counts({ basis: "customers", order: "strict" })).toEqual([10, 6, 3]); // without C08
    expect(await counts({ basis: "customers", order: "all" })).toEqual([10, 7, 5]); // with C02
    expect(await counts({ basis: "customers", order: "any" })).toEqual([10, 7, 7]);
  });

  it("has zeros where nobody came", async () => {
    expect(await query("funnel", { period_start: "2024-01-01", period_end: "2024-02-01", basis: "customers" })).toEqual(
      [
        { step: 1, step_name: "view", entity_count: 0, step_rate: null, overall_rate: null },
        { step: 2, step_name: "cart_add", entity_count: 0, step_rate: null, overall_rate: null },
        { step: 3, step_name: "purchase", entity_count: 0, step_rate: null, overall_rate: null },
      ],
    );
    expect(await counts({ period_start: "2024-01-01", period_end: "2024-02-01", basis: "events" })).toEqual([0, 0, 0]);
  });

  it("narrows sessions to those that touched a brand, and customers to that brand's events", async () => {
    // Lumo: S3 and S6; the cart of S6 is of another brand.
    expect(await counts({ brand: "Lumo" })).toEqual([2, 1, 0]);
    expect(await counts({ brand: "Lumo", order: "all", basis: "customers" })).toEqual([2, 1, 1]);
  });
});
