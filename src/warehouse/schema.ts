/**
 * The warehouse's tables, in the order they are created. One file each; the data dictionary is generated from the files'
 * headers and column comments. `next_*` twins of built tables take a build's result until it replaces the old one.
 */
import { CartwrightError } from "../errors.ts";
import { isPassedOn, spanningTable, spanningView } from "./cluster.ts";
import { type Migration, migrations } from "./migrations.ts";
import { maskFunctions } from "./personal-columns.ts";
import { replicatedSql, requireSameKind } from "./replicated.ts";
import { readSql } from "./sql-file.ts";
import { trafficFunctions } from "./traffic/functions.ts";
import { markedBy, robotsVersion } from "./traffic/robots.ts";
import type { Row, Warehouse } from "./warehouse.ts";

const file = (path: string): URL => new URL(`./${path}.sql`, import.meta.url);

/** Tables people read: documented in the data dictionary. */
export const documentedTables = {
  core: [
    "fct_events",
    "fct_sessions",
    "fct_orders",
    "fct_order_lines",
    "fct_payments",
    "fct_inventory",
    "day_rates",
    "dim_customer",
    "dim_identity",
    "identity_links",
    "dim_staff",
    "dim_product",
    "dim_date",
    "dim_category",
    "dim_brand",
    "dim_channel",
  ],
  rollups: ["agg_daily", "agg_visitor_daily", "agg_product_daily", "agg_flagged_daily"],
  staging: [
    "stg_order_lines",
    "stg_orders",
    "stg_payments",
    "stg_customers",
    "stg_products",
    "stg_categories",
    "stg_reviews",
    "stg_sellers",
    "stg_spend",
    "stg_exchange_rates",
    "stg_product_costs",
    "stg_exposures",
    "stg_stock_movements",
    "stg_event_amounts",
    "stg_product_sightings",
    "stg_customer_ids",
  ],
  ops: [
    "ops_batches",
    "ops_rejects",
    "ops_refreshes",
    "ops_state",
    "ops_store_orders",
    "ops_experiment_events",
    "ops_model_runs",
    "ops_segment_events",
    "ops_kept_events",
    "ops_alert_events",
    "ops_identity_events",
  ],
  /** What models foretell, of their last run. */
  predictions: [
    "prd_customer_value",
    "prd_customer_segments",
    "prd_propensity",
    "prd_churn",
    "prd_uplift",
    "prd_forecasts",
    "prd_review_sentiment",
    "prd_review_aspects",
    "prd_review_flags",
    "prd_product_neighbours",
  ],
  /** For BI tools; most are written from the analyses by `npm run generate`. A view stands after those it reads. */
  views: [
    "dim_time",
    "dim_users",
    "dim_products",
    "dim_product_history",
    "fact_sales",
    "fact_order",
    "fact_order_item",
    "fact_sessions",
    "fact_daily_kpis",
    "vw_daily_revenue",
    "vw_revenue_by_channel",
    "vw_revenue_by_category",
    "vw_category_margin_monthly",
    "vw_customer_rfm_scores",
    "vw_customer_rfm_base",
    "vw_customer_ltv_segments",
    "vw_cohort_retention",
    "vw_product_pairs",
    "vw_product_association_rules",
    "mv_sales_funnel",
    "mv_product_conversion_rates",
    "mv_abandoned_carts",
    "mv_user_session_analytics",
    "mv_brand_popularity_trends",
  ],
} as const;

/** Built tables: each has a `next_*` twin of the same columns. */
export const builtTables = [
  "fct_events",
  "fct_sessions",
  "fct_order_lines",
  "fct_orders",
  "fct_payments",
  "fct_inventory",
  "day_rates",
  "dim_identity",
  "identity_links",
  "identity_records",
  "dim_customer",
  "dim_staff",
  "dim_product",
  "dim_date",
  "agg_daily",
  "agg_visitor_daily",
  "agg_product_daily",
  "agg_flagged_daily",
] as const;
export type BuiltTable = (typeof builtTables)[number];

const creationOrder = [
  ...documentedTables.ops.map((name) => `ops/${name}`),
  ...documentedTables.staging.map((name) => `staging/${name}`),
  "staging/in_events",
  "staging/in_order_lines",
  "core/fct_events",
  "staging/load_events",
  "staging/held_events",
  "staging/held_order_lines",
  "staging/load_events_view",
  "staging/events_products_view",
  "staging/event_amounts_view",
  "staging/events_customers_view",
  "staging/stg_order_lines_view",
  "staging/order_lines_products_view",
  "staging/order_lines_customers_view",
  "core/live_batches",
  "core/session_starts",
  "core/touched_sources",
  "core/touched_events",
  "core/changed_sessions",
  "core/product_changes",
  "core/robot_agents",
  "ops/shown_rejects",
  "ops/stored_parts",
  "ops/stored_columns",
  ...documentedTables.core.filter((name) => name !== "fct_events").map((name) => `core/${name}`),
  "ops/customer_emails",
  "core/order_heads",
  "core/purchase_events",
  "core/event_prices",
  "core/order_rates",
  "core/product_day_costs",
  "core/touched_orders",
  "core/touched_customers",
  "core/touched_products",
  "core/identity_records",
  "core/intricate_identities",
  "core/touched_identities",
  "core/moved_customers",
  "core/person_events",
  "core/person_exposures",
  "core/person_reviews",
  ...documentedTables.rollups.map((name) => `rollups/${name}`),
  ...documentedTables.predictions.map((name) => `predictions/${name}`),
  ...documentedTables.views.map((name) => `views/${name}`),
];

