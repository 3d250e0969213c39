/** Any table as files: one, or one a month in folders such as `month=2019-10/`, as query engines know them. */
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { CartwrightError } from "../errors.ts";
import { patience } from "./engine-config.ts";
import type { Warehouse } from "./warehouse.ts";

export interface ExportRequest {
  /** A table or view of the warehouse, or `events` / `order_lines`: the facts in Cartwright's own form, to be imported again. */
  readonly table: string;
  readonly format: "csv" | "ndjson" | "parquet";
  readonly partitionBy: "month" | "none";
  /** Folder to write into; made when missing. Files of the same name are replaced. */
  readonly out: string;
}

const formats = { csv: "CSVWithNames", ndjson: "JSONEachRow", parquet: "Parquet" } as const;

const instant = (column: string): string =>
  `formatDateTime(${column}, '%Y-%m-%dT%H:%i:%S') || '.' || leftPad(toString(toUnixTimestamp64Milli(${column}) % 1000), 3, '0') || 'Z'`;
const id = (key: string, known: string): string =>
  `multiIf(${key} = 0, '', ${key} < 9223372036854775808, toString(${key}), ${known})`;

/** The facts in the form that imports read; a session's id that is not a number is written as its key. */
const ownForms: Readonly<Record<string, (minorPerMajor: number) => { from: string; day: string; columns: string }>> = {
  events: (minorPerMajor) => ({
    from: `(select * from fct_events where not is_derived) as events
      left any join (select product_key as key, product_id, category, category_id, brand, product_name from dim_product) as products on events.product_key = products.key
      left any join (select customer_key as key, customer_id from dim_customer) as customers on events.customer_key = customers.key
      left any join (select customer_key as key, min(customer_id) as hashed_id from stg_customer_ids group by key) as ids on events.customer_key = ids.key`,
    day: "events.event_on",
    columns: `events.event_id as event_id, ${instant("events.event_at")} as event_at, toString(events.event_type) as event_type,
      ${id("events.customer_key", "if(customers.customer_id != '', customers.customer_id, ids.hashed_id)")} as customer_id,
      ${id("events.product_key", "products.product_id")} as product_id,
      ${id("events.session_key", "toString(events.session_key)")} as session_id,
      toString(events.channel) as channel, toString(toDecimal128(events.price_minor, 3) / ${minorPerMajor}) as price,
      toString(events.quantity) as quantity, events.order_id as order_id, events.properties as properties,
      products.product_name as product_name, toString(products.category) as category, products.category_id as category_id,
      toString(products.brand) as brand`,
  }),
  order_lines: (minorPerMajor) => ({
    from: `fct_order_lines as lines
      left any join (select order_key as key, order_id, status from fct_orders) as orders on lines.order_key = orders.key
      left any join (select product_key as key, product_id, category, category_id, brand, product_name from dim_product) as products on lines.product_key = products.key
      left any join (select customer_key as key, customer_id from dim_customer) as customers on lines.customer_key = customers.key`,
    day: "lines.line_on",
    columns: `orders.order_id as order_id, lines.line_id as line_id, ${instant("lines.line_at")} as ordered_at,
      ${id("lines.customer_key", "customers.customer_id")} as customer_id,
      ${id("lines.product_key", "products.product_id")} as product_id, toString(lines.quantity) as quantity,
      toString(toDecimal128(lines.unit_price_minor, 3) / ${minorPerMajor}) as unit_price,
      toString(toDecimal128(lines.discount_minor, 3) / ${minorPerMajor}) as discount,
      ifNull(toString(toDecimal128(lines.unit_cost_minor, 3) / ${minorPerMajor}), '') as unit_cost,
      orders.status as status, toString(lines.channel) as channel, toString(lines.country) as country,
      products.product_name as product_name, toString(products.category) as category, products.category_id as category_id,
      toString(products.brand) as brand`,
  }),
};

/** Writes the table's files, streaming; returns their paths in order. */
export async function exportTable(
  warehouse: Warehouse,
  request: ExportRequest,
  minorPerMajor = 100,
): Promise<string[]> {
  const { table, format, partitionBy, out } = request;
  const { from, day, columns } = ownForms[table]?.(minorPerMajor) ?? (await plainTable(warehouse, table, format));
  if (partitionBy === "none") {
    return [await writeFile(warehouse, `select ${columns} from ${from}`, {}, format, out, table)];
  }
  if (day === null) throw new CartwrightError("invalid_usage", `${table} has no day to be split into months by`);
  const months = await warehouse.query(
    `select distinct formatDateTime(${day}, '%Y-%m') as month from ${from} order by month`,
  );
  const paths: string[] = [];
  for (const { month } of months) {
    const select = `select ${columns} from ${from} where formatDateTime(${day}, '%Y-%m') = {month:String}`;
    const folder = join(out, `month=${month}`);
    paths.push(await writeFile(warehouse, select, { month }, format, folder, table));
  }
  return paths;
}

const isText = /^(Nullable\(|LowCardinality\()*String\b/;

/** SQL: a text as CSV holds it for a spreadsheet, which takes one that begins like a formula for one; as `csvField` does. */
const defused = (column: string): string =>
  `if(match(${column}, '^[=+@\\t\\r-]') and not match(${column}, '^-?[0-9]+([.][0-9]+)?$'), concat('\\'', ${column}), ${column}) as ${column}`;

async function plainTable(
  warehouse: Warehouse,
  table: string,
  format: ExportRequest["format"],
): Promise<{ from: string; day: string | null; columns: string }> {
  const columns = await warehouse.query(
    "select name, type from system.columns where database = currentDatabase() and table = {table:String} order by position",
    { bindings: { table } },
  );
  if (columns.length === 0) throw new CartwrightError("invalid_usage", `there is no table "${table}"`);
  const day = columns.find((column) => column.type === "Date")?.name;
  return {
    from: table,
    day: day === undefined ? null : String(day),
    columns: columns
      .map(({ name, type }) => (format === "csv" && isText.test(String(type)) ? defused(String(name)) : String(name)))
      .join(", "),
  };
}

async function writeFile(
  warehouse: Warehouse,
  select: string,
  bindings: Readonly<Record<string, unknown>>,
  format: ExportRequest["format"],
  folder: string,
  table: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${table}.${format}`);
  const stream = await warehouse.stream("app", select, formats[format], {
    bindings,
    settings: {
      ...patience,
      output_format_parquet_compression_method: "snappy",
      output_format_json_quote_64bit_integers: 0,
    },
  });
  try {
    await pipeline(stream, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return path;
}
