/** Prices of events in other currencies, put into `fct_events` in the shop's by the rate of each event's day. */
import { type DayRange, everyDay, isEmptyRange, noDays, unionOfDays } from "./day-range.ts";
import { buildSql } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

/** The events, of one batch or of all with null, whose price is to be another, written to event_prices; how many there are. */
export async function findWrongPrices(
  warehouse: Warehouse,
  events: "fct_events" | "load_events",
  { firstOn, lastOn }: DayRange,
  batchKey: number | null,
): Promise<number> {
  await warehouse.command("truncate table event_prices");
  await buildSql(warehouse, "core/event_prices.build", {
    events,
    first_on: firstOn,
    last_on: lastOn,
    batch_key: batchKey ?? 0,
  });
  const { row_count } = await warehouse.queryOne("select count() as row_count from event_prices");
  return Number(row_count);
}

/** Takes the prices of event_prices over. @param partition the one that holds all of them; null for any */
async function takeOver(
  warehouse: Warehouse,
  events: "fct_events" | "load_events",
  partition: string | null,
): Promise<void> {
  // An update goes on without a database of its own, and looks the table up by its whole name.
  await warehouse.command(
    `alter table ${events} update price_minor = joinGet({prices:String}, 'price_minor', bitShiftLeft(toUInt64(batch_key), 36) + source_row)
     ${partition === null ? "" : "in partition id {partition:String}"}
     where (batch_key, source_row) in (select batch_key, source_row from event_prices)`,
    {
      bindings: { prices: `${warehouse.localDatabase}.event_prices`, ...(partition === null ? {} : { partition }) },
      settings: { mutations_sync: "2" },
    },
  );
}

/** Prices the events of the batch that waits to be attached, as far as rates are known: once it counts, a month would be written anew. */
export async function priceArrived(warehouse: Warehouse, batchKey: number): Promise<void> {
  const { row_count } = await warehouse.queryOne(
    "select count() as row_count from stg_event_amounts where batch_key = {batch_key:UInt32}",
    { bindings: { batch_key: batchKey } },
  );
  if (Number(row_count) === 0) return;
  if ((await findWrongPrices(warehouse, "load_events", everyDay, batchKey)) > 0)
    await takeOver(warehouse, "load_events", null);
  await warehouse.command("truncate table event_prices");
}

/**
 * Brings these prices up to date on some days, on all with null. Most shops have none, and then this is one look.
 *
 * @param owe notes days before their prices change, so that a build that ends within is taken up
 * @returns the months with a price that changed
 */
export async function repriceEvents(
  warehouse: Warehouse,
  days: DayRange | null,
  owe: (days: DayRange) => Promise<void>,
): Promise<DayRange> {
  if (days !== null && isEmptyRange(days)) return noDays;
  const months = await warehouse.query(
    `select toString(toYYYYMM(event_on)) as month, toString(min(event_on)) as first_on, toString(max(event_on)) as last_on
     from stg_event_amounts
     where event_on >= {first_on:Date} and event_on <= {last_on:Date}
     group by month order by month`,
    { bindings: { first_on: (days ?? everyDay).firstOn, last_on: (days ?? everyDay).lastOn } },
  );
  if (months.length === 0) return noDays;
  let changed = noDays;
  for (const { month, first_on, last_on } of months) {
    const range = { firstOn: String(first_on), lastOn: String(last_on) };
    if ((await findWrongPrices(warehouse, "fct_events", range, null)) === 0) continue;
    changed = unionOfDays(changed, range);
    await owe(changed);
    await takeOver(warehouse, "fct_events", `${month}-0`);
  }
  await warehouse.command("truncate table event_prices");
  return changed;
}
