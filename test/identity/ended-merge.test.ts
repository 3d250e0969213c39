/** A merge whose process ends at some step, and what the next command makes of it. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { decide } from "../../src/identity/index.ts";
import { buildOwed } from "../../src/ingestion/import.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import { bought, expectVerified, ordersByPerson, say, seen, visitorsByDay } from "./identity-shop.ts";

describe("a merge that ends within", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(async () => await shop?.close());

  it.each([
    "truncate table moved_customers",
    "insert into next_identity_links",
    "insert into moved_customers",
    "exchange tables dim_identity",
    "exchange tables identity_links",
    "create or replace view person_events",
    "alter table fct_sessions",
    "exchange tables fct_orders",
    "exchange tables dim_customer",
    "insert into next_agg_daily",
  ])("at its first %s is finished by the next command", async (ending) => {
    const { warehouse, config } = shop.workspace;
    const context = { warehouse, config, clock: fixedClock() };
    await emptyWarehouse(warehouse);
    const [una, vera] = [{ userId: "una" }, { userId: "vera" }];
    await say(
      shop,
      bought(una, "A1", "2026-03-01T10:00:00Z"),
      bought(vera, "A2", "2026-03-01T10:10:00Z"),
      seen(vera, "2026-03-09T10:10:00Z"),
    );
    let isMerging = false;
    const insertRows = warehouse.insertRows.bind(warehouse);
    const spies = [
      vi.spyOn(warehouse, "insertRows").mockImplementation(async (table, rows) => {
        if (table === "ops_identity_events") isMerging = true;
        await insertRows(table, rows);
      }),
      ...(["command", "onEveryNode"] as const).map((name) => {
        const run = warehouse[name].bind(warehouse);
        return vi.spyOn(warehouse, name).mockImplementation(async (sql, options) => {
          const statement = sql.replace(/--.*\n/g, "").trimStart();
          if (isMerging && statement.startsWith(ending)) throw new Error("the power went");
          return await run(sql, options);
        });
      }),
    ];
    try {
      await expect(decide(context, "merge", { first: "una", second: "vera" }, "ada")).rejects.toThrow("power went");
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    await buildOwed(context, "the next command");
    expect(await ordersByPerson(shop)).toEqual({ una: 2 });
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1, "2026-03-09": 1 });
    await expectVerified(shop);
  });
});
