import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decide, listEntries, personGraph, undoEntry } from "../../src/identity/index.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import {
  aliased,
  bought,
  expectVerified,
  file,
  identified,
  ordersByPerson,
  say,
  seen,
  sessions,
  visitors,
  visitorsByDay,
} from "./identity-shop.ts";

let shop: TestShop;
const context = () => ({ warehouse: shop.workspace.warehouse, config: shop.workspace.config, clock: fixedClock() });
const merge = (first: string, second: string) => decide(context(), "merge", { first, second }, "ada");
const separate = (first: string, second: string) => decide(context(), "separate", { first, second }, "ada");

beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(async () => await shop?.close());
beforeEach(async () => await emptyWarehouse(shop.workspace.warehouse));

const [phone, tablet, laptop] = [{ anonymousId: "phone" }, { anonymousId: "tablet" }, { anonymousId: "laptop" }];
const [una, vera] = [{ userId: "una" }, { userId: "vera" }];

describe("a visitor who signs in", () => {
  it("was the same person before: earlier visits follow, and one visit across the sign-in is one session", async () => {
    await say(shop, seen(phone, "2026-03-01T10:00:00Z"), seen(phone, "2026-03-03T10:00:00Z"));
    expect(await visitors(shop)).toBe(1);
    await say(
      shop,
      identified("una", "phone", "2026-03-03T10:05:00Z"),
      seen(una, "2026-03-03T10:10:00Z"),
      bought(una, "A1", "2026-03-03T10:20:00Z"),
    );
    expect(await visitors(shop)).toBe(1);
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1, "2026-03-03": 1 });
    expect(await sessions(shop)).toEqual(["2026-03-01 10:00 una 1", "2026-03-03 10:00 una 3"]);
    expect(await ordersByPerson(shop)).toEqual({ una: 1 });
    await expectVerified(shop);
  });

  it("was somebody else again once the file that told it is undone", async () => {
    await say(shop, seen(phone, "2026-03-01T10:00:00Z"), seen(una, "2026-03-01T10:10:00Z"));
    const [batch = 0] = await say(shop, identified("una", "phone", "2026-03-02T10:00:00Z"));
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1 });
    await undoImport(context(), batch);
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 2 });
    expect(await sessions(shop)).toHaveLength(2);
    await expectVerified(shop);
  });

  it("brings along each of three devices", async () => {
    await say(
      shop,
      ...[phone, tablet, laptop].map((device) => seen(device, "2026-03-01T10:00:00Z")),
      ...["phone", "tablet", "laptop"].map((device) => identified("una", device, "2026-03-02T10:00:00Z")),
    );
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1 });
    expect((await personGraph(shop.workspace.warehouse, "tablet")).person_id).toBe("una");
    expect((await personGraph(shop.workspace.warehouse, "una")).ids.toSorted()).toEqual([
      "laptop",
      "phone",
      "tablet",
      "una",
    ]);
    await expectVerified(shop);
  });
});

describe("a device that several people sign in on", () => {
  beforeEach(async () => {
    await say(
      shop,
      seen(tablet, "2026-03-01T10:00:00Z"),
      seen(una, "2026-03-01T11:00:00Z"),
      identified("una", "tablet", "2026-03-01T11:00:00Z"),
    );
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1 });
    await say(shop, identified("vera", "tablet", "2026-03-02T11:00:00Z"), seen(vera, "2026-03-01T12:00:00Z"));
  });

  it("is shared: it makes no one of them, and what it did without a name is nobody's of theirs", async () => {
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 3 });
    const { person_id, links } = await personGraph(shop.workspace.warehouse, "tablet");
    expect([person_id, links.map((link) => link.is_followed)]).toEqual(["tablet", [false, false]]);
    await expectVerified(shop);
  });

  it("is one person's again when it is separated from the other", async () => {
    await separate("vera", "tablet");
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 2 });
    expect((await personGraph(shop.workspace.warehouse, "tablet")).person_id).toBe("una");
    await expectVerified(shop);
  });

  it("is the one person's that both accounts turn out to be", async () => {
    const { entry } = await merge("una", "vera");
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 1 });
    await undoEntry(context(), entry, "ada");
    expect(await visitorsByDay(shop)).toEqual({ "2026-03-01": 3 });
    await expectVerified(shop);
  });
});

describe("an alias", () => {
  it("gives visits and orders of the previous id to the new one", async () => {
    await say(
      shop,
      seen({ userId: "old" }, "2026-03-01T10:00:00Z"),
      bought({ userId: "old" }, "A1", "2026-03-01T10:01:00Z"),
      bought({ userId: "new" }, "A2", "2026-03-02T10:00:00Z"),
    );
    expect(await ordersByPerson(shop)).toEqual({ old: 1, new: 1 });
    await say(shop, aliased("new", "old", "2026-03-03T10:00:00Z"));
    expect(await ordersByPerson(shop)).toEqual({ new: 2 });
    expect(await visitors(shop)).toBe(1);
    await expectVerified(shop);
  });
});