/** The key of a natural id: the number itself when the id is a plain positive integer below 2^63, else a marked hash. */
const naturalKeyFunction = `create function if not exists natural_key as (id) -> multiIf(
    id = '', 0,
    length(id) <= 19 and toUInt64OrZero(id) between 1 and 9223372036854775807 and toString(toUInt64OrZero(id)) = id, toUInt64OrZero(id),
    bitOr(cityHash64(id), 9223372036854775808))`;

/**
 * The channel of a visit whose source names none, out of the properties of its event: first the medium and source of the
 * link (`utm_medium`, `utm_source`), then the page it came from (`referrer`). Empty when none of them is known.
 */
const channelFunction = `create or replace function channel_of as (properties) -> if(not match(properties, 'utm_|referrer'), '', multiIf(
    match(lower(JSONExtractString(properties, 'utm_medium')), '^(e-?mail|newsletter)$'), 'email',
    match(lower(JSONExtractString(properties, 'utm_medium')), '^(affiliates?|partner)$'), 'affiliate',
    match(lower(JSONExtractString(properties, 'utm_medium')), '^(display|banner|cpm|interstitial)$'), 'display',
    match(lower(JSONExtractString(properties, 'utm_medium')), '^(cpc|ppc|sem|retargeting|paid.*)$'),
        if(match(lower(JSONExtractString(properties, 'utm_source')), 'facebook|instagram|tiktok|pinterest|twitter|linkedin|snapchat|youtube|reddit|meta'), 'paid_social', 'paid_search'),
    match(lower(JSONExtractString(properties, 'utm_medium')), '^(social.*|sm)$'), 'social',
    JSONExtractString(properties, 'utm_medium') != '', lower(JSONExtractString(properties, 'utm_medium')),
    JSONExtractString(properties, 'utm_source') != '', lower(JSONExtractString(properties, 'utm_source')),
    match(domain(lower(JSONExtractString(properties, 'referrer'))), '(^|\\\\.)(google|bing|duckduckgo|yahoo|ecosia|yandex|baidu|qwant)\\\\.'), 'organic',
    match(domain(lower(JSONExtractString(properties, 'referrer'))), '(^|\\\\.)(facebook|instagram|tiktok|pinterest|twitter|x|linkedin|snapchat|youtube|reddit|t)\\\\.(com|co)$'), 'social',
    JSONExtractString(properties, 'referrer') != '', 'referral',
    ''))`;

/**
 * An amount in minor units of one currency as minor units of another, times an exact fraction, rounded half to even. Null where
 * there is no rate (a denominator of 0), and where the outcome is more than can be counted.
 */
const convertFunction = `create or replace function convert_minor as (amount, numerator, denominator) -> if(
    denominator = 0, null,
    accurateCastOrNull(
        if(amount < 0, toInt256(-1), toInt256(1)) * (
            intDiv(toInt256(abs(toInt256(amount))) * numerator, if(denominator = 0, toInt256(1), denominator))
            + toInt256(
                (toInt256(abs(toInt256(amount))) * numerator % if(denominator = 0, toInt256(1), denominator)) * 2
                + intDiv(toInt256(abs(toInt256(amount))) * numerator, if(denominator = 0, toInt256(1), denominator)) % 2
                > if(denominator = 0, toInt256(1), denominator)
            )
        ),
        'Int64'
    )
)`;

/** Makes the functions that tables and views are written with. */
export async function createFunctions(warehouse: Warehouse): Promise<void> {
  const statements = [naturalKeyFunction, channelFunction, convertFunction, ...maskFunctions, ...trafficFunctions];
  for (const statement of statements) await warehouse.onEveryNode(statement);
}

/** The version of the schema this code writes; one more than the last migration. */
export const schemaVersion = migrations.length + 1;

/** Creates what is missing and migrates what is older; refuses a warehouse written by a newer version. */
export async function prepareSchema(warehouse: Warehouse, steps: readonly Migration[] = migrations): Promise<void> {
  const newest = steps.length + 1;
  await requireSameKind(warehouse);
  await createFunctions(warehouse);
  const { names, everywhere, recorded } = await presentSchema(warehouse);
  if (recorded !== null && recorded > newest) {
    throw new CartwrightError(
      "workspace_newer",
      `the warehouse has schema version ${recorded}; this version of Cartwright knows up to ${newest}`,
      { version: `with schema version ${recorded}` },
    );
  }
  // Each step is recorded when it is done, so that none runs twice.
  for (const [index, migration] of steps.entries()) {
    if (index + 1 < (recorded ?? newest)) continue;
    for (const statement of migration.statements) await warehouse.onEveryNode(statement);
    await writeState(warehouse, "schema_version", String(index + 2));
  }
  if (recorded === newest && isWhole(everywhere)) return;
  // What spans the nodes holds no rows, and is made anew of the tables as they are now.
  if (warehouse.cluster !== null) for (const name of names) await warehouse.define(`drop table if exists ${name} sync`);
  for (const path of creationOrder) await createOnAll(warehouse, path.split("/")[1] ?? "", readSql(file(path)));
  for (const table of builtTables) await createTwin(warehouse, `next_${table}`, table);
  // Without events there is none to be marked anew.
  if (recorded === null) await writeStates(warehouse, { [markedBy]: robotsVersion, ...divisionOf(warehouse) });
  await writeState(warehouse, "schema_version", String(newest));
}

