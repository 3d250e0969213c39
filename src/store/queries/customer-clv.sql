-- Customers by what they have been worth, the most first, as of the last refresh.
select
    mv_customer_clv.customer_id, customers.email, customers.loyalty_score, mv_customer_clv.order_count, mv_customer_clv.net_revenue_minor,
    mv_customer_clv.lifespan_years, mv_customer_clv.average_purchase_value_minor, mv_customer_clv.purchases_per_year, mv_rfm.rfm_segment
from store.mv_customer_clv
join store.customers using (customer_id)
left join store.mv_rfm using (customer_id)
order by mv_customer_clv.net_revenue_minor desc, mv_customer_clv.customer_id
limit {most:integer}
