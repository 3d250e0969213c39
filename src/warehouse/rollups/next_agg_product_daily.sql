-- Days in [{first_on:Date}, {last_on:Date}] as the rollup has them, and what touched sources contribute now less what they contributed.
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
    select * from agg_product_daily
    union all
    select * from product_changes
)
where day_on >= {first_on:Date} and day_on <= {last_on:Date}
group by day_on, product_key
