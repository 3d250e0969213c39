/** Amounts in other currencies than the shop's, in pounds. Every figure is worked out by hand beside it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "GBP", time_zone: "UTC" });
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

const load = async (name: string, ...lines: readonly string[]) =>
  await shop.load([writeFile(shop, name, `${lines.join("\n")}\n`)]);
const undo = async (key: number) =>
  await undoImport({ warehouse: shop.workspace.warehouse, config: shop.workspace.config, clock: fixedClock() }, key);
const rates = async (...lines: readonly string[]) => await load("rates.csv", "currency,date,rate", ...lines);
const header = "order_id,ordered_at,line_id,product_id,quantity,unit_price,discount,tax,shipping,currency";
/** What an order came to, in pence: gross, refunded, tax, shipping. */
const orders = async () =>
  Object.fromEntries(
    (
      await shop.sql(
        `select order_id, original_currency, [gross_minor, refunded_minor, tax_minor, shipping_minor]::Array(String) as amounts
         from fct_orders order by order_id`,
      )
    ).map(({ order_id, original_currency, amounts }) => [
      String(order_id),
      [original_currency, ...(amounts as string[]).map(Number)],
    ]),
  );
const rejects = async () =>
  await shop.sql(
    "select toUInt32(line) as line, column_name, value, reason from ops_rejects order by line, source_row",
  );

