import type { DemoShop } from "./shop.ts";
import type { DemoCustomer, DemoEvent, DemoOrder, DemoOrderLine, DemoProduct, DemoReview } from "./types.ts";

type Cell = string | number | boolean | null;

/** A table in the shop's own documented CSV form: UTF-8, comma, header row, RFC 4180 quoting, empty for null. */
interface Table<Row> {
  readonly columns: readonly string[];
  readonly cells: (row: Row) => readonly Cell[];
  readonly rows: (shop: DemoShop) => Iterable<Row>;
}

const CHUNK_CHARACTERS = 1 << 18;

/** Hundredths as a decimal number: -1234 is `-12.34`. Integer arithmetic only. */
export function decimal(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const price = (minor: number | null) => (minor === null ? null : decimal(minor));

/** An instant as `2025-11-01T08:15:00.000Z`. */
const iso = (instant: number) => new Date(instant).toISOString();

function quote(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const words = (text: string) => text.split(",");

interface OrderRow {
  readonly order: DemoOrder;
  readonly line: DemoOrderLine;
  readonly isFirst: boolean;
}

function* orderRows(shop: DemoShop): Generator<OrderRow> {
  for (const order of shop.orders) {
    for (const line of order.lines) yield { order, line, isFirst: line === order.lines[0] };
  }
}

const customers: Table<DemoCustomer> = {
  columns: words("customer_id,name,email,registered_on,country,city,postal_code,gender,age,segment,is_active"),
  cells: (row) => [
    row.customer_id,
    row.name,
    row.email,
    row.registered_on,
    row.country,
    row.city,
    row.postal_code,
    row.gender,
    row.age,
    row.segment,
    row.is_active,
  ],
  rows: (shop) => shop.customers,
};

const products: Table<DemoProduct> = {
  columns: words("product_id,name,category,brand,price,cost,stock_quantity,color"),
  cells: (row) => [
    row.product_id,
    row.name,
    row.category,
    row.brand,
    decimal(row.price_minor),
    decimal(row.cost_minor),
    row.stock_quantity,
    row.color,
  ],
  rows: (shop) => shop.products,
};

const orders: Table<OrderRow> = {
  columns: words(
    "order_id,line_id,ordered_at,status,customer_id,channel,country,currency,product_id,quantity,unit_price,discount,unit_cost,tax,shipping",
  ),
  cells: ({ order, line, isFirst }) => [
    order.order_id,
    line.line_id,
    iso(line.ordered_at),
    order.status,
    order.customer_id,
    order.channel,
    order.country,
    order.currency,
    line.product_id,
    line.quantity,
    decimal(line.unit_price_minor),
    decimal(line.discount_minor),
    decimal(line.unit_cost_minor),
    decimal(isFirst ? order.tax_minor : 0),
    decimal(isFirst ? order.shipping_minor : 0),
  ],
  rows: orderRows,
};

const events: Table<DemoEvent> = {
  columns: words(
    "event_id,event_at,event_type,customer_id,session_id,product_id,price,quantity,order_id,channel,properties",
  ),
  cells: (row) => [
    row.event_id,
    iso(row.event_at),
    row.event_type,
    row.customer_id,
    row.session_id,
    row.product_id,
    price(row.price_minor),
    row.quantity,
    row.order_id,
    row.channel,
    row.properties,
  ],
  rows: (shop) => shop.events(),
};

const reviews: Table<DemoReview> = {
  columns: words("review_id,product_id,customer_id,reviewed_at,rating,title,body"),
  cells: (row) => [
    row.review_id,
    row.product_id,
    row.customer_id,
    iso(row.reviewed_at),
    row.rating,
    row.title,
    row.body,
  ],
  rows: (shop) => shop.reviews,
};

/** The files of a shop, in an order in which each mentions only ids of those before it. */
export const DEMO_TABLES = ["customers", "products", "orders", "events", "reviews"] as const;
export type DemoTable = (typeof DEMO_TABLES)[number];

function* write<Row>(table: Table<Row>, shop: DemoShop): Generator<Buffer> {
  let text = `${table.columns.join(",")}\n`;
  for (const row of table.rows(shop)) {
    text += `${table.cells(row).map(quote).join(",")}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text, "utf8");
    text = "";
  }
  if (text !== "") yield Buffer.from(text, "utf8");
}

/** One table of a shop as CSV bytes with a header row, in buffers of about 256 KiB, made while they are read. */
export function demoCsv(shop: DemoShop, table: DemoTable): Iterable<Buffer> {
  switch (table) {
    case "customers":
      return write(customers, shop);
    case "products":
      return write(products, shop);
    case "orders":
      return write(orders, shop);
    case "events":
      return write(events, shop);
    case "reviews":
      return write(reviews, shop);
  }
}
