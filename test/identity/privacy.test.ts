import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decide } from "../../src/identity/index.ts";
import { erasePerson, exportPerson } from "../../src/privacy/index.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import {
  bought,
  expectVerified,
  file,
  identified,
  say,
  seen,
  sessions,
  visitors,
  visitorsByDay,
} from "./identity-shop.ts";

let shop: TestShop;
// A shop for each: whoever was erased in one stays unknown there.
beforeEach(async () => {
  shop = await openTestShop();
  await fill();
});
afterEach(async () => await shop?.close());

const asNumbers = async () => {
  const orders = await shop.sql(
    "select arraySort(groupArray(order_id)) as order_ids from fct_orders group by customer_key order by order_ids",
  );
  return {
    byDay: await visitorsByDay(shop),
    visitors: await visitors(shop),
    sessions: (await sessions(shop)).length,
    orders: orders.map((row) => row.order_ids),
  };
};

/** Una with a phone, a guest order under her address and a second account; a tablet that she shares with vera. */
async function fill(): Promise<void> {
  const [una, vera, wanda, guest] = ["una", "vera", "wanda", "guest"].map((userId) => ({ userId }));
  const [phone, tablet] = [{ anonymousId: "phone" }, { anonymousId: "tablet" }];
  await say(
    shop,
    seen(phone, "2026-03-01T10:00:00Z"),
    identified("una", "phone", "2026-03-01T10:05:00Z", { email: "una@example.com" }),
    bought(una ?? {}, "A1", "2026-03-01T10:10:00Z"),
    bought(guest ?? {}, "A2", "2026-03-02T10:00:00Z"),
    bought(wanda ?? {}, "A3", "2026-03-03T10:00:00Z"),
    seen(tablet, "2026-03-04T10:00:00Z"),
    identified("una", "tablet", "2026-03-04T10:05:00Z"),
    identified("vera", "tablet", "2026-03-04T10:06:00Z"),
    bought(vera ?? {}, "A4", "2026-03-04T10:10:00Z"),
  );
  await file(shop, "customer_id,email,registered_on\nguest,UNA@example.com,\nvera,vera@example.com,2026-01-01\n");
  const { warehouse, config } = shop.workspace;
  const context = { warehouse, config, clock: fixedClock() };
  await decide(context, "merge", { first: "una", second: "wanda", note: "una called" }, "ada");
}

describe("a person of several ids", () => {
  it("is handed out whole, by any of the ids, without those who share a device", async () => {
    for (const id of ["phone", "guest", "wanda", "una"]) {
      const { person, warehouse } = await exportPerson(shop.workspace, null, { id });
      expect(person.ids, id).toEqual(["guest", "phone", "una", "wanda"]);
      expect(warehouse.fct_events, id).toHaveLength(4);
      expect(warehouse.ops_identity_events, id).toHaveLength(1);
    }
  });

  it("is erased whole, and counts stay as they were", async () => {
    const before = await asNumbers();
    expect(before.orders).toEqual([["A1", "A2", "A3"], ["A4"]]);
    expect(before.visitors).toBe(3);
    const keys =
      "select arrayJoin([natural_key('una'), natural_key('phone'), natural_key('guest'), natural_key('wanda')])";
    await erasePerson(shop.workspace, { id: "guest" }, { store: null, actor: "ada" });
    expect(await asNumbers()).toEqual(before);
    for (const [table, columns] of [
      ["fct_events", ["customer_key"]],
      ["stg_customers", ["customer_key"]],
      ["dim_customer", ["customer_key"]],
      ["ops_identity_events", ["first_key", "second_key"]],
      ["identity_links", ["from_key", "to_key"]],
      ["dim_identity", ["customer_key", "person_key"]],
    ] as const)
      for (const column of columns)
        expect(await shop.sql(`select * from ${table} where ${column} in (${keys})`), table).toEqual([]);
    await expectVerified(shop);
  });

  it("who was separated by hand from another of the same address is erased without the other", async () => {
    const { warehouse, config } = shop.workspace;
    await decide({ warehouse, config, clock: fixedClock() }, "separate", { first: "una", second: "guest" }, "ada");
    const before = await asNumbers();
    await erasePerson(shop.workspace, { id: "una" }, { store: null, actor: "ada" });
    expect(await asNumbers()).toEqual(before);
    expect((await exportPerson(shop.workspace, null, { id: "guest" })).person.ids).toEqual(["guest"]);
    await expect(exportPerson(shop.workspace, null, { id: "phone" })).rejects.toMatchObject({ code: "person_unknown" });
    await expectVerified(shop);
  });
});
