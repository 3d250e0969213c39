import { afterAll, beforeAll, expect, it } from "vitest";
import { writeFile } from "../../../../test/support/ingest.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "GBP", time_zone: "Europe/London" });
  const lines = [
    "order_id,ordered_at,quantity,unit_price,tax,shipping,status,channel",
    "A,2025-01-05 10:00,2,10.00,4.00,3.50,paid,web",
    "A,2025-02-05 10:00,-1,10.00,,,paid,web", // comes back in February
    "B,2025-01-20 10:00,1,30.00,6.00,,paid,app",
    "C,2025-01-21 10:00,1,99.00,19.80,9.00,cancelled,web",
    "D,2025-02-10 10:00,1,5.00,1.00,2.00,paid,web",
  ];
  await shop.load([writeFile(shop, "orders.csv", `${lines.join("\n")}\n`)]);
});
afterAll(async () => await shop.close());

it("keeps goods, tax and shipping apart, with refunds on the day of the return", async () => {
  expect(await shop.query("order-charges")).toEqual([
    row("2025-01-01", 2, [5000, 0], 1000, 350, 1),
    row("2025-02-01", 1, [500, 1000], 100, 200, 1),
  ]);
});

it("takes refunds off the day of the order when asked to", async () => {
  expect(await shop.query("order-charges", { refund_date: "order" })).toEqual([
    row("2025-01-01", 2, [5000, 1000], 1000, 350, 1),
    row("2025-02-01", 1, [500, 0], 100, 200, 1),
  ]);
});

it("narrows all three to a channel", async () => {
  const [row] = await shop.query("order-charges", { channel: "app", period_end: "2025-02-01" });
  expect(row).toMatchObject({ order_count: 1, net_revenue_minor: 3000, tax_minor: 600, shipping_minor: 0 });
});

function row(
  period_on: string,
  order_count: number,
  [gross, refunds]: readonly [number, number],
  tax_minor: number,
  shipping_minor: number,
  shipping_order_count: number,
): object {
  return {
    period_on,
    order_count,
    gross_revenue_minor: gross,
    refunds_minor: refunds,
    net_revenue_minor: gross - refunds,
    tax_minor,
    shipping_minor,
    shipping_order_count,
    mean_shipping_minor: shipping_minor / order_count,
  };
}
