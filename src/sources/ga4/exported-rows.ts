/** The rows of one event of the BigQuery export; names and items mean what they mean when they are collected. */
import { earliestInstantMs, tooEarly } from "../earliest-instant.ts";
import { isObject, type JsonObject, objectAt, textOf } from "../json-values.ts";
import type { RefusedRecord, ShapedRow, SourceRecord } from "../preset.ts";
import { eventRows } from "../segment/event-rows.ts";

/** What BigQuery writes for items and transactions that say nothing. */
const notSet = "(not set)";
const ids = ["event_bundle_sequence_id", "batch_page_id", "batch_ordering_id", "batch_event_index"];
const newest = Date.UTC(2100, 0, 1);

/** One row for each item of the event, or one; times are microseconds since 1970, UTC. */
export function exportedRows(event: SourceRecord): (ShapedRow | RefusedRecord)[] {
  const refuse = (column: string, reason: string): RefusedRecord[] => [
    { record: 0, column, value: textOf(event[column]), reason },
  ];
  const stamp = textOf(event.event_timestamp);
  const milliseconds = /^\d{1,17}$/.test(stamp) ? Math.floor(Number(stamp) / 1000) : Number.NaN;
  if (!(milliseconds >= 0 && milliseconds < newest))
    return refuse("event_timestamp", "is not a time in microseconds since 1970");
  if (milliseconds < earliestInstantMs) return refuse("event_timestamp", tooEarly);
  const name = textOf(event.event_name);
  if (name === "") return refuse("event_name", "is empty");
  const visitor = textOf(event.user_pseudo_id);
  const customerId = textOf(event.user_id) || visitor;
  const params = parametersOf(event.event_params);
  const session = textOf(params.ga_session_id);
  const ecommerce = objectAt(event, "ecommerce");
  const items = Array.isArray(event.items) ? event.items.filter(isObject).map(withoutNotSet) : [];
  const order = [ecommerce.transaction_id, params.transaction_id].map(textOf).find((id) => id !== "" && id !== notSet);
  const amount = textOf(name === "refund" ? ecommerce.refund_value : ecommerce.purchase_revenue);
  const properties: JsonObject = {
    ...params,
    // A session's number is counted for each visitor by himself.
    ga_session_id: session === "" ? "" : `${visitor}.${session}`,
    transaction_id: order ?? "",
    ...(amount === "" ? {} : { revenue: amount }),
    ...(items.length > 0 ? { items } : {}),
    ...pageOf(params),
    ...sourceOf(event),
  };
  const id = [visitor, stamp, name, ...ids.map((key) => textOf(event[key]))].filter((part) => part !== "").join("-");
  const at = new Date(milliseconds).toISOString();
  const rows = eventRows({ message: { type: "track", event: name, properties }, name, id, at, customerId });
  return rows.map((values) => ({ kind: "events", record: 0, values }));
}

/** The list of parameters as an object; each has one value, of one of four types. */
function parametersOf(list: unknown): JsonObject {
  const params: Record<string, unknown> = {};
  for (const one of Array.isArray(list) ? list.filter(isObject) : []) {
    const value = objectAt(one, "value");
    const text = ["string_value", "int_value", "float_value", "double_value"].map((key) => textOf(value[key]));
    params[textOf(one.key)] = text.find((candidate) => candidate !== "") ?? "";
  }
  const { "": _, items: __, ...named } = params;
  return named;
}

const withoutNotSet = (item: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(item).filter(([key, value]) => value !== notSet && value !== null && key !== "price_in_usd"),
  );

/** The page under the names that imports use. */
const pageOf = (params: JsonObject): JsonObject => ({
  ...(textOf(params.page_location) === "" ? {} : { url: textOf(params.page_location) }),
  ...(textOf(params.page_referrer) === "" ? {} : { referrer: textOf(params.page_referrer) }),
  ...(textOf(params.page_title) === "" ? {} : { title: textOf(params.page_title) }),
});

/** Where the event's own session came from. */
function sourceOf(event: SourceRecord): JsonObject {
  const source = objectAt(event, "collected_traffic_source");
  const named = { utm_source: "manual_source", utm_medium: "manual_medium", utm_campaign: "manual_campaign_name" };
  return Object.fromEntries(
    Object.entries(named).flatMap(([to, from]) => {
      const text = textOf(source[from]);
      return text === "" || text === notSet ? [] : [[to, text]];
    }),
  );
}
