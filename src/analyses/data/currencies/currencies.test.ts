import { afterAll, beforeAll, expect, it } from "vitest";
import { writeFile } from "../../../../test/support/ingest.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "GBP", time_zone: "Europe/London" });
});
afterAll(async () => await shop.close());
const load = async (name: string, ...lines: readonly string[]) =>
  await shop.load([writeFile(shop, name, `${lines.join("\n")}\n`)]);

it("has no row in a shop of one currency", async () => {
  expect(await shop.query("currencies")).toEqual([]);
});

it("sets what was told beside what it counts as, and names what waits", async () => {
  await load("rates.csv", "currency,date,rate", "USD,2025-01-01,0.80", "USD,2025-02-03,0.75");
  await load(
    "orders.csv",
    "order_id,ordered_at,quantity,unit_price,currency,status",
    "A,2025-01-02 12:00,1,10.00,USD,paid", // 8.00
    "B,2025-02-03 12:00,3,10.00,USD,paid", // 22.50
    "B,2025-02-09 12:00,-1,10.00,USD,paid", // 7.50
    "C,2025-02-03 12:00,1,99.00,USD,cancelled",
    "D,2025-03-01 12:00,1,5.00,USD,paid", // waits
    "E,2025-01-02 12:00,2,1500,JPY,paid", // waits
    "F,2025-01-02 12:00,1,1.00,GBP,paid",
  );
  await load(
    "payments.csv",
    "order_id,payment_number,method,amount,currency",
    "A,1,card,10.00,USD",
    "E,1,card,3000,JPY",
  );
  await load("spend.csv", "spent_on,channel,spend,currency", "2025-01-02,search,7.00,CHF");
  await load(
    "events.csv",
    "event_at,event_type,customer_id,product_id,price,currency",
    "2025-01-02T12:00:00Z,view,1,mug,10.00,USD", // has its rate
    "2025-04-01T12:00:00Z,view,1,mug,10.00,USD",
  );
  const nothing = {
    order_count: 0,
    original_gross_minor: 0,
    original_refunded_minor: 0,
    gross_revenue_minor: 0,
    refunds_minor: 0,
    lowest_rate: null,
    highest_rate: null,
    newest_rate_on: null,
    waiting_order_count: 0,
    waiting_gross_minor: 0,
    waiting_event_count: 0,
    waiting_payment_count: 0,
    waiting_spend_count: 0,
    first_waiting_on: null,
    last_waiting_on: null,
  };
  expect(await shop.query("currencies")).toEqual([
    { ...nothing, currency: "CHF", waiting_spend_count: 1 },
    {
      ...nothing,
      currency: "JPY",
      waiting_order_count: 1,
      waiting_gross_minor: 3000,
      waiting_payment_count: 1,
      first_waiting_on: "2025-01-02",
      last_waiting_on: "2025-01-02",
    },
    {
      ...nothing,
      currency: "USD",
      order_count: 2,
      original_gross_minor: 4000,
      original_refunded_minor: 1000,
      gross_revenue_minor: 3050,
      refunds_minor: 750,
      lowest_rate: 0.75,
      highest_rate: 0.8,
      newest_rate_on: "2025-02-03",
      waiting_order_count: 1,
      waiting_gross_minor: 500,
      waiting_event_count: 1,
      first_waiting_on: "2025-03-01",
      last_waiting_on: "2025-04-01",
    },
  ]);
  expect(await shop.sql("select order_id, toString(amount_minor) as amount from fct_payments")).toEqual([
    { order_id: "A", amount: "800" },
  ]);
});
