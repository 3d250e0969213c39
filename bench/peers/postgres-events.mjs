/** REES46-shaped events in PostgreSQL, in the layout that is asked for. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import copyFrom from "pg-copy-streams";

const columns = `event_time timestamptz, event_type text, product_id bigint, category_id bigint, category_code text, brand text,
  price numeric(12,2), user_id bigint, user_session uuid`;
const months = ["2019-10", "2019-11", "2019-12", "2020-01"];
const indexes = ["event_time", "user_id", "product_id", "user_session", "event_type, event_time"];

/**
 * Loads a file into the table `events`: divided by month, with B-tree indexes, and with materialized views of it by name, or without.
 *
 * @param {import("pg").Client} client @param {string} file
 * @param {{ isParted: boolean, isIndexed: boolean, views: Readonly<Record<string, string>> }} layout
 */
export async function loadEvents(client, file, { isParted, isIndexed, views }) {
  await client.query(`create table events (${columns}) ${isParted ? "partition by range (event_time)" : ""}`);
  for (const [place, to] of isParted ? months.slice(1).entries() : [])
    await client.query(
      `create table events_${place} partition of events for values from ('${months[place]}-01 00:00+00') to ('${to}-01 00:00+00')`,
    );
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    client.query(copyFrom.from("copy events from stdin with (format csv, header true)")),
  );
  for (const key of isIndexed ? indexes : []) await client.query(`create index on events (${key})`);
  await client.query("analyze events");
  for (const [name, sql] of Object.entries(views)) await client.query(`create materialized view ${name} as ${sql}`);
}
