-- One row per price a product had from one day on, the newest change first: the most frequent price of its events on each day of
-- [{period_start:Date}, {period_end:Date}), shop time zone, ties by the higher; a new row where that differs from the day before
-- with events. {product_id:String} alone, or all products when empty; then first prices of the period are left out. Events
-- without a price are left out. valid_to is null for the newest price.
with

asked_products as (

    select touched.product_key as asked_key
    from scoped_events as touched
    where
        touched.price_minor > 0
        and (
            {product_id:String} = ''
            or touched.product_key in (select product_key from dim_product where product_id = {product_id:String})
        )
    group by asked_key
    having {product_id:String} != '' or min(touched.price_minor) != max(touched.price_minor)

),

day_prices as (

    select
        priced_key,
        priced_on,
        argMax(price_minor, (event_count, price_minor)) as day_price_minor
    from (
        select
            events.product_key as priced_key,
            events.event_on as priced_on,
            events.price_minor as price_minor,
            count() as event_count
        from scoped_events as events
        where
            events.price_minor > 0
            and events.product_key != 0
            and events.product_key in asked_products
        group by priced_key, priced_on, price_minor
    )
    group by priced_key, priced_on

),

changes as (

    select
        priced_key,
        priced_on,
        day_price_minor,
        before_minor
    from (
        select
            priced_key,
            priced_on,
            day_price_minor,
            lagInFrame(day_price_minor, 1, toInt64(0)) over (partition by priced_key order by priced_on rows between unbounded preceding and current row) as before_minor
        from day_prices
    )
    where day_price_minor != before_minor

),

spans as (

    select
        priced_key,
        priced_on,
        day_price_minor,
        before_minor,
        leadInFrame(toNullable(priced_on), 1, null) over (partition by priced_key order by priced_on rows between unbounded preceding and unbounded following) as next_on
    from changes

)

select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    spans.priced_on as valid_from_on,
    spans.next_on as valid_to_on,
    spans.day_price_minor as price_minor,
    nullIf(spans.before_minor, 0) as previous_price_minor,
    price_minor / previous_price_minor - 1 as change_rate
from spans
inner join dim_product as products on spans.priced_key = products.product_key
where {product_id:String} != '' or spans.before_minor > 0
order by valid_from_on desc, product_id
limit {limit:UInt32}
