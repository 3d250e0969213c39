-- One row per bin of price, {bins:UInt32} of equal width between the lowest and the highest price above 0 of an event in
-- [{period_start:Date}, {period_end:Date}), shop time zone; empty bins included. A bin holds its lower end and not its upper, the
-- last one both. Where all prices are equal there is one bin.
with

prices as (

    select
        events.price_minor as price_minor,
        events.product_key as product_key,
        count() as event_count
    from scoped_events as events
    where events.price_minor > 0
    group by price_minor, product_key

),

-- The ends are asked of the events once: to read them off the counted prices would count these anew for each look.
span as (

    select
        ends.1 as least_minor,
        ends.2 as most_minor,
        if(most_minor = least_minor, 1, {bins:UInt32}) as bin_count,
        (most_minor - least_minor) / bin_count as width_minor
    from (select (select (min(price_minor), max(price_minor)) from scoped_events where price_minor > 0) as ends)

),

filled as (

    select
        least(span.bin_count - 1, toUInt32(floor((prices.price_minor - span.least_minor) / if(span.width_minor = 0, 1, span.width_minor)))) as filled_bin,
        uniqExactIf(prices.product_key, prices.product_key != 0) as product_count,
        sum(prices.event_count) as event_count
    from prices
    cross join span
    group by filled_bin

),

listed as (

    select
        arrayJoin(range(toUInt32(bin_count))) as bin,
        least_minor + bin * width_minor as lower_minor,
        if(bin + 1 = bin_count, most_minor, least_minor + (bin + 1) * width_minor) as upper_minor
    from span
    where most_minor > 0

)

select
    listed.lower_minor as lower_minor,
    listed.upper_minor as upper_minor,
    filled.product_count as product_count,
    filled.event_count as event_count
from listed
left any join filled on listed.bin = filled.filled_bin
order by lower_minor
