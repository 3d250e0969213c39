/** What is collected is held against the tracking plan: hand-computed messages, brute force, repetitions, undone batches, crashes, erasure. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { groupsIn, packGroup } from "../../src/collect/groups.ts";
import { Collector, collectOnce } from "../../src/collect/index.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { erasePerson } from "../../src/privacy/index.ts";
import { createRandom } from "../../src/stats/random.ts";
import { readPlan, SeenShapes } from "../../src/tracking/index.ts";
import { installDoor, order, view } from "../support/collect.ts";

const doorNow = installDoor();
const planPath = (): string => join(doorNow().shop.folder, "tracking-plan.json");

const plan = {
  events: {
    "Product Viewed": {
      properties: {
        product_id: { type: "string", pattern: "^[a-z]+$" },
        price: { type: "number", minimum: 0 },
        colour: { type: "string", enum: ["red", "blue"] },
      },
      required: ["product_id", "price"],
      additionalProperties: false,
    },
    "Order Completed": {
      properties: {
        order_id: { type: "string" },
        products: {
          type: "array",
          items: { type: "object", properties: { price: { type: "number" } }, required: ["product_id"] },
        },
      },
      required: ["order_id"],
    },
    "Old Event": { expected: false },
  },
};

function setPlan(given: object): void {
  writeFileSync(planPath(), JSON.stringify(given));
  doorNow().collector.plan.follow();
}
afterEach(() => {
  rmSync(planPath(), { force: true });
  doorNow().collector.plan.follow();
});

/** `event violation property: messages of messages`, sorted. */
async function told(): Promise<readonly string[]> {
  const rows = await doorNow().shop.query("tracking-plan-violations");
  return rows
    .map(
      (row) =>
        `${row.event_name} ${row.violation} ${row.property_name ?? "-"}: ${row.violation_count} of ${row.message_count}`,
    )
    .sort();
}
const viewed = (id: string, properties: object, further: object = {}) => view(id, { properties, ...further });
const fine = { product_id: "kettle", price: 20 };

