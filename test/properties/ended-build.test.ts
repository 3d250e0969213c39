/** A build that ends in the middle, and what the next one makes of it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

describe("a build of added orders that ends within", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(async () => await shop.close());

  const load = async (name: string, ...lines: readonly string[]): Promise<void> => {
    const path = join(shop.folder, name);
    writeFileSync(path, `${lines.join("\n")}\n`);
    await shop.load([path]);
  };
  const lineHeader = "order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price";
  const salesByDay = async () =>
    (
      await shop.sql("select toString(day_on) as day, gross_minor from agg_daily where gross_minor > 0 order by day")
    ).map(({ day, gross_minor }) => [day, Number(gross_minor)]);

  it.each([
    "exchange tables fct_order_lines",
    "exchange tables fct_orders",
    "exchange tables dim_customer",
    "insert into next_agg_daily",
  ])("at its first %s is made up for by the next, whatever that one adds", async (ending) => {
    const { warehouse, config } = shop.workspace;
    await emptyWarehouse(warehouse);
    await load(
      "events.csv",
      "event_at,event_type,customer_id,product_id,price",
      "2026-03-01T10:00:00Z,view,ada,kettle,20",
    );
    // Lines without a time of their own stand on the day of their order.
    const itemHeader = "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value";
    await load("items.csv", itemHeader, "o1,1,kettle,s,2026-03-09 00:00:00,20.00,0.00");
    const header = "order_id,customer_id,order_status,order_purchase_timestamp";
    await load("headers.csv", header, "o1,ada,delivered,2026-03-01 10:00:00");
    await load("lines.csv", lineHeader, "o2,1,2026-03-05T10:00:00Z,ben,kettle,1,5.00");
    expect(await salesByDay()).toEqual([
      ["2026-03-01", 2000],
      ["2026-03-05", 500],
    ]);

    const command = warehouse.command.bind(warehouse);
    const spy = vi.spyOn(warehouse, "command").mockImplementation(async (sql, options) => {
      if (
        sql
          .replace(/--.*\n/g, "")
          .trimStart()
          .startsWith(ending)
      )
        throw new Error("the power went");
      return await command(sql, options);
    });
    // The order turns out to be of another day and another customer; what it was is known until it is replaced.
    await expect(load("corrected.csv", header, "o1,eve,delivered,2026-03-03 10:00:00")).rejects.toThrow("power went");
    spy.mockRestore();
    await load("more.csv", lineHeader, "o3,1,2026-03-06T10:00:00Z,cas,kettle,1,7.00");
    expect(await salesByDay()).toEqual([
      ["2026-03-03", 2000],
      ["2026-03-05", 500],
      ["2026-03-06", 700],
    ]);
    expect((await verify(warehouse, config)).differences).toEqual([]);
  });
});
