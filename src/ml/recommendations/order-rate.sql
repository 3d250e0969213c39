-- One row: the share of the people who did or ordered something in the 365 days before {first_day:Date} (shop time zone) that orders in
-- [{first_day:Date}, {end_day:Date}); 0 where there is nobody.
select countIf(has_ordered and was_active) / greatest(1, countIf(was_active)) as order_rate
from (
    select
        person_key,
        max(happened_on < {first_day:Date}) as was_active,
        max(is_order and happened_on >= {first_day:Date}) as has_ordered
    from (
        select customer_key as person_key, event_on as happened_on, false as is_order
        from person_events
        where customer_key != 0 and event_on >= {first_day:Date} - 365 and event_on < {first_day:Date}
        union all
        select customer_key as person_key, ordered_on as happened_on, true as is_order
        from fct_orders
        where customer_key != 0 and has_positive_line and not is_cancelled
            and ordered_on >= {first_day:Date} - 365 and ordered_on < {end_day:Date}
    )
    group by person_key
)
