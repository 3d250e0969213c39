/** The numbers of a shop, and where a text stands in it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { warehousePlaces } from "../../src/privacy/warehouse-places.ts";
import type { StoreConnection } from "../../src/store/connection.ts";
import type { Warehouse } from "../../src/warehouse/warehouse.ts";
import type { Workspace } from "../../src/workspace.ts";
import { person } from "./planted-shop.ts";

export interface Opened {
  readonly workspace: Workspace;
  readonly connection: StoreConnection;
}

/** Numbers that must not move: by day, by month and country, and how many people there are. */
export async function numbers({ workspace, connection }: Opened, lastBatch: number): Promise<unknown> {
  const sql = (text: string) => workspace.warehouse.query(text);
  return {
    days: await sql("select * from agg_daily order by day_on"),
    products: await sql("select * from agg_product_daily order by day_on, product_key"),
    countries: await sql(
      "select toStartOfMonth(ordered_on) as month, country, count() as orders, uniqExact(customer_key) as people, sum(net_minor) as net from fct_orders group by month, country order by month, country",
    ),
    people: await sql(
      "select country, registered_on, count() as people from dim_customer group by country, registered_on order by country, registered_on",
    ),
    exposures: await sql(
      "select experiment_id, variant, uniqExact(customer_key) as people from stg_exposures group by experiment_id, variant order by experiment_id, variant",
    ),
    stars: await sql(
      "select review_id, any(product_key) as product, argMax(rating, (batch_key, source_row)) as stars from stg_reviews group by review_id order by review_id",
    ),
    offers: await sql(
      "select JSONExtractString(properties, 'place') as place, JSONExtractString(properties, 'source') as source, count() as n from fct_events where event_type = 'click' group by place, source",
    ),
    batches: await sql(
      `select batch_key, read_rows, loaded_rows, duplicate_rows, rejected_rows from ops_batches final where state = 'loaded' and batch_key <= ${lastBatch} order by batch_key`,
    ),
    store: await connection.query(
      "select count(*) as orders, sum(total_minor) as total, count(distinct customer_id) as people from store.orders",
    ),
  };
}

/** Where texts still stand, as `text: place`: every table of both databases, every file of the workspace beside them. */
export async function placesOf({ workspace, connection }: Opened, texts: readonly string[]): Promise<string[]> {
  const found = await placesIn(workspace.warehouse, workspace.folders.root, texts);
  const ofStore = await connection.query(
    "select relname from pg_class where relnamespace = 'store'::regnamespace and relkind in ('r', 'p', 'm')",
  );
  for (const { relname } of ofStore) {
    const rows = await connection.query(`select lower(rows::text) as row from store.${relname} as rows`);
    for (const text of texts)
      if (rows.some(({ row }) => String(row).includes(text.toLowerCase()))) found.push(`${text}: store.${relname}`);
  }
  return found;
}

/** The same in a shop without a store. */
export async function placesIn(warehouse: Warehouse, root: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const note = (place: string, isThere: (text: string, position: number) => boolean): void => {
    for (const [position, text] of texts.entries()) if (isThere(text, position)) found.push(`${text}: ${place}`);
  };
  const tables = await warehouse.query(
    "select name from system.tables where database = currentDatabase() and engine like '%MergeTree'",
  );
  for (const name of tables.map((row) => String(row.name))) {
    // A set of keys has no text; the keys themselves are looked for by tablesOf.
    const columns = name.endsWith("agg_visitor_daily") ? "* except visitors" : "*";
    const counts = texts.map(
      (_, position) => `countIf(positionCaseInsensitiveUTF8(row, {texts:Array(String)}[${position + 1}]) > 0)`,
    );
    const there = await warehouse.queryOne(
      `select [${counts.join(", ")}] as n from (select toString(tuple(${columns})) as row from ${name})`,
      { bindings: { texts } },
    );
    note(name, (_, position) => Number((there.n as readonly unknown[])[position]) > 0);
  }
  const isElsewhere = (path: string): boolean => /^(warehouse|store\/data|files|backups)(\/|$)/.test(path);
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const inside = path.slice(root.length + 1);
    if (!entry.isFile() || isElsewhere(inside)) continue;
    const content = readFileSync(path, "latin1").toLowerCase();
    note(inside, (text) => content.includes(text.toLowerCase()));
  }
  return found;
}

/** Tables that still have one of some customers' keys. */
export async function tablesOf({ workspace }: Opened, keys: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [table, { keys: columns }] of Object.entries(warehousePlaces)) {
    const where = [
      ...columns.map((column) => `${column} in {keys:Array(UInt64)}`),
      ...(table.endsWith("agg_visitor_daily")
        ? ["hasAny(arrayConcat(bitmapToArray(visitors), further_visitors), {keys:Array(UInt64)})"]
        : []),
    ].join(" or ");
    const [row] = await workspace.warehouse.query(`select count() as n from ${table} where ${where}`, {
      bindings: { keys: keys.map(BigInt) },
    });
    if (Number(row?.n) > 0) found.push(table);
  }
  return found;
}

/** What only the person has left. */
export const traces: readonly string[] = [
  person.id,
  person.alias,
  person.email,
  person.name,
  person.street,
  person.visitor,
  person.words,
  "PARCEL-ADA-9",
  "visit-ada-1",
  "Enchantress",
];
