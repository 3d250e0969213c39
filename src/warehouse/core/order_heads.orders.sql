-- Orders of order files: the newest header of each order, else what its lines say. Times are UTC; an order without a
-- header is placed at its first positive line, else at its first line. Tax and shipping are those in the shop's currency; what
-- is in others is in order_rates. Unless {is_whole:Bool}, the touched ones.
insert into order_heads
with

headers as (

    select
        order_key,
        argMax(order_id, (batch_key, source_row)) as order_id,
        argMax(status, (batch_key, source_row)) as status,
        argMax(customer_key, (batch_key, source_row)) as customer_key,
        argMax(placed_at, (batch_key, source_row)) as placed_at,
        argMax(tuple(paid_at), (batch_key, source_row)).1 as paid_at,
        argMax(tuple(cancelled_at), (batch_key, source_row)).1 as cancelled_at,
        argMax(channel, (batch_key, source_row)) as channel,
        argMax(country, (batch_key, source_row)) as country,
        argMax(if(currency = '', tax_minor, 0), (batch_key, source_row)) as tax_minor,
        argMax(if(currency = '', shipping_minor, 0), (batch_key, source_row)) as shipping_minor,
        1 as has_header
    from stg_orders
    where batch_key in live_batches and ({is_whole:Bool} or order_key in touched_orders)
    group by order_key

),

line_heads as (

    select
        order_key,
        any(order_id) as order_id,
        argMaxIf(status, (batch_key, source_row), status != '') as status,
        argMinIf(customer_key, (batch_key, source_row), customer_key != 0) as customer_key,
        minIf(line_at, amount_minor > 0) as first_positive_at,
        min(line_at) as first_line_at,
        argMinIf(channel, (batch_key, source_row), channel != '') as channel,
        argMinIf(country, (batch_key, source_row), country != '') as country,
        sumIf(tax_minor, currency = '') as tax_minor,
        sumIf(shipping_minor, currency = '') as shipping_minor,
        1 as has_lines
    from stg_order_lines
    where batch_key in live_batches and ({is_whole:Bool} or order_key in touched_orders)
    group by order_key

),

customer_countries as (

    select
        if(identities.person_key != 0, identities.person_key, records.customer_key) as living_key,
        argMax(records.country, (records.batch_key, records.source_row)) as customer_country
    from stg_customers as records
    left any join dim_identity as identities on records.customer_key = identities.customer_key
    where records.batch_key in live_batches and records.country != ''
    group by living_key

),

merged as (

    select
        if(has_header = 1, headers.order_key, line_heads.order_key) as order_key,
        if(has_header = 1, headers.order_id, line_heads.order_id) as order_id,
        if(headers.status != '', headers.status, line_heads.status) as status,
        if(headers.customer_key != 0, headers.customer_key, line_heads.customer_key) as named_key,
        multiIf(
            has_header = 1, headers.placed_at,
            first_positive_at is not null, assumeNotNull(first_positive_at),
            assumeNotNull(first_line_at)
        ) as placed_at,
        if(has_header = 1, headers.paid_at, null) as paid_at,
        if(has_header = 1, headers.cancelled_at, null) as cancelled_at,
        if(headers.channel != '', headers.channel, line_heads.channel) as channel,
        if(headers.country != '', headers.country, line_heads.country) as country,
        headers.tax_minor + line_heads.tax_minor as tax_minor,
        headers.shipping_minor + line_heads.shipping_minor as shipping_minor
    from headers
    full outer join line_heads on headers.order_key = line_heads.order_key
    where has_header = 1 or first_line_at is not null

)

select
    merged.order_key,
    merged.order_id,
    merged.status,
    lower(merged.status) in ('cancelled', 'canceled', 'voided') as is_cancelled,
    merged.channel,
    if(identities.person_key != 0, identities.person_key, named_key) as person,
    if(merged.country != '', merged.country, customer_country) as country,
    merged.placed_at,
    merged.paid_at,
    merged.cancelled_at,
    merged.tax_minor,
    merged.shipping_minor
from merged
left any join dim_identity as identities on merged.named_key = identities.customer_key
left any join customer_countries on if(identities.person_key != 0, identities.person_key, merged.named_key) = customer_countries.living_key
