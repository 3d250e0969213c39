import { expect, it } from "vitest";
import { describeCornerShop } from "../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../test/support/shop.ts";
import { KeptShelf } from "./kept-shelf.ts";
import { trainRecommendations } from "./train.ts";

describeCornerShop("the last run kept for pages", (query, shop) => {
  let now = fixedClock().now();
  const clock = { ...fixedClock(), now: () => now };
  const none = new Set<string>();
  let kept: KeptShelf;
  const shelf = {
    recommend: async (history: readonly string[], leftOut: ReadonlySet<string>, count: number) =>
      (await kept.recommend(history, leftOut, count))?.map(({ product_id }) => product_id) ?? null,
  };
  const train = async (cutoff: string) => {
    const { warehouse } = shop().workspace;
    await trainRecommendations(
      { warehouse, clock: fixedClock(), version: "test", seed: 1, cutoff, onProgress: () => {} },
      30,
    );
  };
  const idsOf = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => row.product_id);

  it("says nothing before the first training, and finds it without being opened anew", async () => {
    kept = new KeptShelf(shop().workspace.warehouse, clock);
    expect(await shelf.recommend(["P1"], none, 10)).toBeNull();
    await train("2025-04-21");
    now += 6000;
    // This page is answered by what was known; the next finds what the check found meanwhile.
    await shelf.recommend([], none, 10);
    await expect.poll(async () => await shelf.recommend([], none, 10), { timeout: 30_000 }).not.toBeNull();
  });

  it("offers beside each product what the analysis offers, in its order, and to a stranger what sells", async () => {
    for (const product_id of ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]) {
      const expected = idsOf(await query("recommendations", { product_id }));
      expect(await shelf.recommend([product_id], new Set([product_id]), 10), product_id).toEqual(expected);
    }
    expect(await shelf.recommend([], none, 10)).toEqual(idsOf(await query("recommendations")));
    expect(await shelf.recommend(["nothing known of it"], none, 10)).toEqual(await shelf.recommend([], none, 10));
  });

  it("knows what sells by name after more products were asked for than are kept", async () => {
    const before = await kept.recommend([], none, 10);
    expect(before?.every(({ product_name }) => product_name !== null)).toBe(true);
    for (const part of [0, 1, 2, 3, 4, 5]) {
      const history = Array.from({ length: 2000 }, (_, at) => `u${part}-${at}`);
      await kept.recommend(history, none, 10);
    }
    expect(await kept.recommend([], none, 10)).toEqual(before);
  });

  it("weighs a history as the analysis does, its last product most, and leaves out what it is told to", async () => {
    const { warehouse } = shop().workspace;
    // C11 saw products and bought none: the history is what they touched, the newest last, ties by key.
    const touched = await warehouse.query(`
      select products.product_id as product_id
      from fct_events as events
      inner join dim_product as products on events.product_key = products.product_key
      inner join dim_customer as customers on events.customer_key = customers.customer_key
      where customers.customer_id = 'C11' and events.product_key != 0
        and events.event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
      group by product_id, products.product_key order by max(events.event_at), products.product_key`);
    const history = touched.map((row) => String(row.product_id));
    expect(history.length).toBeGreaterThan(1);
    const expected = idsOf(await query("recommendations", { customer_id: "C11" }));
    expect(await shelf.recommend(history, none, 10)).toEqual(expected);
    const [first] = expected;
    expect(await shelf.recommend(history, new Set([String(first)]), 10)).toEqual(expected.slice(1));
  });

  it("follows a newer run", async () => {
    const before = await shelf.recommend(["P1"], none, 10);
    await train("2025-01-21");
    expect(await shelf.recommend(["P1"], none, 10)).toEqual(before);
    now += 6000;
    const expected = idsOf(await query("recommendations", { product_id: "P1" }));
    expect(expected).not.toEqual(before?.filter((id) => id !== "P1"));
    await expect
      .poll(async () => await shelf.recommend(["P1"], new Set(["P1"]), 10), { timeout: 30_000 })
      .toEqual(expected);
  });
});
