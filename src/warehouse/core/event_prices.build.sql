-- Events of {events:Identifier}, of the days [{first_on:Date}, {last_on:Date}], whose price in the shop's currency is not what the rate of
-- their day makes of it; 0 where there is no rate. Of one batch only unless {batch_key:UInt32} is 0.
insert into event_prices
select
    bitShiftLeft(toUInt64(events.batch_key), 36) + events.source_row as place,
    events.batch_key as batch_key,
    events.source_row as source_row,
    amounts.shop_minor as price_minor
from (
    select batch_key, source_row, price_minor
    from {events:Identifier}
    where event_on >= {first_on:Date} and event_on <= {last_on:Date} and not is_derived
) as events
inner join (
    select
        told.batch_key as batch_key,
        told.source_row as source_row,
        ifNull(convert_minor(told.price_minor, rates.numerator, rates.denominator), 0) as shop_minor
    from (
        select batch_key, source_row, event_on, currency, price_minor
        from stg_event_amounts
        where
            event_on >= {first_on:Date}
            and event_on <= {last_on:Date}
            and ({batch_key:UInt32} = 0 or batch_key = {batch_key:UInt32})
    ) as told
    left any join day_rates as rates on told.currency = rates.currency and told.event_on = rates.day_on
) as amounts on events.batch_key = amounts.batch_key and events.source_row = amounts.source_row
where events.price_minor != amounts.shop_minor
