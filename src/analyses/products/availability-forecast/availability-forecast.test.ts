import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

// On 11 January, over 4 days (7 to 10 January), horizon 4 days.
// Gone-like "wave": 1 5 1 1, mean 2, variance 4: over 4 days mean 8, standard deviation 4. Stock 12 is k = 1 above:
//   1 - Phi(1) = 0.158655, loss 4 x (0.241971 - 0.158655) = 0.333262 units at 3.00. Out after 6 days: 17 January.
// "tight": 4 on each of four days: mean 4, variance 4 (Poisson): mean 16, deviation 4. Stock 16 is k = 0: 0.5, loss 4 x 0.398942 =
//   1.595769 units at 1.00. Out after 4 days: 15 January.
const products = `product_id,name,category,brand,price,stock_quantity
wave,Wave,a,X,3.00,12
tight,Tight,b,X,1.00,16
out,Out,b,X,1.00,0
idle,Idle,b,X,1.00,5
`;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  const lines = ["order_id,line_id,ordered_at,status,customer_id,product_id,quantity,unit_price"];
  const sell = (product: string, day: number, quantity: number, price: string): void => {
    lines.push(
      `${lines.length},1,2025-01-${String(day).padStart(2, "0")}T12:00:00Z,completed,ada,${product},${quantity},${price}`,
    );
  };
  for (const [index, quantity] of [1, 5, 1, 1].entries()) sell("wave", 7 + index, quantity, "3.00");
  for (const day of [7, 8, 9, 10]) sell("tight", day, 4, "1.00");
  sell("out", 8, 3, "1.00");
  const paths = [join(shop.folder, "products.csv"), join(shop.folder, "orders.csv")] as const;
  writeFileSync(paths[0], products);
  writeFileSync(paths[1], `${lines.join("\n")}\n`);
  await shop.load(paths);
});
afterAll(async () => await shop.close());

describe("availability-forecast", () => {
  it("weighs what would be missing by how likely it is, with the unit normal loss of printed tables", async () => {
    const rows = await shop.query("availability-forecast", { as_of: "2025-01-11", days: 4, horizon_days: 4 });
    expect(rows).toEqual([
      {
        product_id: "tight",
        product_name: "Tight",
        category: "b",
        stock_quantity: 16,
        expected_unit_count: 16,
        expected_out_on: "2025-01-15",
        stockout_rate: 0.5,
        missing_unit_count: expect.closeTo(1.595769, 5),
        revenue_at_risk_minor: expect.closeTo(159.5769, 3),
      },
      {
        product_id: "wave",
        product_name: "Wave",
        category: "a",
        stock_quantity: 12,
        expected_unit_count: 8,
        expected_out_on: "2025-01-17",
        stockout_rate: expect.closeTo(0.158655, 6),
        missing_unit_count: expect.closeTo(0.333262, 5),
        revenue_at_risk_minor: expect.closeTo(99.9787, 2),
      },
    ]);
  });

  it("finds running out likelier the longer it looks ahead", async () => {
    const rates = [];
    for (const horizon_days of [1, 3, 5, 10, 60]) {
      const rows = await shop.query("availability-forecast", { as_of: "2025-01-11", days: 4, horizon_days });
      rates.push(Number(rows.find(({ product_id }) => product_id === "wave")?.stockout_rate));
    }
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(rates.at(-1)).toBeGreaterThan(0.999);
  });
});
