/** What identity tests share: messages in Segment's form, and what the warehouse then counts. */
import { expect } from "vitest";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import type { TestShop } from "../support/shop.ts";

type Said = Readonly<Record<string, unknown>>;
let messageCount = 0;

const message = (type: string, at: string, rest: Said): Said => {
  messageCount += 1;
  return { messageId: `m${messageCount}`, type, timestamp: at, ...rest };
};

/** A page seen by a device, or by a user. */
export const seen = (by: Said, at: string): Said => message("page", at, { ...by, name: "Home", properties: {} });
export const identified = (userId: string, anonymousId: string, at: string, traits: Said = {}): Said =>
  message("identify", at, { userId, anonymousId, traits });
export const aliased = (userId: string, previousId: string, at: string): Said =>
  message("alias", at, { userId, previousId });
export const bought = (by: Said, orderId: string, at: string, price = 20): Said =>
  message("track", at, {
    ...by,
    event: "Order Completed",
    properties: { order_id: orderId, products: [{ product_id: "kettle", price, quantity: 1 }] },
  });

let fileCount = 0;

/** Loads messages as one file. @returns numbers of its batches, events and customers alike */
export async function say(shop: TestShop, ...messages: readonly Said[]): Promise<readonly number[]> {
  fileCount += 1;
  const path = writeFile(shop, `said-${fileCount}.jsonl`, messages.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const before = await lastBatch(shop);
  await shop.load([path]);
  return Array.from({ length: (await lastBatch(shop)) - before }, (_, place) => before + place + 1);
}

/** Loads a file of Cartwright's own form. */
export async function file(shop: TestShop, text: string): Promise<readonly number[]> {
  fileCount += 1;
  const before = await lastBatch(shop);
  await shop.load([writeFile(shop, `file-${fileCount}.csv`, text)]);
  return Array.from({ length: (await lastBatch(shop)) - before }, (_, place) => before + place + 1);
}

const lastBatch = async ({ workspace }: TestShop): Promise<number> =>
  Number((await workspace.warehouse.queryOne("select max(batch_key) as last from ops_batches")).last);

/** Visitors of each day with any, from the rollup. */
export const visitorsByDay = async ({ sql }: TestShop): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (await sql("select day_on, visitor_count from agg_daily where visitor_count > 0 order by day_on")).map((row) => [
      String(row.day_on),
      Number(row.visitor_count),
    ]),
  );

/** Visitors over all days, from the sets that merge. */
export const visitors = async ({ sql }: TestShop): Promise<number> =>
  Number(
    (
      await sql(
        "select groupBitmapMerge(visitors) + uniqExactArray(further_visitors) as visitor_count from agg_visitor_daily",
      )
    )[0]?.visitor_count,
  );

/** Orders by the id of the person who placed them. */
export async function ordersByPerson({ sql }: TestShop): Promise<Readonly<Record<string, number>>> {
  const rows = await sql(`
    select people.customer_id as person_id, count() as order_count
    from fct_orders as orders left any join dim_customer as people on orders.customer_key = people.customer_key
    group by person_id order by person_id`);
  return Object.fromEntries(rows.map((row) => [String(row.person_id), Number(row.order_count)]));
}

/** Sessions in order of time: whose, and how many events. */
export async function sessions({ sql }: TestShop): Promise<readonly string[]> {
  const rows = await sql(`
    select people.customer_id as person_id, toString(started_at) as started_at, event_count
    from fct_sessions as sessions left any join dim_customer as people on sessions.customer_key = people.customer_key
    order by started_at, person_id`);
  return rows.map((row) => `${String(row.started_at).slice(0, 16)} ${row.person_id} ${row.event_count}`);
}

/** Everything built equals what is built anew from the landed rows. */
export async function expectVerified({ workspace }: TestShop): Promise<void> {
  expect((await verify(workspace.warehouse, workspace.config)).differences).toEqual([]);
}
