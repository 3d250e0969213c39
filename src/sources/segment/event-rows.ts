/** The rows of one track, page or screen call: one for each product it is about. */

import { copyWithout, firstText, isObject, type JsonObject, objectAt, textOf, without } from "../json-values.ts";
import type { eventColumns } from "./columns.ts";
import { eventTypeOf } from "./event-names.ts";

export type EventRow = Readonly<Record<(typeof eventColumns)[number], string>>;

const productKeys = {
  product_id: ["product_id", "productId", "item_id", "sku", "id"],
  price: ["price", "item_price"],
  quantity: ["quantity"],
  product_name: ["name", "item_name", "product_name"],
  category: ["category", "item_category"],
  brand: ["brand", "item_brand"],
} as const;
const listKeys = ["products", "items"] as const;
const orderKeys = ["order_id", "orderId", "transaction_id"] as const;
const sessionKeys = ["session_id", "sessionId", "ga_session_id"] as const;
/** What an order is worth where its products are not named: without tax and shipping first. */
const amountKeys = ["revenue", "subtotal", "total", "value"] as const;

const ofProduct = new Set<string>(Object.values(productKeys).flat());
const ofMessage = new Set<string>([...listKeys, ...orderKeys, ...sessionKeys, "currency", "referrer"]);
const ofBoth = new Set<string>([...ofMessage, ...ofProduct]);
const setApart = new Set(["page", "campaign", "library", "ip", "userAgent", "traits", "sessionId"]);

/** Most products one event may be about. */
export const mostProducts = 500;

export interface EventParts {
  readonly message: JsonObject;
  readonly name: string;
  readonly id: string;
  readonly at: string;
  readonly customerId: string;
}

/** The rows of an event; their ids are the message's own and, from the second on, `id#2`, `id#3`, ... */
export function eventRows({ message, name, id, at, customerId }: EventParts): EventRow[] {
  const type = message.type === "track" ? eventTypeOf(name) : "page";
  const given = objectAt(message, "properties");
  const context = objectAt(message, "context");
  const listed = listKeys.map((key) => given[key]).find(Array.isArray);
  const products: readonly JsonObject[] = listed?.filter(isObject) ?? [];
  const isPage = type === "page" || type === "custom";
  const further = contextProperties(context, given);
  copyWithout(further, given, products.length > 0 || isPage ? ofMessage : ofBoth);
  Object.assign(further, named(type, message, name));
  const common = {
    event_at: at,
    event_type: type,
    customer_id: customerId,
    session_id: firstText(given, sessionKeys) || textOf(context.sessionId),
    order_id: firstText(given, orderKeys),
    currency: firstText(given, ["currency"]),
  };
  const subjects = products.length > 0 ? products : [isPage ? {} : wholeOf(type, given)];
  return subjects.map((product, index) => ({
    event_id: index === 0 ? id : `${id}#${index + 1}`,
    ...common,
    product_id: firstText(product, productKeys.product_id),
    price: firstText(product, productKeys.price),
    quantity: firstText(product, productKeys.quantity),
    properties: jsonOf(products.length > 0 ? { ...further, ...without(product, ofProduct) } : further),
    product_name: firstText(product, productKeys.product_name),
    category: firstText(product, productKeys.category),
    brand: firstText(product, productKeys.brand),
    plan_note: "",
  }));
}

/** The properties as their own subject; an order without products is worth its amount. */
function wholeOf(type: string, given: JsonObject): JsonObject {
  if (type !== "purchase" && type !== "refund") return given;
  const amount = firstText(given, [...productKeys.price, ...amountKeys]);
  return { ...given, price: amount };
}

/** The name of an event or page, where the kind of interaction does not say it. */
function named(type: string, message: JsonObject, name: string): Record<string, unknown> {
  if (type === "custom") return { event: name };
  return type === "page" && name !== "" && message.type !== "track" ? { name } : {};
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "");

/**
 * What the context says of the visit, under the names imports use: the page, where its visitor came from (a page of the
 * same site is no source), the campaign and the browser. The address of the visitor's machine is not kept.
 */
function contextProperties(context: JsonObject, given: JsonObject): Record<string, unknown> {
  const page = objectAt(context, "page");
  const campaign = objectAt(context, "campaign");
  const said = (key: string): string => textOf(given[key]) || textOf(page[key]);
  const properties: Record<string, unknown> = {};
  for (const key of pageKeys) {
    const value = said(key);
    if (value !== "") properties[key] = value;
  }
  const referrer = said("referrer");
  if (referrer !== "") properties[hostOf(referrer) === hostOf(said("url")) ? "previous_url" : "referrer"] = referrer;
  for (const key in campaign) properties[`utm_${key === "name" ? "campaign" : key}`] = campaign[key];
  const agent = textOf(context.userAgent);
  if (agent !== "") properties.user_agent = agent;
  const further = without(context, setApart);
  for (const _ in further) {
    properties.context = further;
    break;
  }
  return properties;
}

const pageKeys = ["path", "url", "title", "search"] as const;

/** Half a surrogate pair is no character: the engine takes none, and it stands for nothing. */
const halves = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

function jsonOf(object: JsonObject): string {
  if (Object.keys(object).length === 0) return "";
  return JSON.stringify(object).replace(halves, (found) => (found === "\\\\" ? found : "\ufffd"));
}
