-- Sessions that start in [{window_start:DateTime64(3, 'UTC')}, {window_end:DateTime64(3, 'UTC')}), both midnights UTC.
-- session_starts holds the starts of every source that has more than one, or one carried in from before; for all others
-- (only ids given by a source) the session is simply all events of the id. Of the sources in {events:Identifier}: person_events, or
-- touched_events; of these those of part {part:UInt16} of {part_count:UInt16}. Days are in {time_zone:String}; events of equal time keep their row order.
-- An event travels through the grouping as one 256-bit number, from the highest bits down: milliseconds since 1970 (48),
-- batch (32), row (44), kind (4), customer (64), product (64). Numbers are kept and sorted at less than half the cost of tuples.
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
    product_keys,
    entry_product_key,
    exit_product_key,
    revenue_minor,
    event_types
)
settings min_insert_block_size_rows = 4000000, min_insert_block_size_bytes = 1000000000
with

window_events as (

    select
        session_key,
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at,
        bitShiftLeft(toUInt256(toUnixTimestamp64Milli(event_at)), 208)
            + bitShiftLeft(toUInt256(batch_key), 176)
            + bitShiftLeft(toUInt256(source_row), 132)
            + bitShiftLeft(toUInt256(toUInt8(event_type)), 128)
            + bitShiftLeft(toUInt256(customer_key), 64)
            + toUInt256(product_key) as step,
        channel,
        if(event_type = 'purchase', price_minor * quantity, 0) as bought_minor
    from {events:Identifier}
    where
        event_on >= toDate({window_start:DateTime64(3, 'UTC')}) - 2
        and event_on <= toDate({window_end:DateTime64(3, 'UTC')}) + 2
        and event_at >= {window_start:DateTime64(3, 'UTC')} - interval 24 hour
        and event_at < {window_end:DateTime64(3, 'UTC')} + interval 24 hour
        and not is_derived
        and (session_key != 0 or customer_key != 0)
        and intHash32(if(session_key != 0, session_key, customer_key)) % {part_count:UInt16} = {part:UInt16}

),

whole_sources as (

    select
        session_key as source_key,
        false as is_inferred,
        arraySort(groupArray(step)) as steps,
        argMinIf(channel, step, channel != '') as first_channel,
        sum(bought_minor) as revenue
    from window_events
    where
        session_key != 0
        and session_key not in (select session_starts.source_key from session_starts where not session_starts.is_inferred)
    group by session_key

),

placed_events as (

    select
        events.source_key as source_key,
        events.is_inferred as is_inferred,
        arrayLast(start -> start <= events.event_at, session_starts.starts) as piece_at,
        events.step as step,
        events.channel as channel,
        events.bought_minor as bought_minor
    from window_events as events
    inner join session_starts
        on events.source_key = session_starts.source_key and events.is_inferred = session_starts.is_inferred

),

pieces as (

    select
        source_key,
        is_inferred,
        arraySort(groupArray(step)) as steps,
        argMinIf(channel, step, channel != '') as first_channel,
        sum(bought_minor) as revenue
    from placed_events
    where toUnixTimestamp64Milli(piece_at) != 0
    group by source_key, is_inferred, piece_at

)

select
    if({is_small:Bool}, toStartOfMonth(toDate(started_at, 'UTC')), toDate(started_at, 'UTC')) as slice_on,
    fromUnixTimestamp64Milli(toInt64(bitShiftRight(steps[1], 208)), 'UTC') as started_at,
    toDate(started_at, {time_zone:String}) as started_on,
    source_key,
    is_inferred,
    toUInt64(bitShiftRight(steps[1], 64)) as customer_key,
    first_channel as channel,
    toInt64(bitShiftRight(steps[-1], 208) - bitShiftRight(steps[1], 208)) / 1000 as duration_seconds,
    length(steps) as event_count,
    length(product_keys) as product_count,
    arrayDistinct(arrayFilter(product -> product != 0, arrayMap(step -> toUInt64(step), steps))) as product_keys,
    toUInt64(steps[1]) as entry_product_key,
    toUInt64(steps[-1]) as exit_product_key,
    revenue as revenue_minor,
    arrayMap(step -> bitAnd(toUInt8(bitShiftRight(step, 128)), 15), steps) as event_types
from (
    select source_key, is_inferred, steps, first_channel, revenue from whole_sources
    union all
    select source_key, is_inferred, steps, first_channel, revenue from pieces
)
where started_at >= {window_start:DateTime64(3, 'UTC')} and started_at < {window_end:DateTime64(3, 'UTC')}