describe("messages are held against the plan as they come", () => {
  it("counts each violation once a message, and refuses none of them", async () => {
    setPlan(plan);
    await doorNow().load();
    const answer = await doorNow().send(
      viewed("a", { ...fine, colour: "red" }),
      viewed("b", { product_id: "kettle" }), // lacks price
      viewed("c", { product_id: "", price: null }), // lacks both: empty and null say nothing
      viewed("d", { product_id: "kettle", price: "20" }), // a text
      viewed("e", { ...fine, colour: "green", size: 3 }), // not allowed, not planned
      viewed("f", { product_id: "kettle7", price: 0 }), // not the pattern
      order("g", "O-1"),
      { ...order("h", "O-2"), properties: { products: [{ price: "1" }, { price: "2", product_id: "cup" }] } },
      { ...view("i"), event: "Old Event" },
      { ...view("j"), event: "Newsletter Joined" },
      { type: "page", messageId: "k", userId: "ada", name: "Home", timestamp: "2026-01-01T10:00:00Z" },
    );
    expect([answer.accepted, answer.rejected]).toEqual([11, 0]);
    await doorNow().load();
    expect(await told()).toEqual([
      "Newsletter Joined unplanned_event -: 1 of 1",
      "Old Event unplanned_event -: 1 of 1",
      "Order Completed missing_property order_id: 1 of 2",
      "Order Completed missing_property products[].product_id: 1 of 2",
      "Order Completed wrong_type products[].price: 1 of 2",
      "Product Viewed missing_property price: 2 of 6",
      "Product Viewed missing_property product_id: 1 of 6",
      "Product Viewed unplanned_property size: 1 of 6",
      "Product Viewed value_not_allowed colour: 1 of 6",
      "Product Viewed value_not_allowed product_id: 1 of 6",
      "Product Viewed wrong_type price: 1 of 6",
    ]);
  });

  it("counts what brute force over the messages counts, whatever comes", async () => {
    setPlan(plan);
    const door = doorNow();
    await door.load();
    const random = createRandom(95);
    const some = { product_id: ["kettle", "CUP", 7, "", undefined], price: [1, -1, "2", null, undefined, true] };
    const messages = Array.from({ length: 600 }, (_, index) =>
      viewed(`r-${index}`, {
        product_id: some.product_id[random.integer(0, 4)],
        price: some.price[random.integer(0, 5)],
        ...(random.chance(0.3) ? { colour: random.pick(["red", "green", 3]) } : {}),
        ...(random.chance(0.2) ? { [random.pick(["size", "weight"])]: 1 } : {}),
      }),
    );
    // Written anew without the plan's own code: what each property of each message is.
    const expected = new Map<string, number>();
    const count = (violation: string): void => void expected.set(violation, (expected.get(violation) ?? 0) + 1);
    for (const { properties } of messages as { properties: Record<string, unknown> }[]) {
      const { product_id, price, colour, ...others } = properties;
      if (product_id === undefined || product_id === "") count("missing_property product_id");
      if (product_id === 7) count("wrong_type product_id");
      if (product_id === "CUP") count("value_not_allowed product_id");
      if (price === undefined || price === null) count("missing_property price");
      if (price === "2" || price === true) count("wrong_type price");
      if (price === -1) count("value_not_allowed price");
      if (colour === "green") count("value_not_allowed colour");
      if (colour === 3) count("wrong_type colour");
      for (const name of Object.keys(others)) count(`unplanned_property ${name}`);
    }
    const answer = await door.send(...messages);
    const refused = answer.events.flatMap(({ verdict }, index) => (verdict === "accepted" ? [] : [messages[index]]));
    expect(refused).toEqual([]);
    await door.load();
    expect(await told()).toEqual(
      [...expected].map(([violation, times]) => `Product Viewed ${violation}: ${times} of 600`).sort(),
    );
  });

  it("goes by the plan of the moment, and keeps to the last one that was right", async () => {
    const door = doorNow();
    await door.load();
    await door.send(viewed("a", { product_id: "kettle" }));
    setPlan(plan);
    await door.send(viewed("b", { product_id: "kettle" }));
    writeFileSync(planPath(), '{ "events": {\n "Product Viewed": { "requird": [] } } }');
    door.collector.plan.follow();
    expect(String(door.collector.plan.problem)).toContain('line 2: unknown entry "events.Product Viewed.requird"');
    await door.send(viewed("c", { product_id: "kettle" }));
    setPlan({ events: { "Product Viewed": {} } });
    await door.send(viewed("d", { product_id: "kettle" }));
    await door.load();
    expect(await told()).toEqual(["Product Viewed missing_property price: 2 of 4"]);
  });
});

describe("a violation counts with its event, exactly once", () => {
  const bad = (id: string) => viewed(id, { product_id: "kettle" });

  it("when it is sent again, in a request and after the load", async () => {
    setPlan(plan);
    const door = doorNow();
    await door.load();
    await door.send(bad("a"), bad("a"));
    await door.load();
    await door.send(bad("a"), bad("b"));
    await door.load();
    expect(await told()).toEqual(["Product Viewed missing_property price: 2 of 2"]);
  });

  it("goes with its batch when that is undone", async () => {
    setPlan(plan);
    const door = doorNow();
    const { warehouse, config, clock } = door.shop.workspace;
    await door.load();
    await door.send(bad("a"));
    await door.load();
    await door.send(bad("b"));
    await door.load();
    const [{ key } = {}] = await door.shop.sql("select max(batch_key) as key from ops_batches");
    await undoImport({ warehouse, config, clock }, Number(key));
    expect(await told()).toEqual(["Product Viewed missing_property price: 1 of 1"]);
  });

  it("when the process ends between the acknowledgement and the load, or between the load and the removal of the file", async () => {
    setPlan(plan);
    const door = doorNow();
    await door.load();
    await door.send(bad("k-1"), bad("k-2"));
    // The next process finds the file as the dead one left it, and a copy of it after it was loaded.
    await door.collector.journals.events.seal();
    const [path = ""] = door.collector.journals.events.sealed();
    const bytes = readFileSync(path);
    door.collector.journals.events.remove(path);
    writeFileSync(path, bytes);
    const next = new Collector(door.shop.workspace);
    await collectOnce(door.shop.workspace, next);
    expect(existsSync(path)).toBe(false);
    expect(await told()).toEqual(["Product Viewed missing_property price: 2 of 2"]);
    writeFileSync(path, bytes);
    const third = new Collector(door.shop.workspace);
    await collectOnce(door.shop.workspace, third);
    expect(existsSync(path)).toBe(false);
    expect(await told()).toEqual(["Product Viewed missing_property price: 2 of 2"]);
    await next.close();
    await third.close();
  });
});

