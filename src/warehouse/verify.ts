/**
 * Does the warehouse agree with what was landed? Every built table is computed again into its twin, without replacing
 * anything, and compared row for row; the journal of imports is held against the rows that are there.
 */
import type { Config } from "../config.ts";
import { fillDayRates, fillDerivedEvents, fillOrders } from "./build-orders.ts";
import { fillSessions } from "./build-sessions.ts";
import { everyDay } from "./day-range.ts";
import { findWrongPrices } from "./event-prices.ts";
import { dailyTables, fillDaily, fillProductDays, fillRecordTable, recordTables, wholeSpan } from "./fill.ts";
import { fillIdentities } from "./identity/follow.ts";
import { landings } from "./landing.ts";
import { emptyNext } from "./replace.ts";
import { type BuiltTable, builtTables, readState } from "./schema.ts";
import { fillFlaggedDays, fillStaff } from "./traffic/follow.ts";
import type { Row, Warehouse } from "./warehouse.ts";

/** One disagreement; `stored` or `recomputed` is null when the row is missing on that side. */
export interface Difference {
  readonly table: string;
  /** The row, as `column=value` pairs. */
  readonly key: string;
  readonly column: string;
  readonly stored: string | null;
  readonly recomputed: string | null;
}

export interface Verification {
  /** Rows compared in each built table. */
  readonly tables: readonly { readonly table: BuiltTable; readonly row_count: number }[];
  readonly batch_count: number;
  /** The first difference of each table and of each check; none when everything agrees. */
  readonly differences: readonly Difference[];
}

const keys: Readonly<Record<BuiltTable, readonly string[]>> = {
  fct_events: ["batch_key", "source_row"],
  fct_sessions: ["source_key", "is_inferred", "started_at"],
  fct_order_lines: ["batch_key", "source_row", "order_key", "product_key"],
  fct_orders: ["order_key"],
  fct_payments: ["order_key", "payment_number"],
  fct_inventory: ["product_key", "day_on"],
  day_rates: ["currency", "day_on"],
  dim_identity: ["customer_key"],
  identity_links: ["from_key", "to_key", "kind"],
  identity_records: ["customer_key", "batch_key", "source_row"],
  dim_customer: ["customer_key"],
  dim_staff: ["customer_key"],
  dim_product: ["product_key"],
  dim_date: ["day_on"],
  agg_daily: ["day_on"],
  agg_visitor_daily: ["day_on"],
  agg_product_daily: ["day_on", "product_key"],
  agg_flagged_daily: ["day_on", "customer_key", "session_key"],
};

/** Recomputes and compares everything; costs about as much as a full build. Nothing else may build meanwhile. */
export async function verify(warehouse: Warehouse, config: Config): Promise<Verification> {
  const isSmall = (await readState(warehouse, "session_slices")) !== "day";
  const found: { table: BuiltTable; row_count: number; difference: Difference | null }[] = [];
  const check = async (...tables: readonly BuiltTable[]): Promise<void> => {
    for (const table of tables) found.push({ table, ...(await compare(warehouse, table)) });
    for (const table of tables) await emptyNext(warehouse, table);
  };
  await fillIdentities(warehouse, config);
  await check("dim_identity", "identity_links");
  await emptyNext(warehouse, "identity_records");
  await fillSessions(warehouse, config, isSmall);
  await check("fct_sessions");
  await fillDayRates(warehouse, config);
  await check("day_rates");
  const source = await fillOrders(warehouse, config);
  await check("fct_orders", "fct_order_lines", "fct_payments");
  await fillDerivedEvents(warehouse, source);
  await check("fct_events");
  for (const table of recordTables) {
    await fillRecordTable(warehouse, config, table);
    await check(table);
  }
  const whole = await wholeSpan(warehouse);
  await fillDaily(warehouse, whole);
  await fillProductDays(warehouse, whole);
  await fillFlaggedDays(warehouse, config, whole);
  await fillStaff(warehouse, config);
  await check(...dailyTables, "agg_product_daily", "agg_flagged_daily", "dim_staff");
  const journal = await checkJournal(warehouse);
  return {
    tables: builtTables.flatMap((table) => found.filter((one) => one.table === table)).map(onlyCounts),
    batch_count: journal.batchCount,
    differences: [
      ...found.flatMap((one) => one.difference ?? []),
      ...journal.differences,
      ...(await checkEventPrices(warehouse)),
      ...(await checkSums(warehouse)),
    ],
  };
}

