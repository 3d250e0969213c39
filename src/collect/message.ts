/** One message of a client as rows of the warehouse, or why it is refused. */
import type { FileStyle } from "../ingestion/normalise.ts";
import { type Reject, reject, rewriteRow } from "../ingestion/rows.ts";
import { isObject, type JsonObject, textOf } from "../sources/json-values.ts";
import { eventTime } from "../sources/segment/event-time.ts";
import { messageRows } from "../sources/segment/message-rows.ts";
import type { PlanCheck } from "../tracking/index.ts";
import { columnsOf, formOf, type Stream } from "./forms.ts";
import { idName, orderName } from "./known-ids.ts";

/** What a request says of all its messages. */
export interface Delivery {
  /** The client's clock when it sent the request; undefined when it did not say. */
  readonly sentAt: unknown;
  /** The server's clock, milliseconds since 1970. */
  readonly received: number;
  /** Names a message whose client gave it no id. */
  readonly newId: () => string;
  /** What the tracking plan says of a message. */
  readonly planCheck: PlanCheck;
}

export interface ReadMessage {
  readonly kind: "read";
  readonly id: string;
  readonly stream: Stream;
  /** The rows in the engine's form, without their numbers, each ended by a line end. */
  readonly texts: readonly string[];
  /** The order that the message completes; empty when it completes none. */
  readonly orderId: string;
  /** What it is told apart by: the message, and the order that it completes. */
  readonly names: readonly string[];
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
const noteColumn = columnsOf.events.indexOf("plan_note");

/** Reads a message. The texts are what the importer itself would have made of the row, so it is refused for the same reasons. */
export function readMessage(given: unknown, delivery: Delivery): ReadMessage | RefusedMessage {
  const id = (isObject(given) ? textOf(given.messageId) : "") || delivery.newId();
  const refuse = (reason: string, column = "", value = ""): RefusedMessage => ({
    kind: "refused",
    id: id.slice(0, longestId),
    reject: reject({ row: 0, line: 0, raw: JSON.stringify(given) ?? "" }, reason, column, value),
  });
  const read = messageRows(given, id, (message) =>
    eventTime(message, message.sentAt ?? delivery.sentAt, delivery.received),
  );
  if (read.kind === "refused") return refuse(read.reason, read.column, read.value);
  const { stream, rows, attributes } = read;
  const texts: string[] = [];
  for (const row of rows) {
    const fields = columnsOf[stream].map((column) => row[column] ?? "");
    // Of a message only the first row has the note, so that notes count messages.
    if (stream === "events" && texts.length === 0) fields[noteColumn] = delivery.planCheck(given as JsonObject);
    const text = rewriteRow(formOf[stream], { row: 0, line: 0, fields, raw: "", further: attributes }, style);
    if (typeof text !== "string") return refuse(text.reason, text.column_name, text.value);
    texts.push(text.slice(text.indexOf("\t") + 1));
  }
  const first = rows[0] ?? {};
  const orderId = first.event_type === "purchase" ? (first.order_id ?? "") : "";
  const names = orderId === "" ? [idName(id)] : [idName(id), orderName(orderId)];
  return { kind: "read", id, stream, texts, orderId, names, first };
}
