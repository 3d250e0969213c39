/**
 * What a build of some days may change: orders, customers and products by their keys. A table that follows from them is
 * its old rows of all other keys beside the new rows of these.
 */
import type { DayRange } from "./day-range.ts";
import { addDays, unionOfDays } from "./day-range.ts";
import { emptyNext, hasRows, keepOthers } from "./replace.ts";
import type { BuiltTable } from "./schema.ts";
import type { Warehouse } from "./warehouse.ts";

/** Binds the files that can build all rows or the touched ones. */
export const wholeTable = { is_whole: true, first_on: "1970-01-01", last_on: "1970-01-01" };

/** Batches that came since the last build, whether sessions followed only the sources that these touch, and whether nothing else changed. */
export interface Addition {
  readonly added: readonly number[];
  readonly isBySource: boolean;
  readonly isFollowed: boolean;
}

type TouchedKey = "order" | "customer" | "product";

/** Takes the rows of untouched keys over into a table's twin, before the touched ones' new rows come. */
export async function keepUntouched(warehouse: Warehouse, table: BuiltTable, key: TouchedKey): Promise<void> {
  await emptyNext(warehouse, table);
  await keepOthers(warehouse, table, { gone: `${key}_key in (select ${key}_key from touched_${key}s)` });
}

/**
 * Orders with a purchase in these days, now or before the build; where nothing but added batches changed, those that stand for a changed
 * session or are told of by the batches. To be called when `purchase_events` is filled.
 */
export async function touchOrders(
  warehouse: Warehouse,
  days: DayRange,
  timeZone: string,
  isFollowed: boolean,
): Promise<void> {
  const bindings = { first_on: days.firstOn, last_on: days.lastOn, time_zone: timeZone };
  const before = isFollowed
    ? "select order_key from changed_sessions where order_key != 0"
    : "select order_key from fct_order_lines where line_on >= {first_on:Date} and line_on <= {last_on:Date}";
  await warehouse.command("truncate table touched_orders");
  await warehouse.command(
    `insert into touched_orders
     select order_key from purchase_events
     where toDate(event_at, {time_zone:String}) >= {first_on:Date} and toDate(event_at, {time_zone:String}) <= {last_on:Date}
     union distinct
     ${before}`,
    { bindings },
  );
}

/**
 * Orders of order files that the added batches tell of, and those of people of whom the batches of customers tell: where an order has no
 * country it is its customer's, and another id of a customer may stand in it.
 */
export async function touchFiledOrders(warehouse: Warehouse, added: readonly number[]): Promise<void> {
  await warehouse.command("truncate table touched_orders");
  await warehouse.command(
    `insert into touched_orders
     select order_key from stg_orders
     where batch_key in {added:Array(UInt32)} or customer_key in (select customer_key from moved_customers)
     union distinct
     select order_key from stg_order_lines
     where batch_key in {added:Array(UInt32)} or customer_key in (select customer_key from moved_customers)
     union distinct
     select order_key from fct_orders where customer_key in (${toldPeople})`,
    { bindings: { added } },
  );
}

/** SQL: whoever made an event in some days, or whose order is touched. */
const peopleOfDays = `
  select customer_key from person_events where event_on >= {first_on:Date} and event_on <= {last_on:Date}
  union distinct
  select customer_key from fct_orders where order_key in touched_orders
  union distinct
  select customer_key from next_fct_orders where order_key in touched_orders`;

/**
 * SQL: whoever the added events, new sessions and touched orders are of and is not known yet; whose changed sessions all went, or whose
 * order is another's now; and whose touched orders tell a country.
 */
const peopleWhoComeOrGo = `
  with
    seen as (
      select customer_key from touched_events where batch_key in {added:Array(UInt32)}
      union distinct
      select customer_key from changed_sessions where not is_gone
      union distinct
      select customer_key from next_fct_orders where order_key in touched_orders
    ),
    known as (select customer_key from dim_customer where customer_key in (select customer_key from seen))
  select customer_key from seen where customer_key not in (select customer_key from known)
  union distinct
  select customer_key from changed_sessions
  where is_gone and customer_key not in (select customer_key from changed_sessions where not is_gone)
  union distinct
  select customer_key from fct_orders
  where order_key in touched_orders and (
    country != ''
    or (order_key, customer_key) not in (select order_key, customer_key from next_fct_orders where order_key in touched_orders)
  )
  union distinct
  select customer_key from next_fct_orders where order_key in touched_orders and country != ''`;

/** SQL: persons of whom the added batches' records tell, and those whom a customer joined or left. */
const toldPeople = `
  select if(identities.person_key != 0, identities.person_key, records.customer_key) as told_key
  from stg_customers as records left any join dim_identity as identities on records.customer_key = identities.customer_key
  where records.batch_key in {added:Array(UInt32)}
  union distinct
  select arrayJoin([customer_key, old_person_key, new_person_key]) as told_key from moved_customers`;

/** Whether there is a row of the added batches in a table. */
export async function hasAdded(warehouse: Warehouse, table: string, added: readonly number[]): Promise<boolean> {
  return await hasRows(warehouse, table, "batch_key in {added:Array(UInt32)}", { added });
}

/** Days on which touched orders or their lines stand, before and after; to be called before the twins take their places. */
export async function daysOfTouchedOrders(warehouse: Warehouse, days: DayRange): Promise<DayRange> {
  const of = (table: string, column: string): string =>
    `select min(${column}) as first_day, max(${column}) as last_day, count() as part_rows from ${table} where order_key in touched_orders`;
  const row = await warehouse.queryOne(`
    select toString(minIf(first_day, part_rows > 0)) as first_on, toString(maxIf(last_day, part_rows > 0)) as last_on, sum(part_rows) as row_count
    from (
      ${of("fct_order_lines", "line_on")} union all ${of("next_fct_order_lines", "line_on")}
      union all ${of("fct_orders", "ordered_on")} union all ${of("next_fct_orders", "ordered_on")}
    )`);
  if (Number(row.row_count) === 0) return days;
  return unionOfDays(days, { firstOn: String(row.first_on), lastOn: String(row.last_on) });
}

/**
 * Customers of the events of these days, of the touched orders before and after, and of records in the batches that were added. Where
 * sessions followed sources, of events, sessions and orders only those who may come, go or be told otherwise: whoever is known and has
 * sessions and orders as before stays as they are. To be called before the twins of orders take their places.
 */
export async function touchCustomers(
  warehouse: Warehouse,
  days: DayRange,
  { added, isBySource }: Addition,
): Promise<void> {
  // A session that began in these days may hold events of the day after.
  const bindings = { first_on: days.firstOn, last_on: addDays(days.lastOn, 1), added };
  await warehouse.command("truncate table touched_customers");
  await warehouse.command(
    `insert into touched_customers
     ${isBySource ? peopleWhoComeOrGo : peopleOfDays}
     union distinct
     ${toldPeople}`,
    { bindings },
  );
}

/** Products that the added batches tell of or show. */
export async function touchProducts(warehouse: Warehouse, added: readonly number[]): Promise<void> {
  await warehouse.command("truncate table touched_products");
  await warehouse.command(
    `insert into touched_products
     select product_key from stg_product_sightings where batch_key in {added:Array(UInt32)}
     union distinct
     select product_key from stg_products where batch_key in {added:Array(UInt32)}`,
    { bindings: { added } },
  );
}
