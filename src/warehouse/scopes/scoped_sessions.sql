-- Sessions that started in [{period_start:Date}, {period_end:Date}).
select
    source_key,
    is_inferred,
    started_at,
    started_on,
    customer_key,
    channel,
    duration_seconds,
    event_count,
    product_count,
    product_keys,
    entry_product_key,
    exit_product_key,
    revenue_minor,
    event_types,
    view_count,
    cart_count,
    purchase_count
from fct_sessions
where
    started_on >= {period_start:Date}
    and started_on < {period_end:Date}
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
