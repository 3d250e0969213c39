/** The rows that one message in Segment's form becomes, as texts, or why it becomes none. */
import { isObject, type JsonObject, objectAt, textOf } from "../json-values.ts";
import { aliasRow, identifyRow } from "./customer-rows.ts";
import { eventRows, mostProducts } from "./event-rows.ts";
import type { EventTime } from "./event-time.ts";

/** What a message becomes rows of. */
export type MessageStream = "events" | "customers";

export type MessageRows =
  | {
      readonly kind: "rows";
      readonly stream: MessageStream;
      readonly rows: readonly Readonly<Record<string, string>>[];
      /** Traits of a customer that have no column, as texts. */
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly kind: "refused"; readonly column: string; readonly value: string; readonly reason: string };

const longestId = 255;
const eventCalls = new Set(["track", "page", "screen", "group"]);

/**
 * Reads a message.
 *
 * @param id      the message's own id, or one made for it
 * @param timeOf  when its event happened; asked for events only
 */
export function messageRows(given: unknown, id: string, timeOf: (message: JsonObject) => EventTime): MessageRows {
  const refuse = (reason: string, column = "", value = ""): MessageRows => ({ kind: "refused", column, value, reason });
  if (!isObject(given)) return refuse("is not a JSON object");
  const message = given;
  if (id.length > longestId) return refuse(`is longer than ${longestId} characters`, "messageId", id);
  const customerId = textOf(message.userId) || textOf(message.anonymousId);
  if (customerId === "") return refuse("needs a userId or an anonymousId", "userId");
  const type = textOf(message.type);
  if (type === "identify") {
    const { row, attributes } = identifyRow(message, id, customerId);
    return { kind: "rows", stream: "customers", rows: [row], attributes: textsOf(attributes) };
  }
  if (type === "alias") {
    const previousId = textOf(message.previousId);
    if (previousId === "") return refuse("needs the previousId it stands for", "previousId");
    return { kind: "rows", stream: "customers", rows: [aliasRow(id, customerId, previousId)], attributes: {} };
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
  const time = timeOf(message);
  if (!time.isKnown) return refuse(time.reason, time.column, time.value);
  const rows = eventRows({ message: asTrack(type, message), name, id, at: time.at, customerId });
  return { kind: "rows", stream: "events", rows, attributes: {} };
}

/** A group call is an event like any other: what group was joined stands in its properties. */
const asTrack = (type: string, message: JsonObject): JsonObject =>
  type === "group"
    ? { ...message, type: "track", properties: { ...objectAt(message, "traits"), group_id: textOf(message.groupId) } }
    : message;

const textsOf = (attributes: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, attributeText(value)]));

const attributeText = (value: unknown): string =>
  textOf(value) || (value === null || value === undefined ? "" : JSON.stringify(value));
