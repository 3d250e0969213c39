-- Writes what incoming events cost in other currencies than the shop's.
create materialized view if not exists event_amounts_view to stg_event_amounts as
select
    batch_key,
    source_row,
    event_on,
    event_type = 'purchase' or (event_type = 'refund' and order_id != '') as is_sale,
    currency,
    price_minor
from in_events
where currency != '' and price_minor != 0
