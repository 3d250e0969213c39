-- One row per day of the period. What moved on earlier days is the level the period begins with; days without a movement keep it.
-- With {product_id:String}, of that product alone.
with

moved as (

    select
        day_on,
        on_hand_quantity,
        sold_quantity,
        returned_quantity,
        restocked_quantity,
        corrected_quantity,
        lagInFrame(toNullable(on_hand_quantity)) over by_day as earlier_quantity
    from fct_inventory
    where
        day_on < {period_end:Date}
        and product_key in scoped_products
        and ({product_id:String} = '' or product_key = natural_key({product_id:String}))
    window by_day as (partition by product_key order by day_on rows between unbounded preceding and current row)

),

changed as (

    select
        day_on,
        on_hand_quantity - ifNull(earlier_quantity, 0) as change,
        toInt64(isNull(earlier_quantity)) as known,
        toInt64(on_hand_quantity <= 0) - toInt64(ifNull(earlier_quantity <= 0, false)) as sold_out,
        sold_quantity as sold,
        returned_quantity as returned,
        restocked_quantity as restocked,
        corrected_quantity as corrected
    from moved
    union all
    select {period_start:Date} + number, 0, 0, 0, 0, 0, 0, 0
    from numbers(toUInt64(greatest({period_end:Date} - {period_start:Date}, 0)))

),

daily as (

    select
        day_on,
        sum(change) as change,
        sum(known) as known,
        sum(sold_out) as sold_out,
        sum(sold) as sold,
        sum(returned) as returned,
        sum(restocked) as restocked,
        sum(corrected) as corrected
    from changed
    group by day_on

),

levels as (

    select
        day_on,
        sum(change) over until_then as level,
        sum(known) over until_then as known_count,
        sum(sold_out) over until_then as sold_out_count,
        sold,
        returned,
        restocked,
        corrected
    from daily
    window until_then as (order by day_on rows between unbounded preceding and current row)

)

select
    day_on,
    if(known_count = 0, null, level) as on_hand_quantity,
    sold as sold_quantity,
    returned as returned_quantity,
    restocked as restocked_quantity,
    corrected as corrected_quantity,
    known_count as product_count,
    sold_out_count as sold_out_product_count
from levels
where day_on >= {period_start:Date}
order by day_on