const onlyCounts = ({ table, row_count }: { table: BuiltTable; row_count: number }) => ({ table, row_count });

/** Maps cannot be grouped by, the hash of a null is not always the same, and equal sets may be kept in different ways. */
function comparable(name: string, type: string): string {
  if (type.startsWith("AggregateFunction(groupBitmap"))
    return `cityHash64(arraySort(bitmapToArray(${name}))) as ${name}`;
  if (type.startsWith("Map")) return `toString(${name}) as ${name}`;
  return type.startsWith("Nullable") ? `ifNull(toString(${name}), 'null') as ${name}` : name;
}

async function compare(
  warehouse: Warehouse,
  table: BuiltTable,
): Promise<{ row_count: number; difference: Difference | null }> {
  const columns = (
    await warehouse.query(
      "select name, type from system.columns where database = currentDatabase() and table = {table:String} and default_kind = '' order by position",
      { bindings: { table } },
    )
  ).map((row) => comparable(String(row.name), String(row.type)));
  const stored = table === "fct_events" ? "fct_events where is_derived" : table;
  const digest = (from: string) =>
    `(select (count(), sum(cityHash64(*))) from (select ${columns.join(", ")} from ${from}))`;
  const row = await warehouse.queryOne(
    `select ${digest(stored)} as ours, ${digest(`next_${table}`)} as theirs, toString(ours.1) as row_count, ours = theirs as is_equal`,
  );
  const difference =
    row.is_equal === true || Number(row.is_equal) === 1
      ? null
      : await firstDifference(warehouse, table, columns, stored);
  return { row_count: Number(row.row_count), difference };
}

async function firstDifference(
  warehouse: Warehouse,
  table: BuiltTable,
  columns: readonly string[],
  stored: string,
): Promise<Difference> {
  const names = columns.map((column) => column.split(" as ").at(-1) ?? column);
  const rows = await warehouse.query(
    `select ${names.join(", ")}, sum(side) as surplus
     from (
       select ${columns.join(", ")}, toInt32(1) as side from ${stored}
       union all
       select ${columns.join(", ")}, toInt32(-1) as side from next_${table}
     )
     group by ${names.join(", ")}
     having surplus != 0
     order by ${keys[table].join(", ")}, surplus
     limit 2`,
    { settings: { max_bytes_before_external_group_by: "2000000000" } },
  );
  const keyOf = (row: Row | undefined): string => keys[table].map((name) => `${name}=${shown(row?.[name])}`).join(", ");
  const [first, second] = rows;
  const key = keyOf(first);
  const isPair = second !== undefined && keyOf(second) === key && Number(first?.surplus) * Number(second.surplus) < 0;
  if (!isPair) {
    const isStored = Number(first?.surplus) > 0;
    return {
      table,
      key,
      column: "",
      stored: isStored ? "a row" : null,
      recomputed: isStored ? null : "a row",
    };
  }
  const [ours, theirs] = Number(first?.surplus) > 0 ? [first, second] : [second, first];
  const column = names.find((name) => shown(ours?.[name]) !== shown(theirs?.[name])) ?? "";
  return { table, key, column, stored: shown(ours?.[column]), recomputed: shown(theirs?.[column]) };
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));

