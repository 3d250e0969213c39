-- One row per product and day (shop time zone) of the demand_window before {as_of:Date} on which nothing of it was there from morning to evening and none
-- was sold: demand of that day is unknown, not zero. No row for products whose stock nobody has told.
select
    out_key as stockless_key,
    out_on as stockless_on
from (
    select
        product_key as out_key,
        arrayJoin(
            arrayMap(offset -> toDate(starts_on + offset), range(toUInt64(greatest(0, dateDiff('day', starts_on, ends_on)))))
        ) as out_on
    from (
        select
            product_key,
            on_hand_quantity,
            -- On the day of a movement something was there: the first whole day without is the next.
            greatest(day_on + 1, {as_of:Date} - (select any(window_days) from demand_window)) as starts_on,
            ifNull(leadInFrame(toNullable(day_on)) over whole_product, {as_of:Date}) as ends_on
        from fct_inventory
        where day_on < {as_of:Date}
        window whole_product as (partition by product_key order by day_on rows between unbounded preceding and unbounded following)
    )
    where on_hand_quantity <= 0
)
where (out_key, out_on) not in (
    select product_key, line_on
    from fct_order_lines
    where quantity > 0
        and not is_cancelled
        and line_on < {as_of:Date}
        and line_on >= {as_of:Date} - (select any(window_days) from demand_window)
)
