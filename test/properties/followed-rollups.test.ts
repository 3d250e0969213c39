/** Rollups of days that follow by what batches add, instead of being counted anew. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seeded } from "../../bench/support/random.mjs";
import { findBatch, writeBatches } from "../../src/ingestion/batches.ts";
import { buildOwed, undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

const { below, pick } = seeded(20261130);
const start = Date.UTC(2026, 2, 1, 20);
const header = "event_id,event_at,event_type,customer_id,session_id,product_id,price,order_id,user_agent,is_test";

/**
 * An event of somebody known by name or number, of a session alone, or of nobody, within four days from `day` on; now and then a robot's,
 * or said to be a test. What is bought or given back may name an order, which several people and days can have in common.
 */
function eventOf(id: string, day: number, days: number): string {
  const at = new Date(start + day * 86_400_000 + below(days * 86_400) * 1000).toISOString();
  const customer = pick(["", `name ${below(40)}`, String(below(40) + 1), String(2 ** 32 - 20 + below(40))]);
  const session = pick(["", "", `s${below(60)}`]);
  const type = pick(["view", "view", "cart_add", "purchase", "purchase", "refund", "page"]);
  const order = type === "purchase" || type === "refund" ? pick(["", `o${below(40)}`]) : "";
  const mark = pick([...Array.from({ length: 20 }, () => ","), "Googlebot/2.1,", ",true"]);
  return `${id},${at},${type},${customer},${session},${pick(["", "p1", "p2", "p3", "p4"])},10,${order},${mark}`;
}

describe("rollups of a shop to which a little is added again and again", () => {
  let shop: TestShop;
  const context = () => ({
    warehouse: shop.workspace.warehouse,
    config: shop.workspace.config,
    clock: fixedClock(),
  });
  const isRight = async (): Promise<void> =>
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  const lastKey = async (): Promise<number> =>
    Number((await shop.sql("select max(batch_key) as last_key from ops_batches"))[0]?.last_key);
  /** Whether the build of what is loaded notes what its sources contributed, as only one that follows does. */
  const follows = async (...lines: readonly string[]): Promise<boolean> => {
    const spy = vi.spyOn(shop.workspace.warehouse, "command");
    const name = `file-${below(2 ** 40)}.csv`;
    await shop.load([writeFile(shop, name, `${header}\n${lines.join("\n")}\n`)]);
    const isSeen = spy.mock.calls.some(([, options]) => options?.bindings?.target === "product_changes");
    spy.mockRestore();
    return isSeen;
  };

  beforeAll(async () => {
    shop = await openTestShop({
      time_zone: "America/New_York",
      traffic: { max_events_per_minute: 2, max_events_per_day: 9, staff_ids: [], staff_emails: [] },
    });
    const history = Array.from({ length: 1500 }, (_, index) => eventOf(`h${index}`, 0, 4));
    expect(await follows(...history)).toBe(false);
  });
  afterAll(async () => await shop.close());

  it("are those of a full build after each of 12 batches: late ones, on new days, of nobody, of the same people and of new ones", async () => {
    for (let round = 0; round < 12; round += 1) {
      const [day, days] = pick([
        [0, 4],
        [3, 1],
        [1, 1],
        [4, 2],
      ] as const);
      const lines = Array.from({ length: below(30) + 1 }, (_, index) => eventOf(`r${round}-${index}`, day, days));
      expect(await follows(...lines), `round ${round}`).toBe(true);
      await isRight();
    }
  });

  it("know who goes with a session or an order that is another's now, and who makes too much with what comes", async () => {
    const at = (hour: number, minute: number): string => new Date(start + (hour * 60 + minute) * 60_000).toISOString();
    const line = (id: string, time: string, type: string, customer: string, session: string, order = ""): string =>
      `${id},${time},${type},${customer},${session},p1,10,${order},,`;
    const known = async (): Promise<readonly unknown[]> =>
      (await shop.sql("select customer_id from dim_customer where customer_id like 'only %' order by customer_id")).map(
        ({ customer_id }) => customer_id,
      );
    const many = Array.from({ length: 9 }, (_, index) => line(`many-${index}`, at(1, 5 * index), "view", "only e", ""));
    const first = [
      ...many,
      line("a", at(3, 10), "view", "only a", "led by another"),
      line("d", at(5, 0), "view", "only d", "gives back"),
      line("c", at(5, 20), "refund", "only c", "gives back", "given back"),
    ];
    expect(await follows(...first)).toBe(true);
    expect(await known()).toEqual(["only a", "only c", "only d", "only e"]);
    const later = [
      line("b", at(3, 0), "view", "only b", "led by another"),
      line("d2", at(5, 10), "refund", "only d", "gives back", "given back"),
      line("many-9", at(2, 0), "view", "only e", ""),
    ];
    expect(await follows(...later)).toBe(true);
    expect(await known()).toEqual(["only b", "only d", "only e"]);
    const flagged = await shop.sql(
      "select reason from agg_flagged_daily where customer_key = (select customer_key from dim_customer where customer_id = 'only e')",
    );
    expect(flagged).toEqual([{ reason: "rate" }]);
    await isRight();
  });

  it("count an event once where a build was done and its batch was not yet said to be built", async () => {
    expect(await follows(eventOf("once", 2, 1))).toBe(true);
    const { warehouse } = shop.workspace;
    await writeBatches(warehouse, [{ ...(await findBatch(warehouse, await lastKey())), is_built: false }]);
    await buildOwed(context(), "test");
    await isRight();
  });

  it("follow again after a batch was taken back, whose days were counted anew", async () => {
    expect(await follows(eventOf("undone", 1, 1), eventOf("undone too", 4, 1))).toBe(true);
    await undoImport(context(), await lastKey());
    await isRight();
    expect(await follows(eventOf("after", 1, 1))).toBe(true);
    await isRight();
  });
});