/** Rows per batch as landed, set aside and refused, against what the journal says of the batch. */
async function checkJournal(warehouse: Warehouse): Promise<{ batchCount: number; differences: Difference[] }> {
  const landed = Object.entries(landings)
    .map(
      ([kind, { keptIn, keptWhere = "true" }]) =>
        `select '${kind}' as kind, batch_key, count() as row_count from ${keptIn} where ${keptWhere} group by batch_key`,
    )
    .join("\nunion all ");
  const rows = await warehouse.query(`
    select
      batches.batch_key as batch_key, batches.state as state, batches.read_rows as read_rows,
      batches.loaded_rows as loaded_rows, batches.duplicate_rows as duplicate_rows,
      batches.rejected_rows as rejected_rows, batches.is_built as is_built,
      landed.row_count as landed_count, held.row_count as held_count, rejects.row_count as reject_count
    from (select * from ops_batches final) as batches
    left any join (${landed}) as landed on batches.batch_key = landed.batch_key and batches.kind = landed.kind
    left any join (
      select batch_key, count() as row_count from (
        select batch_key from held_events union all select batch_key from held_order_lines
      ) group by batch_key
    ) as held on batches.batch_key = held.batch_key
    left any join (select batch_key, count() as row_count from ops_rejects group by batch_key) as rejects
      on batches.batch_key = rejects.batch_key
    order by batch_key`);
  const differences: Difference[] = [];
  for (const row of rows) {
    const number = (name: string): number => Number(row[name]);
    const isLive = row.state === "loaded";
    const expect = (column: string, told: number, there: number): void => {
      if (told === there || differences.some((one) => one.column === column)) return;
      const key = `batch_key=${row.batch_key}`;
      differences.push({ table: "ops_batches", key, column, stored: String(told), recomputed: String(there) });
    };
    const parts = number("loaded_rows") + number("duplicate_rows") + number("rejected_rows");
    expect("read_rows", number("read_rows"), parts);
    expect("loaded_rows", isLive ? number("loaded_rows") : 0, number("landed_count"));
    if (row.state === "duplicate") continue;
    expect("duplicate_rows", isLive ? number("duplicate_rows") : 0, number("held_count"));
    if (isLive) expect("rejected_rows", number("rejected_rows"), number("reject_count"));
  }
  return { batchCount: rows.length, differences };
}

/** Prices of events in other currencies that are not what the rate of their day makes of them. */
async function checkEventPrices(warehouse: Warehouse): Promise<Difference[]> {
  if ((await findWrongPrices(warehouse, "fct_events", everyDay, null)) === 0) return [];
  // The join keeps its right side in memory: wrong prices are few, events are not.
  const rows = await warehouse.query(
    `select wrong.batch_key as batch_key, wrong.source_row as source_row, toString(events.price_minor) as told, toString(wrong.price_minor) as there
     from fct_events as events
     inner join (select batch_key, source_row, price_minor from event_prices) as wrong on wrong.batch_key = events.batch_key and wrong.source_row = events.source_row
     order by batch_key, source_row limit 1`,
  );
  await warehouse.command("truncate table event_prices");
  return rows.map((row) => ({
    table: "fct_events",
    key: `batch_key=${row.batch_key}, source_row=${row.source_row}`,
    column: "price_minor",
    stored: String(row.told),
    recomputed: String(row.there),
  }));
}

const sums: readonly { readonly column: string; readonly rollup: string; readonly facts: string }[] = [
  { column: "event_count", rollup: "sum(event_count) from agg_daily", facts: "count() from fct_events" },
  { column: "session_count", rollup: "sum(session_count) from agg_daily", facts: "count() from fct_sessions" },
  {
    column: "order_count",
    rollup: "sum(order_count) from agg_daily",
    facts: "countIf(has_positive_line and not is_cancelled) from fct_orders",
  },
  {
    column: "gross_minor",
    rollup: "sum(gross_minor) from agg_daily",
    facts: "sumIf(revenue_minor, revenue_minor > 0 and not is_cancelled) from fct_order_lines",
  },
  {
    column: "view_count",
    rollup: "sum(view_count) from agg_product_daily",
    facts: "countIf(event_type = 'view' and product_key != 0 and not is_derived) from fct_events",
  },
  {
    column: "event_count",
    rollup: "sum(event_count) from fct_sessions",
    facts: "countIf(not is_derived and (session_key != 0 or customer_key != 0)) from fct_events",
  },
];

/** Sums of rollups and sessions against the facts themselves, by other queries than the builds use. */
async function checkSums(warehouse: Warehouse): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { column, rollup, facts } of sums) {
    const row = await warehouse.queryOne(
      `select toString((select ${rollup})) as told, toString((select ${facts})) as there`,
    );
    if (row.told === row.there) continue;
    const table = rollup.split(" from ")[1] ?? "";
    differences.push({ table, key: "all rows", column, stored: String(row.told), recomputed: String(row.there) });
  }
  return differences;
}
