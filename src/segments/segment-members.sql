-- One row per customer of the segment, by customer id. Amounts and days are of all orders with a positive line before {as_of:Date} that
-- are not cancelled; days are of the shop's time zone and empty without an order.
with

buyers as (

    select
        customer_key as buyer_key,
        count() as buyer_order_count,
        sum(net_minor) as buyer_net_minor,
        max(ordered_on) as buyer_last_on
    from fct_orders
    where customer_key != 0 and has_positive_line and not is_cancelled and ordered_on < {as_of:Date}
    group by buyer_key

)

select
    people.customer_id as customer_id,
    people.name as customer_name,
    emails.email as email,
    people.country as country,
    toFloat64(buyers.buyer_order_count) as order_count,
    toFloat64(buyers.buyer_net_minor) as net_revenue_minor,
    if(buyers.buyer_order_count = 0, '', toString(buyers.buyer_last_on)) as last_order_on
from dim_customer as people
left any join buyers on people.customer_key = buyers.buyer_key
left any join member_emails as emails on people.customer_key = emails.customer_key
where people.customer_key in segment_customers
order by customer_id
limit {limit:UInt32}
