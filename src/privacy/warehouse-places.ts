/**
 * Every table of the warehouse, and what it holds of people. This is the one declaration that export and erasure follow; a
 * test holds it against the schema, so that no table and no column that may name a person is forgotten.
 */
import { erasedId, erasedSession } from "../warehouse/erased-people.ts";

/**
 * What becomes of a table's rows when a person is erased.
 *
 * `kept`      numbers rest on them: they stay, under another key, without what says who it was
 * `removed`   nothing rests on them
 * `built`     computed from landed rows: they follow with the build
 * `emptied`   a step of the build or of an import, empty in between
 */
export interface WarehousePlace {
  readonly becomes: "kept" | "removed" | "built" | "emptied";
  /** Columns that hold a customer's key. */
  readonly keys: readonly string[];
  /** Further columns that say who or what a person is. */
  readonly names?: readonly string[];
  /** Of `kept` rows: SQL of each column that changes; keys change by themselves. */
  readonly set?: Readonly<Record<string, string>>;
  /** Columns whose text may name a person in rows of another key. */
  readonly texts?: readonly string[];
  /** Left out of an export: the same rows stand in another table. */
  readonly isCopy?: true;
}

/** SQL: the pseudonym of a key; any other key is itself. */
const newKey = (column: string): string =>
  `transform(${column}, {old_keys:Array(UInt64)}, {new_keys:Array(UInt64)}, ${column})`;
const newId = "transform(customer_key, {old_keys:Array(UInt64)}, {new_ids:Array(String)}, '')";

const offerField = (name: string): string => `JSONExtractString(properties, '${name}')`;

/** SQL: of a click on an offer, where on the pages it stood and what chose it: revenue is credited by it, and it tells of nobody. */
export const offerOf = `if(
  event_type = 'click' and match(${offerField("place")}, '^[a-z0-9_-]{1,32}$') and match(${offerField("source")}, '^[a-z0-9_-]{1,32}$'),
  concat('{"place":"', ${offerField("place")}, '","source":"', ${offerField("source")}, '"}'),
  '')`;

const noAttributes = "cast(map(), 'Map(LowCardinality(String), String)')";

/** SQL: a column of texts without any. */
export const noText: Readonly<Record<string, string>> = { properties: "''", attributes: noAttributes, plan_note: "''" };

const events: WarehousePlace = {
  becomes: "kept",
  keys: ["customer_key"],
  names: ["session_key", "event_id", "properties", "plan_note"],
  set: {
    customer_key: newKey("customer_key"),
    session_key: `if(has({shared_sessions:Array(UInt64)}, session_key), session_key, ${erasedSession("session_key")})`,
    event_id: erasedId("event_id"),
    properties: offerOf,
    plan_note: "''",
  },
  texts: ["properties", "plan_note"],
};

const lines: WarehousePlace = {
  becomes: "kept",
  keys: ["customer_key"],
  set: { customer_key: newKey("customer_key") },
};

const score: WarehousePlace = { becomes: "removed", keys: ["customer_key"] };

const built = (keys: readonly string[], names: readonly string[] = []): WarehousePlace => ({
  becomes: "built",
  keys,
  names,
});
const emptied = (keys: readonly string[], names: readonly string[] = []): WarehousePlace => ({
  becomes: "emptied",
  keys,
  names,
  isCopy: true,
});