const namesSql = "select name from system.tables where database = currentDatabase()";
const namesIn = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.map((row) => String(row.name)));
const presentNames = async (warehouse: Warehouse): Promise<ReadonlySet<string>> =>
  namesIn(await warehouse.query(namesSql));

interface Present {
  /** The tables there are where statements are written, and those that are on every node. */
  readonly names: ReadonlySet<string>;
  readonly everywhere: ReadonlySet<string>;
  /** The version of the schema they were made by; null without one. */
  readonly recorded: number | null;
}

async function presentSchema(warehouse: Warehouse): Promise<Present> {
  const names = await presentNames(warehouse);
  const onNodes = (await warehouse.readEveryNode(namesSql)).map(namesIn);
  const everywhere = new Set([...names].filter((name) => onNodes.every((ofNode) => ofNode.has(name))));
  return { names, everywhere, recorded: names.has("ops_state") ? await recordedVersion(warehouse) : null };
}

const isWhole = (names: ReadonlySet<string>): boolean =>
  creationOrder.every((path) => names.has(path.split("/")[1] ?? ""));

/** Whether all tables are there as this version has them, by the node that is asked. */
export async function isSchemaThere(warehouse: Warehouse): Promise<boolean> {
  const names = await presentNames(warehouse);
  return isWhole(names) && (await recordedVersion(warehouse)) === schemaVersion;
}

async function createOnAll(warehouse: Warehouse, name: string, sql: string): Promise<void> {
  await warehouse.onEveryNode(warehouse.cluster?.isReplicated ? await replicatedSql(warehouse, name, sql) : sql);
  if (warehouse.cluster !== null) await warehouse.define(isPassedOn(sql) ? spanningView(sql) : spanningTable(name));
}

/** State: between how many nodes rows are divided. */
export const dividedBetween = "divided_between";
export const divisionOf = ({ cluster }: Warehouse): Readonly<Record<string, string>> =>
  cluster === null ? {} : { [dividedBetween]: String(cluster.nodes.length) };

/** Makes a table with the columns of another one. */
export async function createTwin(warehouse: Warehouse, twin: string, table: string): Promise<void> {
  await createOnAll(warehouse, twin, `create table if not exists ${twin} as ${table}`);
}

/** Removes a table and its rows. */
export async function dropTwin(warehouse: Warehouse, twin: string): Promise<void> {
  if (warehouse.cluster !== null) await warehouse.define(`drop table if exists ${twin} sync`);
  await warehouse.onEveryNode(`drop table if exists ${twin} sync`);
}

/** Makes a view anew, where it was. */
export async function replaceView(warehouse: Warehouse, name: string, sql: string): Promise<void> {
  await createOnAll(warehouse, name, sql.replace("create view if not exists", "create or replace view"));
}

/** Makes a database; separate because the connection to it needs it to exist. */
export const createDatabaseSql = (name: string): string => `create database if not exists ${name}`;

async function recordedVersion(warehouse: Warehouse): Promise<number | null> {
  const value = await readStateOfFirst(warehouse, "schema_version");
  return value === null ? null : Number(value);
}

/** A setting the warehouse was built with, or null when none is recorded. */
export async function readState(warehouse: Warehouse, name: string): Promise<string | null> {
  const rows = await warehouse.query("select value from ops_state final where name = {name:String}", {
    bindings: { name },
  });
  return rows[0] ? String(rows[0].value) : null;
}

/** The same by the first node alone: one that was just added has no state yet. */
export async function readStateOfFirst(warehouse: Warehouse, name: string): Promise<string | null> {
  const sql = "select value from ops_state final where name = {name:String}";
  const [row] = await warehouse.readNode(0, sql, { bindings: { name } });
  return row ? String(row.value) : null;
}

/** Records a setting the warehouse was built with. */
export async function writeState(warehouse: Warehouse, name: string, value: string): Promise<void> {
  await writeStates(warehouse, { [name]: value });
}

/** Records several settings, all of them or none. */
export async function writeStates(warehouse: Warehouse, values: Readonly<Record<string, string>>): Promise<void> {
  await warehouse.command(
    `insert into ops_state (name, value, version)
     select arrayJoin(mapKeys({values:Map(String, String)})) as name, {values:Map(String, String)}[name], (select max(version) + 1 from ops_state)`,
    { bindings: { values } },
  );
}
