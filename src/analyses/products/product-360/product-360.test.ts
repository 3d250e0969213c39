import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("product-360", (query) => {
  it("follows a product month by month", async () => {
    const rows = await query("product-360", { product_id: "P3", grain: "month" });
    expect(rows).toEqual([
      // S3; O03 9, O04 20
      row("2025-01-01", { touches: [1, 1, 1, 1, 1], orders: 2, units: 3, net: 2900, refunds: 0, price: 2900 / 3 }),
      // a lamp of O04 and R12 come back
      row("2025-02-01", { touches: [0, 0, 0, 0, 0], orders: 0, units: 0, net: -2000, refunds: 2000, price: null }),
      row("2025-03-01", { touches: [0, 0, 0, 0, 0], orders: 1, units: 3, net: 3000, refunds: 0, price: 1000 }), // O14
      // O23 10, O28 discounted to nothing
      row("2025-04-01", { touches: [0, 0, 0, 0, 0], orders: 2, units: 2, net: 1000, refunds: 0, price: 500 }),
    ]);
  });

  it("takes the product of largest revenue when none is named", async () => {
    const rows = await query("product-360", { grain: "month" });
    expect(rows).toMatchObject([
      { product_id: "P1", product_name: "Kettle", view_count: 3, cart_count: 2, order_count: 2 }, // views S1 S2 S5
      { product_id: "P1", cart_count: 1 }, // the cart of S5 is of 1 February
      { product_id: "P1" },
      { product_id: "P1" },
    ]);
  });

  it("has no rows for a product there is not", async () => {
    expect(await query("product-360", { product_id: "none" })).toEqual([]);
  });
});

interface Sums {
  touches: readonly [views: number, carts: number, viewing: number, carting: number, purchasing: number];
  orders: number;
  units: number;
  net: number;
  refunds: number;
  price: number | null;
}

function row(period_on: string, { touches, orders, units, net, refunds, price }: Sums): object {
  return {
    period_on,
    product_id: "P3",
    product_name: "Lamp",
    view_count: touches[0],
    cart_count: touches[1],
    viewing_session_count: touches[2],
    cart_session_count: touches[3],
    purchasing_session_count: touches[4],
    order_count: orders,
    unit_count: units,
    net_revenue_minor: net,
    refunds_minor: refunds,
    average_unit_price_minor: price === null ? null : expect.closeTo(price, 9),
  };
}
