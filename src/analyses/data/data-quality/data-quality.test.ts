import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("data-quality", (query) => {
  const ofTable = async (table: string): Promise<ReadonlyMap<unknown, object>> =>
    new Map((await query("data-quality", { table })).map((row) => [row.column_name, row]));

  it("describes numbers by quantiles, mean and deviation, leaving out what is missing", async () => {
    const columns = await ofTable("dim_customer");
    // Ages 20, 30, 40, 50, 60 of 12 customers; deviation sqrt((400 + 100 + 0 + 100 + 400) / 4)
    expect(columns.get("age")).toEqual({
      column_name: "age",
      data_type: "Nullable(UInt8)",
      row_count: 12,
      missing_rate: 7 / 12,
      distinct_count: 5,
      minimum: 20,
      p25: 30,
      median: 40,
      p75: 50,
      maximum: 60,
      mean: 40,
      standard_deviation: expect.closeTo(Math.sqrt(250), 9),
      earliest: null,
      latest: null,
    });
  });

  it("counts empty texts and unknown keys as missing", async () => {
    const customers = await ofTable("dim_customer");
    expect(customers.get("email")).toMatchObject({ missing_rate: 1, distinct_count: 0 });
    expect(customers.get("name")).toMatchObject({ missing_rate: 0, distinct_count: 12, mean: null });
    const orders = await ofTable("fct_orders");
    // 26 orders and returns: O13 and O19 have no customer, O23 no channel.
    expect(orders.get("customer_key")).toMatchObject({ row_count: 26, missing_rate: 2 / 26, distinct_count: 11 });
    expect(orders.get("channel")).toMatchObject({ missing_rate: 1 / 26, distinct_count: 2 });
  });

  it("gives the span of days and instants", async () => {
    const customers = await ofTable("dim_customer");
    expect(customers.get("registered_on")).toMatchObject({
      missing_rate: 1 / 12,
      earliest: "2025-01-02",
      latest: "2025-04-01",
      minimum: null,
    });
  });

  it("does not take false, zero or the first kind of event for missing", async () => {
    const events = await ofTable("fct_events");
    expect(events.get("is_bot")).toMatchObject({ missing_rate: 0 });
    expect(events.get("event_type")).toMatchObject({ missing_rate: 0, distinct_count: 6 });
    expect(events.get("price_minor")).toMatchObject({ missing_rate: 0, minimum: 0, maximum: 5000, median: 3000 });
  });

  it("describes an empty table and columns without any value", async () => {
    expect((await ofTable("fct_payments")).get("amount_minor")).toMatchObject({
      row_count: 0,
      missing_rate: null,
      distinct_count: 0,
      minimum: null,
      standard_deviation: null,
    });
    expect((await ofTable("dim_product")).get("stock_quantity")).toMatchObject({ missing_rate: 1, median: null });
  });
});
