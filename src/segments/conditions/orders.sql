-- Grain: one customer with {min_count:UInt32} to {max_count:UInt32} orders placed in [{period_start:Date}, {period_end:Date}), shop time
-- zone, the first and the last of them and the net revenue of lines dated in the period within the limits. Of chosen products the
-- orders with a positive line of them count, and the revenue of their lines. The unknown customer (key 0) is no one.
select buyers.buyer_key as customer_key
from (
    select
        orders.customer_key as buyer_key,
        min(orders.ordered_on) as first_order_on,
        max(orders.ordered_on) as last_order_on,
        count() as order_count
    from scoped_orders as orders
    where
        orders.customer_key != 0
        and (
            empty({product_id:Array(String)})
            or orders.order_key in (
                select order_key
                from fct_order_lines
                where quantity > 0 and unit_price_minor > 0 and product_key in condition_products
            )
        )
    group by buyer_key
) as buyers
left any join (
    select
        lines.customer_key as paying_key,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    where
        lines.customer_key != 0
        and (empty({product_id:Array(String)}) or lines.product_key in condition_products)
    group by paying_key
) as amounts on buyers.buyer_key = amounts.paying_key
where
    buyers.order_count >= {min_count:UInt32}
    and buyers.order_count <= {max_count:UInt32}
    and amounts.net_revenue_minor >= {min_revenue_minor:Int64}
    and amounts.net_revenue_minor <= {max_revenue_minor:Int64}
    and buyers.first_order_on >= {first_from:Date}
    and buyers.first_order_on < {first_to:Date}
    and buyers.last_order_on >= {last_from:Date}
    and buyers.last_order_on < {last_to:Date}
