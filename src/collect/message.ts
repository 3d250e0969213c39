/** One message of a client as rows of the warehouse, or why it is refused. */
import type { FileStyle } from "../ingestion/normalise.ts";
import { type Reject, reject, rewriteRow } from "../ingestion/rows.ts";
import { aliasRow, identifyRow } from "./customer-rows.ts";
import { eventRows, mostProducts } from "./event-rows.ts";
import { eventTime } from "./event-time.ts";
import { columnsOf, formOf, type Stream } from "./forms.ts";
import { isObject, type JsonObject, objectAt, textOf } from "./objects.ts";

/** What a request says of all its messages. */
export interface Delivery {
  /** The client's clock when it sent the request; undefined when it did not say. */
  readonly sentAt: unknown;
  /** The server's clock, milliseconds since 1970. */
  readonly received: number;
  readonly currency: string;
  /** Names a message whose client gave it no id. */
  readonly newId: () => string;
}

export interface ReadMessage {
  readonly kind: "read";
  readonly id: string;
  readonly stream: Stream;
  /** The rows in the engine's form, without their numbers, each ended by a line end. */
  readonly texts: readonly string[];
  /** The order that the message completes; empty when it completes none. */
  readonly orderId: string;
  /** The first row by its columns, for the live page. */
  readonly first: Readonly<Record<string, string>>;
}

export interface RefusedMessage {
  readonly kind: "refused";
  readonly id: string;
  readonly reject: Reject;
}

/** Collected values are written as programs write them. */
const style: FileStyle = { decimal: ".", dateOrder: "ymd" };
const longestId = 255;
const eventCalls = new Set(["track", "page", "screen", "group"]);

/** Reads a message. The texts are what the importer itself would have made of the row, so it is refused for the same reasons. */
export function readMessage(given: unknown, delivery: Delivery): ReadMessage | RefusedMessage {
  const message = isObject(given) ? given : {};
  const id = textOf(message.messageId) || delivery.newId();
  const refuse = (reason: string, column = "", value = ""): RefusedMessage => ({
    kind: "refused",
    id: id.slice(0, longestId),
    reject: reject({ row: 0, line: 0, raw: JSON.stringify(given) ?? "" }, reason, column, value),
  });
  if (!isObject(given)) return refuse("is not a JSON object");
  if (id.length > longestId) return refuse(`is longer than ${longestId} characters`, "messageId", id);
  const userId = textOf(message.userId);
  const customerId = userId || textOf(message.anonymousId);
  if (customerId === "") return refuse("needs a userId or an anonymousId", "userId");
  const type = textOf(message.type);
  if (type === "identify") {
    const { row, attributes } = identifyRow(message, id, customerId);
    return written(id, "customers", [row], refuse, attributes);
  }
  if (type === "alias") {
    const previousId = textOf(message.previousId);
    if (previousId === "") return refuse("needs the previousId it stands for", "previousId");
    return written(id, "customers", [aliasRow(id, customerId, previousId)], refuse, {});
  }
  if (!eventCalls.has(type)) return refuse("is none of track, identify, page, screen, group, alias", "type", type);
  const name = type === "group" ? "Group" : textOf(type === "track" ? message.event : message.name);
  if (type === "track" && name === "") return refuse("needs the name of the event", "event");
  const properties = objectAt(message, "properties");
  for (const key of ["products", "items"]) {
    const list = properties[key];
    if (Array.isArray(list) && list.length > mostProducts)
      return refuse(`names ${list.length} products; ${mostProducts} are the most`, key);
  }
  const time = eventTime(message, message.sentAt ?? delivery.sentAt, delivery.received);
  if (!time.isKnown) return refuse(time.reason, time.column, time.value);
  const rows = eventRows({ message: asTrack(type, message), name, id, at: time.at, customerId });
  return written(id, "events", rows, refuse, {}, delivery.currency);
}

/** A group call is an event like any other: what group was joined stands in its properties. */
const asTrack = (type: string, message: JsonObject): JsonObject =>
  type === "group"
    ? { ...message, type: "track", properties: { ...objectAt(message, "traits"), group_id: textOf(message.groupId) } }
    : message;

function written(
  id: string,
  stream: Stream,
  rows: readonly Readonly<Record<string, string>>[],
  refuse: (reason: string, column?: string, value?: string) => RefusedMessage,
  attributes: JsonObject,
  currency = "",
): ReadMessage | RefusedMessage {
  const texts: string[] = [];
  const further = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeText(value)]));
  for (const row of rows) {
    const fields = columnsOf[stream].map((column) => row[column] ?? "");
    const text = rewriteRow(formOf[stream], { row: 0, line: 0, fields, raw: "", further }, style, currency);
    if (typeof text !== "string") return refuse(text.reason, text.column_name, text.value);
    texts.push(text.slice(text.indexOf("\t") + 1));
  }
  const first = rows[0] ?? {};
  const orderId = first.event_type === "purchase" ? (first.order_id ?? "") : "";
  return { kind: "read", id, stream, texts, orderId, first };
}

const attributeText = (value: unknown): string =>
  textOf(value) || (value === null || value === undefined ? "" : JSON.stringify(value));
