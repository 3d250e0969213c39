import { currencyDecimals } from "../config.ts";
import { hasWorkspaceStore } from "../delivery/index.ts";
import { lackNotices } from "../trust/index.ts";
import { version } from "../version.ts";
import { readLeavingOut } from "../warehouse/leave-out.ts";
import type { ShopContext } from "./context.ts";

const countsSql = `
  select
    (select count() from fct_events) as events,
    (select count() from fct_sessions) as sessions,
    (select count() from fct_orders) as orders,
    (select count() from fct_order_lines) as order_lines,
    (select count() from dim_customer) as customers,
    (select count() from dim_product) as products`;

/** The shop as the dashboard needs it: name, money, days, row counts, version of its data. */
export async function shopFacts(context: ShopContext) {
  const { config, warehouse } = context.workspace;
  const extent = await context.extent();
  const { rows, lack } = await readLeavingOut(warehouse, countsSql, { name: "row counts" });
  const notices = lackNotices(lack, extent);
  const rowCounts = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, count]) => [name, Number(count)]));
  return {
    name: config.name,
    currency: config.currency,
    currency_decimals: currencyDecimals(config.currency),
    time_zone: config.time_zone,
    week_start: config.week_start,
    first_day: extent.firstDay,
    last_day: extent.lastDay,
    first_order_day: extent.firstOrderDay,
    last_order_day: extent.lastOrderDay,
    has_store: hasWorkspaceStore(context.workspace),
    has_sessions: (rowCounts.sessions ?? 0) > 0,
    row_counts: rowCounts,
    data_version: extent.dataVersion,
    refreshed_at: extent.refreshedAt,
    version,
    ...(notices.length === 0 ? {} : { notices }),
  };
}
