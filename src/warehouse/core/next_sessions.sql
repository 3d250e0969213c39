-- Sessions that start in [{window_start:DateTime64(3, 'UTC')}, {window_end:DateTime64(3, 'UTC')}), both midnights UTC.
-- session_starts holds the starts of every source that has more than one, or one carried in from before; for all others
-- the session is simply all events of the id. Days are in {time_zone:String}; events of equal time keep their row order.
insert into next_fct_sessions (
    slice_on,
    started_at,
    started_on,
    source_key,
    is_inferred,
    customer_key,
    channel,
    duration_seconds,
    event_count,
    product_count,
    entry_product_key,
    exit_product_key,
    revenue_minor,
    event_types
)
with

window_events as (

    select
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at,
        (event_at, batch_key, source_row) as position,
        event_type,
        customer_key,
        product_key,
        channel,
        price_minor,
        quantity
    from fct_events
    where
        event_on >= toDate({window_start:DateTime64(3, 'UTC')}) - 2
        and event_on <= toDate({window_end:DateTime64(3, 'UTC')}) + 2
        and event_at >= {window_start:DateTime64(3, 'UTC')} - interval 24 hour
        and event_at < {window_end:DateTime64(3, 'UTC')} + interval 24 hour
        and not is_derived
        and (session_key != 0 or customer_key != 0)

),

placed_events as (

    select
        events.*,
        arrayLast(start -> start <= events.event_at, session_starts.starts) as piece_at,
        notEmpty(session_starts.starts) as is_intricate
    from window_events as events
    left any join session_starts
        on events.source_key = session_starts.source_key and events.is_inferred = session_starts.is_inferred

),

pieces as (

    select
        source_key,
        is_inferred,
        arraySort(groupArray((position, event_type, customer_key, product_key))) as steps,
        argMinIf(channel, position, channel != '') as first_channel,
        sumIf(price_minor * quantity, event_type = 'purchase') as revenue
    from placed_events
    where not (is_intricate and toUnixTimestamp64Milli(piece_at) = 0)
    group by source_key, is_inferred, piece_at

)

select
    if({is_small:Bool}, toStartOfMonth(toDate(started_at, 'UTC')), toDate(started_at, 'UTC')) as slice_on,
    steps[1].1.1 as started_at,
    toDate(started_at, {time_zone:String}) as started_on,
    source_key,
    is_inferred,
    steps[1].3 as customer_key,
    first_channel as channel,
    (toUnixTimestamp64Milli(steps[-1].1.1) - toUnixTimestamp64Milli(started_at)) / 1000 as duration_seconds,
    length(steps) as event_count,
    length(arrayDistinct(arrayFilter(product -> product != 0, steps.4))) as product_count,
    steps[1].4 as entry_product_key,
    steps[-1].4 as exit_product_key,
    revenue as revenue_minor,
    steps.2 as event_types
from pieces
where started_at >= {window_start:DateTime64(3, 'UTC')} and started_at < {window_end:DateTime64(3, 'UTC')}
