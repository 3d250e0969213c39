/** The rows of one order of WooCommerce's REST API. */
import { digitsOf, fromUnits, toUnits } from "../amounts.ts";
import { firstText, isObject, type JsonObject, objectAt, textOf } from "../json-values.ts";
import type { ShapedRow, SourceRecord } from "../preset.ts";

/** Statuses that WooCommerce's own reports leave out count as cancelled: the order was never paid. */
const status = {
  column: "status",
  values: { pending: "cancelled", failed: "cancelled", trash: "cancelled", "checkout-draft": "cancelled" },
};

export const lineColumns = {
  order_id: "id",
  line_id: "line_items.id",
  line_at: "date_created_gmt",
  product_id: "line_items.product_id",
  product_name: "line_items.name",
  quantity: "line_items.quantity",
  unit_price: "line_items.price",
  discount: "line_items.discount",
  currency: "currency",
};

export const orderColumns = {
  order_id: "id",
  customer_id: "customer_id",
  status,
  placed_at: "date_created_gmt",
  paid_at: "date_paid_gmt",
  channel: "created_via",
  country: "billing.country",
  tax: "total_tax",
  shipping: "shipping_total",
  currency: "currency",
};

export const customerColumns = {
  customer_id: "customer_id",
  name: "billing.name",
  email: "billing.email",
  city: "billing.city",
  region: "billing.state",
  postal_code: "billing.postcode",
  country: "billing.country",
};

/** Times of the API have no zone; those named gmt are in UTC. */
const utc = (text: string): string => (/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text);

/**
 * The order, its lines, a return for each refund, and its customer.
 *
 * `subtotal` of a line is before discounts and `total` after them, both for all its units. A refund is of goods by their
 * share in the order's total; the order does not say when it was made, so it stands on the day the order last changed.
 */
export function orderRows(order: SourceRecord): ShapedRow[] {
  const at = (key: string): string => textOf(order[key]);
  const billing = objectAt(order, "billing");
  const email = textOf(billing.email).toLowerCase();
  const registered = at("customer_id");
  const shared = {
    id: at("id"),
    date_created_gmt: utc(at("date_created_gmt")),
    currency: at("currency"),
    customer_id: registered === "" || registered === "0" ? email : registered,
    "billing.country": textOf(billing.country),
  };
  const items = objectsOf(order.line_items);
  const header = {
    ...shared,
    status: at("status"),
    date_paid_gmt: utc(at("date_paid_gmt")),
    created_via: at("created_via"),
    total_tax: at("total_tax"),
    shipping_total: at("shipping_total"),
  };
  const rows: ShapedRow[] = [{ kind: "orders", record: 0, values: header }];
  for (const item of items) rows.push({ kind: "order_lines", record: 0, values: { ...shared, ...lineValues(item) } });
  for (const values of refundValues(order, items))
    rows.push({ kind: "order_lines", record: 0, values: { ...shared, ...values } });
  if (shared.customer_id !== "") {
    const names = [textOf(billing.first_name), textOf(billing.last_name)].filter((part) => part !== "");
    const places = ["city", "state", "postcode"].map((key) => [`billing.${key}`, textOf(billing[key])]);
    const values = { ...Object.fromEntries(places), "billing.name": names.join(" "), "billing.email": email };
    rows.push({ kind: "customers", record: 0, values: { ...shared, ...values } });
  }
  return rows;
}

const objectsOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function lineValues(item: JsonObject): Record<string, string> {
  const [subtotal, total, quantity] = [textOf(item.subtotal), textOf(item.total), textOf(item.quantity)];
  const digits = digitsOf([subtotal, total]);
  const isWhole = Number.isInteger(Number(quantity)) && Number(quantity) > 0 && subtotal !== "";
  return {
    "line_items.id": textOf(item.id),
    "line_items.product_id": firstText(item, ["product_id", "sku"]),
    "line_items.name": textOf(item.name),
    "line_items.quantity": quantity,
    "line_items.price": isWhole ? unitPrice(subtotal, Number(quantity)) : textOf(item.price),
    "line_items.discount": fromUnits(Math.max(toUnits(subtotal, digits) - toUnits(total, digits), 0), digits),
  };
}

/** Six digits, so that units times price gives the subtotal back; a text that is no amount stays as it is, to be refused. */
function unitPrice(subtotal: string, quantity: number): string {
  const price = Number(subtotal) / quantity;
  return quantity === 1 || !Number.isFinite(price) ? subtotal : price.toFixed(6);
}

function refundValues(order: SourceRecord, items: readonly JsonObject[]): Record<string, string>[] {
  const refunds = objectsOf(order.refunds);
  const totals = items.map((item) => textOf(item.total));
  const digits = digitsOf([textOf(order.total), ...totals, ...refunds.map((refund) => textOf(refund.total))]);
  const goods = totals.reduce((sum, total) => sum + toUnits(total, digits), 0);
  const whole = toUnits(textOf(order.total), digits);
  return refunds.map((refund) => {
    const refunded = Math.abs(toUnits(textOf(refund.total), digits));
    return {
      date_created_gmt: utc(textOf(order.date_modified_gmt) || textOf(order.date_created_gmt)),
      "line_items.id": `refund-${textOf(refund.id)}`,
      "line_items.quantity": "-1",
      "line_items.price": fromUnits(whole > 0 ? Math.round((refunded * goods) / whole) : refunded, digits),
    };
  });
}
