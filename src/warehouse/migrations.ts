/** Changes of the warehouse's schema between versions. */
import { readSql } from "./sql-file.ts";

/**
 * One change, forward only, oldest first; never edited after release. Built
 * tables need none: they are dropped here and built again. Tables that hold what was imported are altered in place.
 */
export interface Migration {
  /** What changes, for the changelog and the log. */
  readonly summary: string;
  readonly statements: readonly string[];
}

const clickIsAnEvent =
  "Enum8('view' = 1, 'search' = 2, 'cart_add' = 3, 'cart_remove' = 4, 'wishlist_add' = 5, 'wishlist_remove' = 6, 'checkout_start' = 7, 'purchase' = 8, 'refund' = 9, 'review' = 10, 'click' = 11)";

const pagesAreEvents = clickIsAnEvent.replace("'click' = 11", "'click' = 11, 'page' = 12, 'custom' = 13");

export const migrations: readonly Migration[] = [
  {
    summary: "clicks on a product are a kind of event",
    statements: [
      ...["fct_events", "next_fct_events", "load_events", "held_events"].map(
        (table) => `alter table ${table} modify column event_type ${clickIsAnEvent}`,
      ),
      ...["fct_sessions", "next_fct_sessions"].map(
        (table) => `alter table ${table} modify column event_types Array(${clickIsAnEvent})`,
      ),
    ],
  },
  {
    summary: "who visited each day is kept as a set that merges over days",
    statements: [
      `create table if not exists agg_visitor_daily (
        day_on Date comment 'The day',
        visitors AggregateFunction(groupBitmap, UInt64) comment 'Keys of the customers and visitors with an event that day; groupBitmapMerge counts them over days'
      ) engine = MergeTree partition by toYYYYMM(day_on) order by day_on`,
      "truncate table agg_visitor_daily",
      `insert into agg_visitor_daily (day_on, visitors)
       select event_on, groupBitmapState(customer_key) from fct_events where customer_key != 0 group by event_on`,
    ],
  },
  {
    summary: "a run of a model knows what it was asked for",
    statements: [
      // Workspaces from before there were models have no such table yet.
      readSql(new URL("./ops/ops_model_runs.sql", import.meta.url)),
      "alter table ops_model_runs add column if not exists settings Map(String, String) comment 'What was asked for, such as horizon_days, by name' after seed",
    ],
  },
  {
    summary:
      "pages and events of other names are kinds of event; refunds of an order reported as events are its returns",
    statements: [
      ...["fct_events", "next_fct_events", "load_events", "held_events"].map(
        (table) => `alter table ${table} modify column event_type ${pagesAreEvents}`,
      ),
      ...["fct_sessions", "next_fct_sessions"].map(
        (table) => `alter table ${table} modify column event_types Array(${pagesAreEvents})`,
      ),
      // A table takes its place, which is made with those that are missing.
      "drop table if exists purchase_events",
      "alter table stg_customers add column if not exists message_id String comment 'Id of the message that told it; empty where a file did'",
    ],
  },
  {
    summary: "a run of a model is champion or challenger, and keeps how its people were spread",
    statements: [
      readSql(new URL("./ops/ops_model_runs.sql", import.meta.url)),
      "alter table ops_model_runs add column if not exists trained_run_key UInt64 default run_key comment 'Run whose training made the model; its own number unless it is a scoring by a kept model' after artefact",
      "alter table ops_model_runs add column if not exists standing LowCardinality(String) default 'champion' comment 'champion: answers; challenger: was measured worse than the champion and has no predictions; aside: of an earlier day than the champion, answers only when asked for' after trained_run_key",
      "alter table ops_model_runs add column if not exists standing_reason String comment 'Why it has this standing, in words' after standing",
      "alter table ops_model_runs add column if not exists training_shares Map(String, Array(Float64)) comment 'Shares of the people trained on, by bin of each feature and of the score; the last bin is of missing values' after standing_reason",
      "alter table ops_model_runs add column if not exists scored_shares Map(String, Array(Float64)) comment 'The same of the people scored' after training_shares",
      "alter table ops_model_runs add column if not exists scored_count UInt64 comment 'People scored' after scored_shares",
    ],
  },
  {
    summary: "built customers are masked: how somebody is reached and where they live stands in landed rows alone",
    statements: [
      `alter table dim_customer update
         email = mask_email(email), address = mask_start(address), postal_code = mask_start(postal_code), attributes = mask_attributes(attributes)
       where true settings mutations_sync = 1`,
    ],
  },
  {
    summary: "an event knows what the tracking plan said of it as it was collected",
    statements: [
      ...["fct_events", "next_fct_events", "load_events", "held_events"].map(
        (table) =>
          `alter table ${table} add column if not exists plan_note LowCardinality(String) comment 'Name of the collected message''s event at its source and, on further lines, what is against the tracking plan; on the first row of a message, else empty' codec(ZSTD(1))`,
      ),
      "alter table in_events add column if not exists plan_note LowCardinality(String)",
      // A view takes its place, which is made with those that are missing.
      "drop view if exists load_events_view",
    ],
  },
  {
    summary:
      "events that robots made, and those that are said to be tests, are marked; the build marks those that are there",
    // A view takes its place, which is made with those that are missing.
    statements: [
      "drop view if exists load_events_view",
      ...["fct_events", "next_fct_events", "load_events", "held_events"].flatMap((table) => [
        `alter table ${table} comment column is_bot 'Made by a known robot, by its user agent; counted unless traffic is people'`,
        `alter table ${table} comment column is_staff 'Said by its source to be a test or of the shop''s own people; counted unless traffic is people'`,
      ]),
    ],
  },
  {
    summary: "amounts may be in other currencies than the shop's",
    statements: [
      // Workspaces from before there was advertising spend have no such table yet.
      readSql(new URL("./staging/stg_spend.sql", import.meta.url)),
      ...["stg_order_lines", "held_order_lines", "stg_orders", "stg_payments", "stg_spend"].map(
        (table) =>
          `alter table ${table} add column if not exists currency LowCardinality(String) comment 'ISO 4217 code of the amounts; empty where it is the shop''s'`,
      ),
      ...["fct_orders", "next_fct_orders"].flatMap((table) => [
        `alter table ${table} add column if not exists original_currency LowCardinality(String) comment 'ISO 4217 code in which it was placed, where that is not the shop''s; mixed: in several; empty: in the shop''s' codec(ZSTD(1))`,
        `alter table ${table} add column if not exists original_gross_minor Nullable(Int64) comment 'gross_minor in minor units of original_currency; null in the shop''s and in several' codec(ZSTD(1))`,
        `alter table ${table} add column if not exists original_refunded_minor Nullable(Int64) comment 'refunded_minor in minor units of original_currency; null in the shop''s and in several' codec(ZSTD(1))`,
      ]),
      ...["fct_order_lines", "next_fct_order_lines"].flatMap((table) => [
        `alter table ${table} add column if not exists original_currency LowCardinality(String) comment 'ISO 4217 code in which its amounts were given, where that is not the shop''s; else empty' codec(ZSTD(1))`,
        `alter table ${table} add column if not exists original_revenue_minor Nullable(Int64) comment 'revenue_minor in minor units of original_currency; null in the shop''s' codec(ZSTD(1))`,
      ]),
      // What passes incoming lines on is made anew with those that are missing.
      ...["stg_order_lines_view", "order_lines_products_view", "order_lines_customers_view", "in_order_lines"].map(
        (table) => `drop table if exists ${table}`,
      ),
      ...["load_events_view", "events_products_view", "events_customers_view", "in_events", "purchase_events"].map(
        (table) => `drop table if exists ${table}`,
      ),
    ],
  },
  {
    summary: "a session knows its products, for questions about some of them; the next build builds sessions anew",
    statements: ["fct_sessions", "next_fct_sessions"].map(
      (table) =>
        `alter table ${table} add column if not exists product_keys Array(UInt64) comment 'These products, in the order in which they were first touched' codec(ZSTD(1)) after product_count`,
    ),
  },
  {
    summary: "visitors with large keys are kept as a list; the next build counts them anew",
    statements: ["agg_visitor_daily", "next_agg_visitor_daily"].flatMap((table) => [
      `alter table ${table} add column if not exists further_visitors Array(UInt64) comment 'Their larger keys in order; uniqExactArray counts them over days' codec(ZSTD(1))`,
      `alter table ${table} comment column visitors 'Keys below 2^32 of the customers and visitors with an event that day; groupBitmapMerge counts them over days'`,
    ]),
  },
  {
    summary: "a step of the build knows the slices in which sessions changed; it is made anew with what is missing",
    statements: ["drop table if exists changed_sessions"],
  },
  {
    summary: "a step of the build knows which sessions went; it is made anew with what is missing",
    statements: ["drop table if exists changed_sessions"],
  },
];
