/** Prices of events in other currencies, put into `fct_events` in the shop's by the rate of each event's day. */
import { type DayRange, isEmptyRange, noDays, unionOfDays } from "./day-range.ts";
import { buildSql } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

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
    { bindings: { first_on: days?.firstOn ?? "1970-01-01", last_on: days?.lastOn ?? "2149-06-06" } },
  );
  if (months.length === 0) return noDays;
  // An update goes on without a database of its own, and looks the table up by its whole name.
  const { name } = await warehouse.queryOne("select currentDatabase() as name");
  const prices = `${String(name)}.event_prices`;
  let changed = noDays;
  for (const { month, first_on, last_on } of months) {
    const range = { firstOn: String(first_on), lastOn: String(last_on) };
    await warehouse.command("truncate table event_prices");
    await buildSql(warehouse, "core/event_prices.build", { first_on: range.firstOn, last_on: range.lastOn });
    const { row_count } = await warehouse.queryOne("select count() as row_count from event_prices");
    if (Number(row_count) === 0) continue;
    changed = unionOfDays(changed, range);
    await owe(changed);
    await warehouse.command(
      `alter table fct_events update price_minor = joinGet({prices:String}, 'price_minor', bitShiftLeft(toUInt64(batch_key), 36) + source_row)
       in partition id {partition:String}
       where (batch_key, source_row) in (select batch_key, source_row from event_prices)`,
      { bindings: { partition: `${month}-0`, prices }, settings: { mutations_sync: "2" } },
    );
  }
  await warehouse.command("truncate table event_prices");
  return changed;
}
