/** The rows of one track, page or screen call: one for each product it is about. */
import { eventTypeOf } from "./event-names.ts";
import type { eventColumns } from "./forms.ts";
import { firstText, isObject, type JsonObject, objectAt, textOf, without } from "./objects.ts";

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
const ofMessage = new Set<string>([...listKeys, ...orderKeys, ...sessionKeys, "currency"]);
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
  const own = products.length > 0 || isPage ? ofMessage : new Set([...ofMessage, ...ofProduct]);
  const further = { ...contextProperties(context, given), ...without(given, own), ...named(type, message, name) };
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
  const page = { ...objectAt(context, "page"), ...given };
  const campaign = Object.entries(objectAt(context, "campaign")).map(([key, value]) => [
    `utm_${key === "name" ? "campaign" : key}`,
    value,
  ]);
  const referrer = textOf(page.referrer);
  const isOwn = referrer !== "" && hostOf(referrer) === hostOf(textOf(page.url));
  const further = without(context, setApart);
  const agent = textOf(context.userAgent);
  return {
    ...picked(page, ["path", "url", "title", "search"]),
    ...(referrer !== "" && !isOwn ? { referrer } : {}),
    ...Object.fromEntries(campaign),
    ...(agent === "" ? {} : { user_agent: agent }),
    ...(Object.keys(further).length > 0 ? { context: further } : {}),
  };
}

const picked = (from: JsonObject, keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, textOf(from[key])]).filter(([, value]) => value !== ""));

/** Half a surrogate pair is no character: the engine takes none, and it stands for nothing. */
const halves = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

function jsonOf(object: JsonObject): string {
  if (Object.keys(object).length === 0) return "";
  return JSON.stringify(object).replace(halves, (found) => (found === "\\\\" ? found : "\ufffd"));
}
