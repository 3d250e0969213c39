import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("cart-abandonment", (query) => {
  it("shares sessions that left the product out of those that took it", async () => {
    expect(await query("cart-abandonment", { min_carts: 2 })).toEqual([
      // S6 and S10 took a toaster, S6 left it; S10 and S14 bought one. Equal to P4, so by product id.
      row("P2", "Toaster", "Acme", "kitchen.toasters", 2000, { carts: 2, purchases: 2, abandoned: 1 }, 0),
      // S8 and S11 took a rug, S11 left it; S4 and S8 bought one.
      row("P4", "Rug", null, "home.rugs", 5000, { carts: 2, purchases: 2, abandoned: 1 }, 0),
      // S1, S2 and S5 took a kettle, S1 left it; S2 and S5 bought one.
      row("P1", "Kettle", "Acme", "kitchen.kettles", 3000, { carts: 3, purchases: 2, abandoned: 1 }, 1 / 3),
    ]);
  });

  it("takes products with few cart additions only when asked to", async () => {
    expect(await query("cart-abandonment")).toEqual([]); // ten by default
    const rows = await query("cart-abandonment", { min_carts: 1, sort: "cart_session_count", limit: 4 });
    expect(rows.map((one) => one.product_id)).toEqual(["P1", "P2", "P4", "P3"]); // 3, 2, 2, 1
  });

  it("has no rate where the session that took it began before the period", async () => {
    const rows = await query("cart-abandonment", {
      min_carts: 1,
      period_start: "2025-02-01",
      period_end: "2025-02-02",
    });
    // S5 touched the kettle on 31 January; its cart addition is of 1 February.
    expect(rows).toMatchObject([{ product_id: "P1", cart_count: 1, cart_session_count: 0, abandonment_rate: null }]);
  });

  it("gives the same from the rollup and from the events", async () => {
    const given = { min_carts: 1 };
    expect(await query("cart-abandonment", { ...given, channel: "web,app" })).toEqual(
      await query("cart-abandonment", given),
    );
  });
});

function row(
  product_id: string,
  product_name: string,
  brand: string | null,
  category: string,
  price_minor: number,
  counts: { carts: number; purchases: number; abandoned: number },
  event_abandonment_rate: number,
): object {
  return {
    product_id,
    product_name,
    brand,
    category,
    price_minor,
    cart_count: counts.carts,
    purchase_count: counts.purchases,
    cart_session_count: counts.carts,
    abandoned_session_count: counts.abandoned,
    abandonment_rate: counts.abandoned / counts.carts,
    event_abandonment_rate,
  };
}
