-- Customers, the newest first; text matches letters of e-mail or name (null: all). Orders that were paid and not cancelled count.
with

page as (

    select customers.customer_id
    from store.customers
    where
        ({text:text} is null or concat_ws(' ', customers.email, customers.name) ilike '%' || replace(replace(replace({text:text}, '\', '\\'), '%', '\%'), '_', '\_') || '%')
        and ({after_id:bigint} is null or customers.customer_id < {after_id:bigint})
    order by customers.customer_id desc
    limit {most:integer}

)

select
    customers.customer_id, customers.email, customers.name, customers.country, customers.password_hash is not null as is_registered,
    customers.is_active, customers.loyalty_score, customers.registered_at, customers.last_active_at,
    count(orders.order_id) as order_count, coalesce(sum(orders.subtotal_minor - orders.discount_minor), 0)::bigint as revenue_minor
from page
join store.customers using (customer_id)
left join store.orders on orders.customer_id = customers.customer_id and orders.paid_at is not null and orders.status <> 'cancelled'
group by customers.customer_id
order by customers.customer_id desc