describe("orders in other currencies", () => {
  it("are converted at the rate of the order's day, rounded half to even, with the decimals of either side", async () => {
    await rates("USD,2024-01-05,0.785", "USD,2024-02-01,0.8", "JPY,2024-01-05,0.0054", "KWD,2024-01-05,2.555");
    await load(
      "orders.csv",
      header,
      "A1,2024-01-05,1,mug,1,12.50,,1.00,3.00,usd", // 981.25; tax 78.5 to the even 78; shipping 235.5 to the even 236
      "A1,2024-02-01,2,mug,-1,12.50,,,,USD", // given back at the order's rate, though a dollar is worth more by then
      "A2,2024-01-06,1,mug,2,1000,,,,JPY", // Saturday has Friday's: 2000 x 0.0054 = 10.80
      "A3,2024-01-12,1,mug,1,1.234,,,,KWD", // seven days on: 1.234 x 2.555 = 3.15287
      "A4,2024-01-13,1,mug,1,1.234,,,,KWD", // eight days on there is no rate: it waits
      "A5,2024-01-05,1,mug,1,10.00,,0.50,,",
      "A6,2024-01-05,1,mug,1,90000000000.00,,,,USD", // 70,650,000,000.00
      "A7,2024-01-05,1,mug,1,10.00,,,,USD", // 7.85 and 5.00
      "A7,2024-01-05,2,pen,1,5.00,,,,GBP",
      "A8,2024-01-05,1,pen,3,9.99,1.50,,,USD", // 29.97 - 1.50 = 28.47 x 0.785 = 22.34895
    );
    expect(await orders()).toEqual({
      A1: ["USD", 981, 981, 78, 236],
      A2: ["JPY", 1080, 0, 0, 0],
      A3: ["KWD", 315, 0, 0, 0],
      A5: ["", 1000, 0, 50, 0],
      A6: ["USD", 7_065_000_000_000, 0, 0, 0],
      A7: ["mixed", 1285, 0, 0, 0],
      A8: ["USD", 2235, 0, 0, 0],
    });
    expect(
      await shop.sql(
        "select order_id, toString(original_gross_minor) as gross, toString(original_refunded_minor) as refunded from fct_orders where order_id in ('A1', 'A2', 'A3', 'A5', 'A7') order by order_id",
      ),
    ).toEqual([
      { order_id: "A1", gross: "1250", refunded: "1250" },
      { order_id: "A2", gross: "2000", refunded: "0" },
      { order_id: "A3", gross: "1234", refunded: "0" },
      { order_id: "A5", gross: null, refunded: null },
      { order_id: "A7", gross: null, refunded: null },
    ]);
  });

  it("wait for a rate, come in with it, follow a corrected one and go again with it", async () => {
    await load("orders.csv", header, "B1,2024-03-01,1,mug,2,10.00,,,,USD", "B2,2024-03-01,1,mug,1,7.00,,,,GBP");
    expect(Object.keys(await orders())).toEqual(["B2"]);
    const [first] = await rates("USD,2024-03-01,0.79");
    expect((await orders()).B1).toEqual(["USD", 1580, 0, 0, 0]);
    const [corrected] = await load("corrected.csv", "currency,date,rate", "USD,2024-03-01,0.80");
    expect((await orders()).B1).toEqual(["USD", 1600, 0, 0, 0]);
    await undo(corrected?.batch_key ?? 0);
    expect((await orders()).B1).toEqual(["USD", 1580, 0, 0, 0]);
    await undo(first?.batch_key ?? 0);
    expect(Object.keys(await orders())).toEqual(["B2"]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });

  it("of several currencies wait for all of them", async () => {
    await rates("USD,2024-03-01,0.8");
    await load("orders.csv", header, "C1,2024-03-01,1,mug,1,10.00,,,,USD", "C1,2024-03-01,2,pen,1,10.00,,,,EUR");
    expect(await orders()).toEqual({});
    await load("more.csv", "currency,date,rate", "EUR,2024-02-28,0.85");
    expect((await orders()).C1).toEqual(["mixed", 1650, 0, 0, 0]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });
});

describe("rates of the European Central Bank", () => {
  it("make cross rates of two quotes to the euro, exactly, and are read as they are published", async () => {
    const [batch] = await load(
      "eurofxref-hist.csv",
      "Date,USD,JPY,BGN,GBP,ISK,",
      "2024-01-05,1.0921,158.37,1.9558,0.86105,N/A,",
      "2024-01-04,1.0953,158.12,1.9558,0.86278,150.3,",
    );
    expect([batch?.preset, batch?.loaded_rows, batch?.rejected_rows]).toEqual(["ecb-rates", 9, 0]);
    await load(
      "orders.csv",
      header,
      "E1,2024-01-05,1,mug,1,100.00,,,,USD", // 86.105 / 1.0921 = 78.84351...
      "E2,2024-01-05,1,mug,1,10.00,,,,EUR", // 8.6105
      "E3,2024-01-05,1,mug,1,1000,,,,ISK", // Thursday's: 862.78 / 150.3 = 5.74038...
      "E4,2024-01-05,1,mug,1,15837,,,,JPY", // 100 euros: 86.105, half a penny to the even 86.10
    );
    expect(await orders()).toEqual({
      E1: ["USD", 7884, 0, 0, 0],
      E2: ["EUR", 861, 0, 0, 0],
      E3: ["ISK", 574, 0, 0, 0],
      E4: ["JPY", 8610, 0, 0, 0],
    });
  });

  it("of one day are read with its date in words", async () => {
    await load("eurofxref.csv", "Date, USD, JPY, GBP, ", "05 January 2024, 1.0921, 158.37, 0.86105, ");
    await load("orders.csv", header, "E1,2024-01-05,1,mug,1,100.00,,,,USD");
    expect((await orders()).E1).toEqual(["USD", 7884, 0, 0, 0]);
  });
});

describe("a file of rates", () => {
  it("is refused row by row with the reason", async () => {
    const [batch] = await rates(
      "USD,2024-01-05,0",
      "USD,2024-01-06,-0.8",
      "USD,2024-01-07,cheap",
      "XYZ,2024-01-05,0.5",
      "EUR,2024-01-05,0.85",
      "EUR,2024-01-05,0.86",
      "EUR,2024-02-30,0.85",
      "CHF,2024-01-05,1,092",
      'CHF,2024-01-05,"1,092"',
      "JPY,2024-01-05,0.0054",
      "JPY,2024-01-05,0.0054",
      "CAD,2024-01-05,1000000.01",
      "CAD,2024-01-06,0.1234567890123",
      ",2024-01-06,0.5",
    );
    expect([batch?.loaded_rows, batch?.rejected_rows]).toEqual([1, 12]);
    const notOnly = (rate: string, other: string) => ({
      column_name: "rate",
      value: rate,
      reason: `is not the only rate of EUR on 2024-01-05: ${other} is another in this file, so neither counts`,
    });
    expect(await rejects()).toEqual([
      { line: 2, column_name: "rate", value: "0", reason: "must be above 0" },
      { line: 3, column_name: "rate", value: "-0.8", reason: "must be above 0" },
      { line: 4, column_name: "rate", value: "cheap", reason: expect.stringContaining("is not a rate") },
      { line: 5, column_name: "currency", value: "XYZ", reason: expect.stringContaining("no code of a currency") },
      { line: 6, ...notOnly("0.85", "0.86") },
      { line: 7, ...notOnly("0.86", "0.85") },
      { line: 8, column_name: "date", value: "2024-02-30", reason: "has day 30, and the month has 29" },
      { line: 9, column_name: "", value: "", reason: "has 4 columns, and the header has 3" },
      { line: 10, column_name: "rate", value: "1,092", reason: expect.stringContaining("is not a rate") },
      { line: 13, column_name: "rate", value: "1000000.01", reason: "is larger than 1,000,000" },
      { line: 14, column_name: "rate", value: "0.1234567890123", reason: "has more than 12 digits behind the point" },
      { line: 15, column_name: "currency", value: "", reason: "is empty" },
    ]);
    expect(await shop.sql("select distinct currency from day_rates")).toEqual([{ currency: "JPY" }]);
  });

  it("counts once when it is imported again", async () => {
    await rates("USD,2024-01-05,0.785");
    const [again] = await rates("USD,2024-01-05,0.785");
    expect(again?.state).toBe("duplicate");
  });
});

it("counts pounds told as an unknown currency never", async () => {
  const [batch] = await load("orders.csv", header, "Z1,2024-01-05,1,mug,1,10.00,,,,ZZZ");
  expect([batch?.loaded_rows, batch?.rejected_rows]).toEqual([0, 1]);
  expect(await orders()).toEqual({});
});
