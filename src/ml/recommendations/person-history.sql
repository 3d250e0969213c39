-- What a customer is known to have had: the last 30 products they touched or bought, the newest first, place null for what else they
-- have bought. Everything up to now counts, as in the analysis recommendations.
with

person as (

    select customer_key as person_key
    from dim_customer
    where
        customer_id = {customer_id:String}
        or customer_key in (
            select identities.person_key
            from dim_identity as identities
            where identities.customer_key = natural_key({customer_id:String})
        )

),

ids as (

    select person_key as id_key from person
    union distinct
    select identities.customer_key as id_key
    from dim_identity as identities
    where identities.person_key in (select person_key from person)

),

touches as (

    select
        product_key as item_key,
        line_at as touched_at,
        true as is_purchase
    from fct_order_lines
    where customer_key in (select person_key from person) and product_key != 0 and quantity > 0 and not is_cancelled
    union all
    select
        product_key as item_key,
        event_at as touched_at,
        false as is_purchase
    from fct_events
    where customer_key in (select id_key from ids) and product_key != 0 and not is_bot
        and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')

),

history as (

    select
        item_key,
        max(is_purchase) as is_bought,
        row_number() over (order by max(touched_at) desc, item_key desc) as touch_place
    from touches
    group by item_key

)

select
    products.product_id as product_id,
    history.is_bought as is_bought,
    if(history.touch_place <= 30, history.touch_place, null) as place
from history
inner join dim_product as products on history.item_key = products.product_key
where history.touch_place <= 30 or history.is_bought
order by history.touch_place
