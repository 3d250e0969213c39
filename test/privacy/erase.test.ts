/** One person of a shop is handed out whole, then erased everywhere, while every number stays. */
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filePlaces, filesWithoutPeople } from "../../src/privacy/files.ts";
import { erasePerson, exportPerson, type PersonDocument } from "../../src/privacy/index.ts";
import { build } from "../../src/warehouse/build.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { readErasures } from "../../src/workspace/erasure-register.ts";
import { tableRows, writeFile } from "../support/ingest.ts";
import { openTestShop } from "../support/shop.ts";
import { eventsFile, type PlantedShop, person, plantShop } from "./planted-shop.ts";
import { numbers, placesIn, placesOf, tablesOf, traces } from "./traces.ts";

let planted: PlantedShop;
beforeAll(async () => {
  planted = await plantShop();
}, 240_000);
afterAll(async () => await planted?.close());

let lastBatch = 0;
const options = () => ({ store: planted.connection, actor: "tester", settle: planted.deliver });

describe("one person", () => {
  let document: PersonDocument;
  let before: unknown;
  let oldKeys: readonly string[] = [];

  it("is handed out from every place that holds something", async () => {
    document = await exportPerson(planted.shop.workspace, planted.connection, { email: person.email.toUpperCase() });
    expect(document.person.ids).toEqual(
      expect.arrayContaining([person.id, `S-${planted.account}`, `V-${person.visitor}`]),
    );
    const rows = Object.fromEntries(Object.entries(document.warehouse).map(([table, some]) => [table, some.length]));
    // Five events of the files, two of the store; the search that names the address is Ben's, and names Ada.
    expect(rows).toMatchObject({
      fct_events: 8,
      stg_customers: 3,
      stg_order_lines: 6,
      stg_reviews: 2,
      stg_exposures: 2,
      ops_rejects: 1,
      ops_segment_events: 1,
      dim_customer: 4,
    });
    expect(document.segments).toEqual(["british"]);
    const store = Object.keys(document.store ?? {});
    expect(store).toEqual(
      expect.arrayContaining(["customers", "addresses", "mails", "carts", "orders", "payments", "reviews", "events"]),
    );
    expect(JSON.stringify(document)).not.toContain("hash");
    expect(Object.keys(document.files).sort()).toEqual(["looks.json", "mail/1.txt"]);
    const other = JSON.stringify(await exportPerson(planted.shop.workspace, planted.connection, { id: "ben" }));
    expect([other.includes("Lovelace"), other.includes("Ben Gurion")]).toEqual([false, true]);
  }, 120_000);

  it("whom nobody knows is an error", async () => {
    await expect(exportPerson(planted.shop.workspace, planted.connection, { id: "nobody-0" })).rejects.toMatchObject({
      code: "person_unknown",
    });
  });

  it("with an order to be sent is not erased, and nothing is changed", async () => {
    const { store, connection, shop, account } = planted;
    const [hat] = await connection.query("select article_id from store.articles where sku = 'hat'");
    const cart = await store.openCart(account, null);
    await store.addToCart(cart, Number(hat?.article_id), 1);
    const placed = await store.processCheckout({
      cartId: cart,
      customerId: account,
      key: "to-be-sent",
      address: { recipient: person.name, street: person.street, city: "Leeds", postal_code: "LS1 1AA", country: "GB" },
    });
    await expect(erasePerson(shop.workspace, { id: person.id }, options())).rejects.toMatchObject({
      code: "person_needed",
    });
    expect(readErasures(shop.folder)).toEqual([]);
    await store.cancelOrder(placed.orderId);
    await planted.deliver();
  }, 120_000);

  it("is erased from every table and file, while every number stays", async () => {
    const { shop } = planted;
    lastBatch = Number((await shop.sql("select max(batch_key) as last from ops_batches"))[0]?.last);
    before = await numbers(planted, lastBatch);
    const there = await placesOf(planted, traces);
    expect(traces.filter((text) => !there.some((place) => place.startsWith(`${text}: `)))).toEqual([]);
    const { warehouse } = shop.workspace;
    const keys = await warehouse.query(
      "select toString(natural_key(id)) as key from (select arrayJoin({ids:Array(String)}) as id)",
      { bindings: { ids: document.person.ids } },
    );
    oldKeys = keys.map(({ key }) => String(key));
    const outcome = await erasePerson(shop.workspace, { id: person.id }, options());
    expect(outcome.counts).toMatchObject({ "store orders": 3, fct_events: 8, ops_rejects: 1, "file mail": 1 });
    expect(await placesOf(planted, traces)).toEqual([]);
    expect(await tablesOf(planted, oldKeys)).toEqual([]);
    expect(await numbers(planted, lastBatch)).toEqual(before);
    expect((await verify(warehouse, shop.workspace.config)).differences).toEqual([]);
  }, 240_000);

  it("stands in the register by when, by whom and how much, and by nothing else", () => {
    const [erasure] = readErasures(planted.shop.folder);
    expect(erasure).toMatchObject({ actor: "tester", state: "done" });
    expect(erasure?.hashes.length).toBe(oldKeys.length);
    expect(Object.keys(erasure ?? {}).sort()).toEqual(
      ["actor", "counts", "erased_at", "hashes", "id", "state", "store_last_id"].sort(),
    );
    const entries = readdirSync(planted.shop.folder);
    const declared = [...Object.keys(filePlaces), ...Object.keys(filesWithoutPeople)].map((path) => path.split("/")[0]);
    // The test's own files beside.
    expect(entries.filter((name) => name !== "files" && !declared.includes(name))).toEqual([]);
  });

  it("does not come back by a full build, another delivery, or a second erasure", async () => {
    const { shop, connection } = planted;
    const { warehouse, config, clock } = shop.workspace;
    const built = ["fct_orders", "dim_customer", "agg_daily", "agg_product_daily"];
    const tables = await tableRows(warehouse, built);
    await shop.workspace.exclusively(() => build(warehouse, { config, clock, touched: null, reason: "full build" }));
    expect(await tableRows(warehouse, built)).toEqual(tables);
    await connection.query("select store.note_everything()");
    await planted.deliver();
    expect(await numbers(planted, lastBatch)).toEqual(before);
    const again = await erasePerson(shop.workspace, { id: person.id }, options());
    expect(again.id).toBe(readErasures(shop.folder)[0]?.id);
    expect(await numbers(planted, lastBatch)).toEqual(before);
    expect(await placesOf(planted, traces)).toEqual([]);
  }, 240_000);

  it("is nobody when something of theirs arrives late or again", async () => {
    const { shop } = planted;
    const late = `event_id,event_at,event_type,customer_id,session_id,product_id,price,quantity,query
${person.id}-m1,2026-01-05T10:00:00Z,search,${person.id},s-ada,,,,${person.words}
${person.id}-m9,2026-03-01T10:00:00Z,purchase,${person.id},s-ada,kettle,20.00,1,
,2026-03-01T10:00:00Z,nonsense,${person.id},s-ada,kettle,20.00,1,
dora-m1,2026-03-01T10:00:00Z,view,dora,s-dora,kettle,20.00,1,mine
`;
    const customers = `customer_id,name,email,registered_on
${person.id},${person.name},${person.email},2026-03-01
dora,Dora Maar,dora@example.com,2026-03-01
`;
    const [events, records] = await shop.load([
      writeFile(shop, "late.csv", late),
      writeFile(shop, "late-customers.csv", customers),
    ]);
    // The first is known by its message although its id is no longer there.
    expect(events).toMatchObject({ read_rows: 4, loaded_rows: 2, duplicate_rows: 1, rejected_rows: 1 });
    expect(records).toMatchObject({ read_rows: 1, loaded_rows: 1, filtered_rows: 1 });
    expect(await placesOf(planted, traces)).toEqual([]);
    expect(await tablesOf(planted, oldKeys)).toEqual([]);
    const rows = await shop.sql(
      "select toString(event_type) as kind, customer_key = 0 as is_nobody, properties from fct_events where event_on = '2026-03-01' order by kind",
    );
    expect(rows.map(({ kind, is_nobody }) => [kind, Number(is_nobody)])).toEqual([
      ["purchase", 1],
      ["view", 0],
    ]);
    expect(rows[1]?.properties).toContain("mine");
    // The file of then, once more under another name; what Ben said of Ada only a person can tell.
    const lines = eventsFile.split("\n").filter((line) => !line.startsWith("ben-m2"));
    const [again] = await shop.load([writeFile(shop, "again.csv", lines.join("\n"))]);
    expect(again).toMatchObject({ loaded_rows: 0, duplicate_rows: 6 });
    expect(await placesOf(planted, traces)).toEqual([]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  }, 240_000);
});

describe("a shop that has events alone", () => {
  it("keeps its orders, sessions and rollups, whatever its orders are made of", async () => {
    const shop = await openTestShop();
    try {
      const file = `event_at,event_type,customer_id,session_id,product_id,price,order_id
2026-01-05T10:00:00Z,view,eva-1,s-1,kettle,20.00,
2026-01-05T10:01:00Z,purchase,eva-1,s-1,kettle,20.00,
2026-01-06T10:00:00Z,purchase,eva-1,,lamp,35.00,
2026-01-06T10:10:00Z,view,eva-1,,lamp,35.00,
2026-02-06T10:00:00Z,purchase,eva-1,s-2,lamp,35.00,E-9
2026-02-07T10:00:00Z,refund,eva-1,s-3,lamp,35.00,E-9
2026-01-05T10:30:00Z,view,fred-1,s-4,kettle,20.00,
2026-01-05T10:31:00Z,purchase,fred-1,s-4,kettle,20.00,
`;
      await shop.load([writeFile(shop, "events.csv", file)]);
      const rollups = async () => ({
        days: await shop.sql("select * from agg_daily order by day_on"),
        products: await shop.sql("select * from agg_product_daily order by day_on, product_key"),
        orders: await shop.sql("select ordered_on, net_minor from fct_orders order by ordered_on, net_minor"),
        sessions: await shop.sql("select started_at, event_types from fct_sessions order by started_at"),
      });
      const before = await rollups();
      await erasePerson(shop.workspace, { id: "eva-1" }, { store: null, actor: "tester" });
      expect(await rollups()).toEqual(before);
      expect(await placesIn(shop.workspace.warehouse, shop.folder, ["eva-1"])).toEqual([]);
      expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    } finally {
      await shop.close();
    }
  }, 120_000);
});
