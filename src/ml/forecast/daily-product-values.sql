-- One row per day (shop time zone) and product, of the {most:UInt32} products of the largest revenue before {cutoff:Date} that have one of {categories:Array(String)};
-- cancelled orders left out. Products by revenue, ties by id.
with

best as (

    select
        lines.product_key as best_key,
        any(products.product_id) as best_id,
        any(products.category) as best_category,
        sum(lines.revenue_minor) as whole_revenue_minor
    from fct_order_lines as lines
    inner join dim_product as products on lines.product_key = products.product_key
    where not lines.is_cancelled and lines.line_on < {cutoff:Date} and has({categories:Array(String)}, products.category)
    group by best_key
    having whole_revenue_minor > 0
    order by whole_revenue_minor desc, best_id
    limit {most:UInt32}

)

select
    lines.line_on as day_on,
    best.best_id as product_id,
    best.best_category as category,
    toFloat64(sum(lines.revenue_minor)) as net_revenue_minor,
    toFloat64(sumIf(lines.quantity, lines.revenue_minor > 0)) as unit_count
from fct_order_lines as lines
inner join best on lines.product_key = best.best_key
where not lines.is_cancelled and lines.line_on < {cutoff:Date}
group by day_on, product_id, category
order by product_id, day_on
