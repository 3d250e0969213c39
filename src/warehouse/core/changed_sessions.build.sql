-- What next_fct_sessions has other than fct_sessions, of touched sources and of sessions that start in
-- [{window_start:DateTime64(3, 'UTC')}, {window_end:DateTime64(3, 'UTC')}). Days are in {time_zone:String}.
insert into changed_sessions
select
    any(slice) as slice_on,
    any(starts_on) as first_on,
    any(ends_on) as last_on,
    any(session_customer) as customer_key,
    any(session_order) as order_key,
    sum(side) < 0 as is_gone
from (
    select
        slice_on as slice,
        started_on as starts_on,
        toDate(addMilliseconds(started_at, toInt64(round(duration_seconds * 1000))), {time_zone:String}) as ends_on,
        customer_key as session_customer,
        if(purchase_count > 0, bitOr(cityHash64(source_key, is_inferred, started_at), 9223372036854775808), 0) as session_order,
        cityHash64(*) as digest,
        1 as side
    from next_fct_sessions
    where
        started_at >= {window_start:DateTime64(3, 'UTC')}
        and started_at < {window_end:DateTime64(3, 'UTC')}
        and (source_key, is_inferred) in touched_sources

    union all

    select
        slice_on as slice,
        started_on as starts_on,
        toDate(addMilliseconds(started_at, toInt64(round(duration_seconds * 1000))), {time_zone:String}) as ends_on,
        customer_key as session_customer,
        if(purchase_count > 0, bitOr(cityHash64(source_key, is_inferred, started_at), 9223372036854775808), 0) as session_order,
        cityHash64(*) as digest,
        -1 as side
    from fct_sessions
    where
        slice_on >= toStartOfMonth(toDate({window_start:DateTime64(3, 'UTC')}))
        and started_at >= {window_start:DateTime64(3, 'UTC')}
        and started_at < {window_end:DateTime64(3, 'UTC')}
        and (source_key, is_inferred) in touched_sources
)
group by digest
having sum(side) != 0
