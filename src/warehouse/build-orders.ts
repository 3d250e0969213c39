/** Orders, lines and payments from order files, or from purchase events in a shop without any. */
import { type Config, decimalsOfCurrency } from "../config.ts";
import { type DayRange, isEmptyRange } from "./day-range.ts";
import { buildSql, emptyNext, replacePartition, swapNext } from "./replace.ts";
import {
  type Addition,
  daysOfTouchedOrders,
  hasAdded,
  keepUntouched,
  touchCustomers,
  touchFiledOrders,
  touchOrders,
  wholeTable,
} from "./touched.ts";
import type { Warehouse } from "./warehouse.ts";

export type OrdersSource = "orders" | "events";

/** Tables that follow by the orders that are touched. */
const orderTables = ["fct_order_lines", "fct_orders"] as const;

/** The one authoritative source of orders: as configured, or order files as soon as any are loaded. */
export async function ordersSource(warehouse: Warehouse, config: Config): Promise<OrdersSource> {
  if (config.orders_source !== "auto") return config.orders_source;
  const row = await warehouse.queryOne(`
    select count() as batch_count from ops_batches final where state = 'loaded' and kind in ('orders', 'order_lines')`);
  return Number(row.batch_count) > 0 ? "orders" : "events";
}

export async function rebuildOrders(warehouse: Warehouse, config: Config): Promise<OrdersSource> {
  const source = await fillOrders(warehouse, config);
  for (const table of ["fct_order_lines", "fct_orders", "fct_payments"] as const) await swapNext(warehouse, table);
  return source;
}

export async function rebuildDayRates(warehouse: Warehouse, config: Config): Promise<void> {
  await fillDayRates(warehouse, config);
  await swapNext(warehouse, "day_rates");
}

/** Writes the rate of each day and currency to the twin of day_rates. */
export async function fillDayRates(warehouse: Warehouse, config: Config): Promise<void> {
  await emptyNext(warehouse, "day_rates");
  await buildSql(warehouse, "core/next_day_rates", { currency: config.currency, decimals: decimalsOfCurrency });
}

/**
 * The same where nothing was taken back: for orders of purchase events of some days, or of the order files that were added. Other orders
 * keep their rows. Notes the customers whom events and orders touch.
 *
 * @returns the days on which orders or lines may have changed, these days among them
 */
export async function rebuildOrdersOf(
  warehouse: Warehouse,
  config: Config,
  source: OrdersSource,
  days: DayRange,
  addition: Addition,
): Promise<DayRange> {
  const { added, isFollowed } = addition;
  await emptySteps(warehouse);
  const bindings = {
    time_zone: config.time_zone,
    currency: config.currency,
    is_whole: false,
    first_on: days.firstOn,
    last_on: days.lastOn,
  };
  if (source === "orders") await touchFiledOrders(warehouse, added);
  else if (isEmptyRange(days)) await warehouse.command("truncate table touched_orders");
  else {
    await buildSql(warehouse, "core/purchase_events.build", { ...bindings, is_by_source: isFollowed, added });
    await touchOrders(warehouse, days, config.time_zone, isFollowed);
  }
  const { order_count } = await warehouse.queryOne("select count() as order_count from touched_orders");
  const isTouched = Number(order_count) > 0;
  let changed = days;
  if (isTouched) {
    for (const table of orderTables) await keepUntouched(warehouse, table, "order");
    await buildSql(warehouse, `core/order_heads.${source}`, bindings);
    await fillOrderRates(warehouse, config, source);
    await buildSql(warehouse, `core/next_order_lines.${source}`, bindings);
    await buildSql(warehouse, "core/next_orders", bindings);
    changed = await daysOfTouchedOrders(warehouse, days);
  }
  await touchCustomers(warehouse, days, addition);
  if (isTouched) for (const table of orderTables) await swapNext(warehouse, table);
  if (isTouched || (await hasAdded(warehouse, "stg_payments", added))) {
    await emptyNext(warehouse, "fct_payments");
    await buildSql(warehouse, "core/next_payments", { orders: "fct_orders", time_zone: config.time_zone });
    await swapNext(warehouse, "fct_payments");
  }
  return changed;
}

/** Writes orders, lines and payments to their twins. */
export async function fillOrders(warehouse: Warehouse, config: Config): Promise<OrdersSource> {
  const source = await ordersSource(warehouse, config);
  const bindings = { time_zone: config.time_zone, currency: config.currency, ...wholeTable };
  await emptySteps(warehouse);
  for (const table of ["fct_order_lines", "fct_orders", "fct_payments"] as const) await emptyNext(warehouse, table);
  await warehouse.command("truncate table product_day_costs");
  await buildSql(warehouse, "core/product_day_costs.build", {});
  if (source === "events")
    await buildSql(warehouse, "core/purchase_events.build", { ...bindings, is_by_source: false, added: [] });
  await buildSql(warehouse, `core/order_heads.${source}`, bindings);
  await fillOrderRates(warehouse, config, source);
  await buildSql(warehouse, `core/next_order_lines.${source}`, bindings);
  await buildSql(warehouse, "core/next_orders", bindings);
  await buildSql(warehouse, "core/next_payments", { orders: "next_fct_orders", time_zone: config.time_zone });
  return source;
}

async function emptySteps(warehouse: Warehouse): Promise<void> {
  for (const table of ["purchase_events", "order_heads", "order_rates"])
    await warehouse.command(`truncate table ${table}`);
}

/** The rates of orders with amounts in other currencies, those of `order_heads`; most shops have none. */
async function fillOrderRates(warehouse: Warehouse, config: Config, source: OrdersSource): Promise<void> {
  await buildSql(warehouse, `core/next_order_rates.${source}`, { time_zone: config.time_zone });
}

/** Writes purchase events of order lines to the twin of fct_events, in a shop that has no events of its own. */
export async function fillDerivedEvents(warehouse: Warehouse, source: OrdersSource): Promise<void> {
  const own = await warehouse.queryOne("select count() as event_count from fct_events where not is_derived");
  await emptyNext(warehouse, "fct_events");
  if (source === "orders" && Number(own.event_count) === 0) await buildSql(warehouse, "core/next_derived_events", {});
}

/** Purchase events from order lines, in a shop that has no events of its own; none otherwise. */
export async function replaceDerivedEvents(warehouse: Warehouse, source: OrdersSource): Promise<void> {
  await fillDerivedEvents(warehouse, source);
  const partitions = await warehouse.query(`
    select distinct partition_id as id from stored_parts
    where table in ('fct_events', 'next_fct_events') and partition_id like '%-1'`);
  for (const { id } of partitions) await replacePartition(warehouse, "fct_events", "partition id", String(id));
  await emptyNext(warehouse, "fct_events");
}