const people = `customer_id,email,registered_on,country
7, Ada@Example.com,2026-01-01,Spain
guest-1,ada@example.com,,France
guest-2,ada+shop@example.com,,
guest-3,a.da@example.com,,
guest-4,n/a,,
guest-5,n/a,,
`;
const orders = `order_id,ordered_at,customer_id,product_id,quantity,unit_price
A1,2026-03-01T10:00:00Z,7,kettle,1,20.00
A2,2026-03-02T10:00:00Z,guest-1,kettle,1,20.00
A3,2026-03-02T10:00:00Z,guest-2,kettle,1,20.00
A4,2026-03-02T10:00:00Z,guest-3,kettle,1,20.00
A5,2026-03-02T10:00:00Z,guest-4,kettle,1,20.00
A6,2026-03-02T10:00:00Z,guest-5,kettle,1,20.00
`;
const others = { "guest-2": 1, "guest-3": 1, "guest-4": 1, "guest-5": 1 };

describe("a guest with the e-mail address of an account", () => {
  it("is its holder, whatever the case and blanks; tags, dots and words that are no address tie nobody", async () => {
    await file(shop, orders);
    await file(shop, people);
    expect(await ordersByPerson(shop)).toEqual({ "7": 2, ...others });
    const [account] = await shop.sql(
      "select country, customer_emails.email as email from dim_customer join customer_emails using customer_key where customer_id = '7'",
    );
    expect(account).toEqual({ country: "France", email: "ada@example.com" });
    await expectVerified(shop);
  });

  it("is nobody else's when two accounts have the address, and the guests of an address without one are one person", async () => {
    await file(
      shop,
      "customer_id,email,registered_on\n7,a@example.com,2026-01-01\n8,a@example.com,2026-01-02\nguest-1,a@example.com,\n12,b@example.com,\n13,b@example.com,\n",
    );
    await file(shop, orders.replace("guest-2", "12").replace("guest-3", "13").replace("guest-5", "8"));
    expect(await ordersByPerson(shop)).toEqual({ "7": 1, "8": 1, "guest-1": 1, "12": 2, "guest-4": 1 });
    await expectVerified(shop);
  });

  it("is somebody else when separated by hand, and the holder again when that is undone", async () => {
    await file(shop, orders);
    await file(shop, people);
    const { entry } = await separate("7", "guest-1");
    expect(await ordersByPerson(shop)).toEqual({ "7": 1, "guest-1": 1, ...others });
    await undoEntry(context(), entry, "ada");
    expect(await ordersByPerson(shop)).toEqual({ "7": 2, ...others });
    expect((await listEntries(shop.workspace.warehouse)).map((one) => [one.action, one.is_undone])).toEqual([
      ["separate", true],
      ["undo", false],
    ]);
    await expectVerified(shop);
  });
});

describe("a merge by hand", () => {
  it("counts both under the first, with visits between them in one session, until it is undone", async () => {
    await say(
      shop,
      bought(una, "A1", "2026-03-01T10:00:00Z"),
      bought(vera, "A2", "2026-03-01T10:10:00Z"),
      bought(vera, "A3", "2026-03-05T10:10:00Z"),
    );
    const before = await sessions(shop);
    const { entry } = await merge("vera", "una");
    expect(await ordersByPerson(shop)).toEqual({ vera: 3 });
    expect(await sessions(shop)).toEqual(["2026-03-01 10:00 vera 2", "2026-03-05 10:10 vera 1"]);
    await expectVerified(shop);
    await undoEntry(context(), entry, "ada");
    expect(await ordersByPerson(shop)).toEqual({ una: 1, vera: 2 });
    expect(await sessions(shop)).toEqual(before);
    await expectVerified(shop);
  });

  it("names whom nobody knows, and one customer twice, as mistakes", async () => {
    await say(shop, seen(una, "2026-03-01T10:00:00Z"));
    await expect(merge("una", "nobody")).rejects.toMatchObject({ code: "person_unknown" });
    await expect(merge("una", "una")).rejects.toMatchObject({ code: "invalid_parameter" });
    await expect(undoEntry(context(), 5, "ada")).rejects.toMatchObject({ code: "identity_entry_unknown" });
  });
});

describe("a shop whose ids are tied to nothing", () => {
  it("reads its events as they are, with no look at who is who", async () => {
    await say(shop, seen(una, "2026-03-01T10:00:00Z"));
    const textOf = async () =>
      String((await shop.sql("select as_select from system.tables where name = 'person_events'"))[0]?.as_select);
    expect(await textOf()).not.toContain("dim_identity");
    await say(shop, identified("una", "phone", "2026-03-02T10:00:00Z"));
    expect(await textOf()).not.toContain("dim_identity");
    await say(shop, seen(phone, "2026-03-01T09:00:00Z"));
    expect(await textOf()).toContain("dim_identity");
    expect(await visitors(shop)).toBe(1);
    await expectVerified(shop);
  });
});
