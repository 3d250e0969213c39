-- One row per table of facts, dimensions and the daily rollup. Days are in the shop's time zone, instants in UTC. Nothing here
-- reads the clock: how old a table is follows from last_on and refreshed_at.
with

held as (

    select 'fct_events' as table_name, count() as row_count, min(event_on) as earliest_on, max(event_on) as latest_on from fct_events
    union all
    select 'fct_sessions', count(), min(started_on), max(started_on) from fct_sessions
    union all
    select 'fct_orders', count(), min(ordered_on), max(ordered_on) from fct_orders
    union all
    select 'fct_order_lines', count(), min(line_on), max(line_on) from fct_order_lines
    union all
    select 'fct_payments', count(), toDate(0), toDate(0) from fct_payments
    union all
    select 'dim_customer', count(), toDate(0), toDate(0) from dim_customer
    union all
    select 'dim_product', count(), toDate(0), toDate(0) from dim_product
    union all
    select 'agg_daily', count(), min(day_on), max(day_on) from agg_daily

),

refreshes as (

    select
        maxOrNull(finished_at) as refreshed_at,
        max(refresh_key) as data_version
    from ops_refreshes

),

imports as (

    select
        maxOrNullIf(finished_at, state = 'loaded') as last_loaded_at,
        countIf(not is_built) as waiting_batch_count
    from ops_batches final

)

select
    held.table_name as table_name,
    held.row_count as row_count,
    nullIf(held.earliest_on, toDate(0)) as first_on,
    nullIf(held.latest_on, toDate(0)) as last_on,
    imports.last_loaded_at as last_loaded_at,
    refreshes.refreshed_at as refreshed_at,
    refreshes.data_version as data_version,
    imports.waiting_batch_count as waiting_batch_count
from held
cross join refreshes
cross join imports
order by table_name
