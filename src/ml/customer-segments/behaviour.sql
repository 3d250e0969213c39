-- One row per customer with an order before {cutoff:Date} (shop time zone), by key: how they bought until that day. Cancelled orders count for nothing;
-- shares are of positive lines, 0 where there is none. Nothing dated on the cutoff or later is seen.
with

bought_lines as (

    select
        lines.customer_key as buyer_key,
        lines.order_key as order_key,
        lines.product_key as product_key,
        lines.quantity as quantity,
        lines.revenue_minor as revenue_minor,
        lines.discount_minor as discount_minor,
        lines.is_return as is_return,
        toDayOfWeek(lines.line_on) >= 6 as is_weekend,
        products.category as category
    from fct_order_lines as lines
    left any join dim_product as products on lines.product_key = products.product_key
    where lines.customer_key != 0 and not lines.is_cancelled and lines.line_on < {cutoff:Date}

)

select
    toString(buyer_key) as customer_key,
    log1p(uniqExactIf(order_key, quantity > 0)) as order_count_log,
    log1p(uniqExactIf(product_key, product_key != 0 and quantity > 0)) as product_count_log,
    log1p(uniqExactIf(category, category != '' and quantity > 0)) as category_count_log,
    log1p(greatest(0, sumIf(revenue_minor, quantity > 0)) / greatest(1, uniqExactIf(order_key, quantity > 0))) as order_value_log,
    log1p(sumIf(quantity, quantity > 0) / greatest(1, uniqExactIf(order_key, quantity > 0))) as order_units_log,
    countIf(quantity > 0 and discount_minor > 0) / greatest(1, countIf(quantity > 0)) as discounted_share,
    countIf(quantity > 0 and is_weekend) / greatest(1, countIf(quantity > 0)) as weekend_share,
    countIf(is_return) / greatest(1, count()) as returned_share
from bought_lines
group by buyer_key
order by buyer_key