it("forgets what was said of an erased person's messages, and where others' name them", async () => {
  setPlan(plan);
  const door = doorNow();
  await door.load();
  await door.send(
    viewed("a", { ...fine, size: 1 }, { userId: "eva-17" }),
    viewed("b", { ...fine, "gift for eva-17": 1 }, { userId: "ben-1" }),
    viewed("c", { ...fine, size: 1 }, { userId: "ben-1" }),
  );
  await door.load();
  expect(await told()).toEqual([
    "Product Viewed unplanned_property gift for eva-17: 1 of 3",
    "Product Viewed unplanned_property size: 2 of 3",
  ]);
  await erasePerson(door.shop.workspace, { id: "eva-17" }, { store: null, actor: "tester" });
  expect(await told()).toEqual(["Product Viewed unplanned_property size: 1 of 1"]);
  // What comes later of the same person is counted, and nothing is said of it.
  await door.send(viewed("d", { ...fine, size: 1 }, { userId: "eva-17" }));
  await door.load();
  expect(await told()).toEqual(["Product Viewed unplanned_property size: 1 of 1"]);
  expect(await door.shop.sql("select count() as n from fct_events")).toEqual([{ n: "4" }]);
});

it("loads what a version from before there were notes has left on disk", async () => {
  const door = doorNow();
  await door.load();
  await door.send(viewed("a", { ...fine, text: "tab \t, line \n, quote ü" }), order("b", "O-1"));
  await door.collector.journals.events.seal();
  const [path = ""] = door.collector.journals.events.sealed();
  const first = await groupsIn([readFileSync(path)]).next();
  const old = (first.done ? "" : first.value.rows.toString("utf8")).split(/(?<=\n)/).map((row) => {
    const cells = row.split("\t");
    return [...cells.slice(0, -2), ...cells.slice(-1)].join("\t");
  });
  writeFileSync(path, packGroup(old, []));
  await door.load();
  expect(await door.shop.sql("select event_id, toString(plan_note) as note from fct_events order by event_id")).toEqual(
    [
      { event_id: "a", note: "" },
      { event_id: "b", note: "" },
      { event_id: "b#2", note: "" },
    ],
  );
  expect(
    await door.shop.sql("select JSONExtractString(properties, 'text') as text from fct_events where event_id = 'a'"),
  ).toEqual([{ text: "tab \t, line \n, quote ü" }]);
  expect(await door.shop.sql("select count() as n from ops_rejects")).toEqual([{ n: "0" }]);
});

it("keeps no value, and no name that may say who somebody is", async () => {
  setPlan(plan);
  const door = doorNow();
  await door.load();
  await door.send(viewed("a", { ...fine, "ada@example.com": 1, "0123456789": 1, colour: "secret-value" }), {
    ...view("b"),
    event: "Mail to ada@example.com",
  });
  await door.load();
  expect(await told()).toEqual([
    "(a name that is not kept) unplanned_event -: 1 of 1",
    "Product Viewed unplanned_property (a name that is not kept): 1 of 1",
    "Product Viewed value_not_allowed colour: 1 of 1",
  ]);
});

it("drafts a plan that everything seen fits, without a value of it", () => {
  const seen = new SeenShapes();
  const messages = [view("a"), view("b", { properties: { product_id: "cup", price: 3.5 } }), order("c", "O-1")];
  for (const message of messages) seen.note(message);
  const draft = readPlan(JSON.stringify(seen.draft()), "the draft");
  expect(draft.events["Product Viewed"]).toMatchObject({
    description: "2 messages seen",
    required: ["price", "product_id"],
    additionalProperties: false,
    // 20 and 3.5: the wider of the two.
    properties: { price: { type: "number" }, colour: { type: "string", description: "in 50 % of messages" } },
  });
  expect(draft.events["Order Completed"]?.properties?.products).toMatchObject({
    type: "array",
    items: {
      type: "object",
      required: ["price", "product_id", "quantity"],
      properties: { variant: { description: "in 50 % of messages" }, price: { type: "number" } },
    },
  });
  expect(JSON.stringify(draft)).not.toMatch(/kettle|kitchen|O-1|blue/);
});
