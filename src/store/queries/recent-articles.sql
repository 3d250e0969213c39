-- What a customer, or else a visitor without an account, is known to have had: the last 30 articles they touched or bought, newest
-- first by place, and everything else they have bought, place null.
with

steps as (

    (
        select events.article_id, events.happened_at
        from store.events
        where events.customer_id = {customer_id:bigint} and events.article_id is not null
            and events.event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
        order by events.happened_at desc
        limit 200
    )
    union all
    (
        select events.article_id, events.happened_at
        from store.events
        where events.visitor_id = {visitor_id:text} and events.customer_id is null and events.article_id is not null
            and events.event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
        order by events.happened_at desc
        limit 200
    )

),

bought as (

    select order_items.article_id, max(orders.placed_at) as happened_at
    from store.orders
    join store.order_items using (order_id)
    where orders.customer_id = {customer_id:bigint} and orders.paid_at is not null and orders.status <> 'cancelled'
    group by order_items.article_id

),

touched as (

    select had.article_id, row_number() over (order by max(had.happened_at) desc, had.article_id) as place
    from (select * from steps union all select * from bought) as had
    group by had.article_id

)

select articles.sku, bought.article_id is not null as is_bought, case when touched.place <= 30 then touched.place end as place
from touched
join store.articles using (article_id)
left join bought using (article_id)
where touched.place <= 30 or bought.article_id is not null
order by touched.place