export const warehousePlaces: Readonly<Record<string, WarehousePlace>> = {
  fct_events: events,
  held_events: events,
  load_events: { ...events, isCopy: true },
  stg_order_lines: lines,
  held_order_lines: lines,
  stg_orders: {
    becomes: "kept",
    keys: ["customer_key"],
    names: ["customer_id"],
    set: { customer_key: newKey("customer_key"), customer_id: `if(customer_id = '', '', ${newId})` },
  },
  stg_customers: {
    becomes: "kept",
    keys: ["customer_key", "alias_key"],
    names: ["customer_id", "name", "email", "address", "city", "region", "postal_code", "gender", "age", "attributes"],
    set: {
      customer_key: newKey("customer_key"),
      customer_id: newId,
      alias_key: newKey("alias_key"),
      name: "''",
      email: "''",
      address: "''",
      city: "''",
      region: "''",
      postal_code: "''",
      gender: "''",
      age: "null",
      registered_at:
        "if(isNull(registered_at), null, toDateTime64(toStartOfDay(assumeNotNull(registered_at), {time_zone:String}), 3, 'UTC'))",
      is_active: "null",
      loyalty_score: "null",
      attributes: noAttributes,
      message_id: erasedId("message_id"),
    },
    texts: ["attributes"],
  },
  stg_reviews: {
    becomes: "kept",
    keys: ["customer_key"],
    names: ["title", "body"],
    set: { customer_key: newKey("customer_key"), title: "''", body: "''" },
  },
  stg_exposures: { becomes: "kept", keys: ["customer_key"], set: { customer_key: newKey("customer_key") } },
  ops_identity_events: {
    becomes: "kept",
    keys: ["first_key", "second_key"],
    set: { first_key: newKey("first_key"), second_key: newKey("second_key") },
    texts: ["note"],
  },
  stg_customer_ids: { becomes: "removed", keys: ["customer_key"], names: ["customer_id"] },
  prd_customer_value: score,
  prd_customer_segments: score,
  prd_propensity: score,
  prd_churn: score,
  prd_uplift: score,
  fct_sessions: built(["customer_key", "source_key"]),
  fct_orders: built(["customer_key"]),
  fct_order_lines: built(["customer_key"]),
  dim_identity: built(["customer_key", "person_key"]),
  identity_links: built(["from_key", "to_key"]),
  identity_records: {
    ...built(["customer_key", "alias_key", "anonymous_key"], ["address_hash"]),
    isCopy: true,
  },
  dim_customer: built(
    ["customer_key"],
    ["customer_id", "name", "email", "address", "city", "region", "postal_code", "gender", "age", "attributes"],
  ),
  dim_staff: built(["customer_key"]),
  agg_flagged_daily: built(["customer_key"], ["session_key"]),
  agg_visitor_daily: { becomes: "built", keys: [], names: ["visitors", "further_visitors"], isCopy: true },
  next_fct_events: emptied(["customer_key"], ["session_key", "event_id", "properties", "plan_note"]),
  next_fct_sessions: emptied(["customer_key", "source_key"]),
  next_fct_orders: emptied(["customer_key"]),
  next_fct_order_lines: emptied(["customer_key"]),
  next_dim_identity: emptied(["customer_key", "person_key"]),
  next_identity_links: emptied(["from_key", "to_key"]),
  next_identity_records: emptied(["customer_key", "alias_key", "anonymous_key"], ["address_hash"]),
  intricate_identities: emptied(["customer_key"]),
  moved_customers: emptied(["customer_key", "old_person_key", "new_person_key"]),
  touched_identities: emptied(["customer_key"]),
  next_dim_customer: emptied(
    ["customer_key"],
    ["customer_id", "name", "email", "address", "city", "region", "postal_code", "gender", "age", "attributes"],
  ),
  next_agg_visitor_daily: emptied([], ["visitors", "further_visitors"]),
  next_dim_staff: emptied(["customer_key"]),
  next_agg_flagged_daily: emptied(["customer_key"], ["session_key"]),
  order_heads: emptied(["customer_key"]),
  purchase_events: emptied(["customer_key"]),
  session_starts: emptied(["source_key"]),
  touched_sources: emptied(["source_key"]),
  touched_events: emptied(["customer_key"], ["session_key"]),
  changed_sessions: emptied(["customer_key"]),
  touched_customers: emptied(["customer_key"]),
};

/** Tables whose texts people or refused rows wrote: a text that names an erased person is taken out. */
export const warehouseTexts: Readonly<Record<string, readonly string[]>> = {
  ops_rejects: ["value", "raw", "reason"],
  ops_kept_events: ["content"],
  ops_segment_events: ["definition"],
  ops_experiment_events: ["definition", "note"],
  ops_alert_events: ["message"],
};

/** Tables that hold nothing of a person, and why; beside them all twins `next_*` of theirs. */
export const withoutPeople: Readonly<Record<string, string>> = {
  in_events: "passes rows on and keeps none",
  in_order_lines: "passes rows on and keeps none",
  stg_payments: "payments of an order: method and amount",
  stg_products: "products",
  stg_product_sightings: "products",
  stg_categories: "categories",
  stg_sellers: "companies that sell, not people who buy",
  stg_spend: "advertising",
  stg_exchange_rates: "rates of currencies",
  stg_product_costs: "costs of products",
  day_rates: "rates of currencies",
  order_rates: "sums of orders",
  event_prices: "prices and places of events in their files",
  stg_event_amounts: "prices and places of events in their files",
  product_day_costs: "costs of products",
  stg_stock_movements: "stock",
  fct_payments: "payments of an order: method and amount",
  fct_inventory: "stock",
  dim_product: "products",
  dim_date: "days",
  agg_daily: "sums of days",
  agg_product_daily: "sums of products and days",
  product_changes: "sums of products and days",
  ops_batches: "files and counts",
  ops_refreshes: "builds and counts",
  ops_state: "settings",
  ops_store_orders: "totals of orders",
  ops_model_runs: "parameters and measures of models",
  prd_forecasts: "sums of the shop",
  prd_review_sentiment: "sums of products",
  prd_review_aspects: "sums of products",
  prd_review_flags: "places of reviews in their files",
  prd_product_neighbours: "products",
  touched_orders: "numbers of orders",
  touched_products: "numbers of products",
  robot_agents: "user agents of robots, of the last events that were marked",
};

/** Names of columns that may say who a person is: a table that has one must be declared with it. */
export const personColumn =
  /^(customer_key|customer_id|alias_key|anonymous_key|address_hash|person_key|(?:from|to|first|second|old_person|new_person)_key|source_key|session_key|session_id|visitors?|visitor_id|user_id|e_?mail|recipient|address|street|city|region|postal_code|phone|gender|age|born_on|properties|attributes|details|event_id|title|body|raw)$/;
