/** What tests of traffic share: messages of visitors, and who is flagged. */
import type { TestShop } from "../support/shop.ts";

type Said = Readonly<Record<string, unknown>>;

export const googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";

let messageCount = 0;

/** A message of a user in Segment's form. */
export function message(userId: string, at: string, further: Said = {}): Said {
  messageCount += 1;
  const timestamp = `2026-03-${at}Z`;
  return { messageId: `t${messageCount}`, type: "page", userId, name: "Home", properties: {}, timestamp, ...further };
}

export const messages = (userId: string, times: readonly string[], further: Said = {}): readonly Said[] =>
  times.map((at) => message(userId, at, further));

export const ordered = (userId: string, orderId: string, at: string, price: number): Said =>
  message(userId, at, {
    type: "track",
    event: "Order Completed",
    properties: { order_id: orderId, products: [{ product_id: "kettle", price, quantity: 1 }] },
  });

export const lines = (said: readonly Said[]): string => said.map((one) => `${JSON.stringify(one)}\n`).join("");

/** Flagged visitors by day: "2026-03-01 ada rate". */
export async function flagged({ sql }: TestShop): Promise<readonly string[]> {
  const rows = await sql(`
    select concat(toString(day_on), ' ', customer_id, ' ', toString(reason)) as words
    from agg_flagged_daily left any join dim_customer using customer_key order by words`);
  return rows.map((row) => String(row.words));
}

export async function staff({ sql }: TestShop): Promise<readonly string[]> {
  const rows = await sql("select customer_id from dim_staff left any join dim_customer using customer_key order by 1");
  return rows.map((row) => String(row.customer_id));
}
