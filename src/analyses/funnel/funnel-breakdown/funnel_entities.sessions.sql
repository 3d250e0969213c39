-- Grain: sessions of one pattern of steps and one value of {by:String}. touches holds (step, 0) in the order of the session's events.
-- Category and brand are those of the first or the last product of the session; the channel is the session's own.
select
    arrayFilter(
        touch -> touch.1 > 0,
        arrayMap(type -> (indexOf({steps:Array(String)}, toString(type)), toInt64(0)), patterns.event_kinds)
    ) as touches,
    patterns.session_count as entity_count,
    patterns.session_value as breakdown
from (
    select
        arrayCompact(sessions.event_types) as event_kinds,
        multiIf(
            {by:String} = 'channel', sessions.channel::String,
            {by:String} = 'country', people.country::String,
            {by:String} = 'category', products.category::String,
            products.brand::String
        ) as session_value,
        count() as session_count
    from scoped_sessions as sessions
    left any join dim_customer as people on sessions.customer_key = people.customer_key
    left any join dim_product as products
        on if({attribution:String} = 'first', sessions.entry_product_key, sessions.exit_product_key) = products.product_key
    group by event_kinds, session_value
) as patterns
