-- Visitors on days in [{first_on:Date}, {last_on:Date}], from the facts; unless {is_whole:Bool}, those of the rollup and of the events
-- of the {added:Array(UInt32)} batches. Events are those of {events:Identifier}: person_events, or touched_events.
insert into next_agg_visitor_daily
select
    day_on,
    groupBitmapMergeState(small_keys),
    arraySort(groupUniqArrayArray(large_keys))
from (
    select
        event_on as day_on,
        groupBitmapStateIf(customer_key, customer_key < 4294967296) as small_keys,
        groupUniqArrayIf(customer_key, customer_key >= 4294967296) as large_keys
    from {events:Identifier}
    where
        event_on >= {first_on:Date}
        and event_on <= {last_on:Date}
        and customer_key != 0
        and ({is_whole:Bool} or batch_key in {added:Array(UInt32)})
    group by event_on

    union all

    select
        day_on,
        visitors as small_keys,
        further_visitors as large_keys
    from agg_visitor_daily
    where day_on >= {first_on:Date} and day_on <= {last_on:Date} and not {is_whole:Bool}
)
group by day_on
