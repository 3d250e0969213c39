-- One row per day and category (shop time zone) with an order line before {cutoff:Date}; cancelled orders left out. Category is empty
-- where the product has none.
select
    lines.line_on as day_on,
    products.category as category,
    toFloat64(sum(lines.revenue_minor)) as net_revenue_minor,
    toFloat64(sumIf(lines.quantity, lines.revenue_minor > 0)) as unit_count
from fct_order_lines as lines
left any join dim_product as products on lines.product_key = products.product_key
where not lines.is_cancelled and lines.line_on < {cutoff:Date}
group by day_on, category
order by day_on, category
