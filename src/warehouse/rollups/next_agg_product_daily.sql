-- Products of days in [{first_on:Date}, {last_on:Date}] with a change, as the rollup has them, and what touched sources contribute now
-- less what they contributed.
insert into next_agg_product_daily
select
    day_on,
    product_key,
    sum(view_count),
    sum(cart_count),
    sum(purchase_count),
    sum(viewing_session_count),
    sum(cart_session_count),
    sum(purchasing_session_count),
    sum(viewing_purchasing_session_count),
    sum(abandoned_session_count),
    sum(purchase_revenue_minor)
from (
    select * from agg_product_daily where (day_on, product_key) in (select day_on, product_key from product_changes)
    union all
    select * from product_changes
)
where day_on >= {first_on:Date} and day_on <= {last_on:Date}
group by day_on, product_key
