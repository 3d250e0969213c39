-- One row per pair of customer and product that something speaks for, by the last run of the model recommendations: the {limit:UInt32} of highest
-- rate, ties by customer and product id. The products of {customer_id:String}, the customers of {product_id:String}, or both; where both
-- are empty the customers of what sells best. The rate is the customer's chance to order (of the newest propensity run for the
-- same horizon, else the shop's) times the chance that an order of theirs holds the product. No row before the first training.
with

last_run as (

    select
        run_key as last_key,
        metrics['horizon_days'] as horizon_days,
        JSONExtractFloat(artefact, 'weights', 'together') as together_weight,
        JSONExtractFloat(artefact, 'weights', 'similar') as similar_weight,
        JSONExtractFloat(artefact, 'weights', 'popular') as popular_weight,
        JSONExtractFloat(artefact, 'weights', 'recency') as recency,
        JSONExtractFloat(artefact, 'calibration', 'slope') as slope,
        JSONExtractFloat(artefact, 'calibration', 'intercept') as intercept,
        JSONExtractFloat(artefact, 'order_rate') as order_rate
    from ops_model_runs
    where model = 'recommendations'
    order by run_key desc
    limit 1

),

best_seller as (

    select neighbour_key as best_key
    from prd_product_neighbours
    where source = 'popular' and run_key in (select last_key from last_run)
    order by weight desc, neighbour_key
    limit 1

),

targets as (

    select product_key as target_key
    from dim_product
    where if(
        {product_id:String} = '',
        {customer_id:String} != '' or product_key in (select best_key from best_seller),
        product_id = {product_id:String}
    )

),

touches as (

    select
        person_key,
        item_key,
        max(touched_at) as last_at
    from (
        select customer_key as person_key, product_key as item_key, event_at as touched_at
        from person_events
        where customer_key != 0 and product_key != 0 and not is_bot
            and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
            and ({customer_id:String} = '' or customer_key in (select customer_key from dim_customer where customer_id = {customer_id:String}))
        union all
        select customer_key as person_key, product_key as item_key, line_at as touched_at
        from fct_order_lines
        where customer_key != 0 and product_key != 0 and quantity > 0 and not is_cancelled
            and ({customer_id:String} = '' or customer_key in (select customer_key from dim_customer where customer_id = {customer_id:String}))
    )
    group by person_key, item_key

),

histories as (

    select
        person_key,
        seen.1 as age,
        seen.2 as seen_key
    from (
        select
            person_key,
            arrayReverse(arraySlice(arraySort(groupArray((last_at, item_key))), -30)) as latest
        from touches
        group by person_key
    )
    array join arrayMap((touch, place) -> (place - 1, touch.2), latest, arrayEnumerate(latest)) as seen

),

scores as (

    select
        histories.person_key as person_key,
        edges.neighbour_key as offered_key,
        sum(edges.weight * if(edges.source = 'together', last_run.together_weight, last_run.similar_weight) * pow(last_run.recency, histories.age)) as from_history
    from histories
    inner join prd_product_neighbours as edges on histories.seen_key = edges.product_key
    cross join last_run
    where edges.run_key in (select last_key from last_run)
        and edges.source != 'popular'
        and edges.neighbour_key in (select target_key from targets)
    group by person_key, offered_key

),

order_chances as (

    select
        customer_key as shopper_key,
        score_rate
    from prd_propensity
    where run_key in (
        select max(run_key)
        from ops_model_runs
        where model = 'propensity' and metrics['horizon_days'] in (select horizon_days from last_run)
    )

),

rated as (

    select
        scores.person_key as person_key,
        scores.offered_key as offered_key,
        scores.from_history + last_run.popular_weight * sells.weight as score,
        if(order_chances.shopper_key = 0, last_run.order_rate, order_chances.score_rate)
            / (1 + exp(-(last_run.slope * log(score) + last_run.intercept))) as pair_rate
    from scores
    cross join last_run
    left any join (
        select neighbour_key, weight
        from prd_product_neighbours
        where source = 'popular' and run_key in (select last_key from last_run)
    ) as sells on scores.offered_key = sells.neighbour_key
    left any join order_chances on scores.person_key = order_chances.shopper_key
    where score > 0

)

select
    people.customer_id as customer_id,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    rated.pair_rate as propensity_rate
from rated
inner join dim_customer as people on rated.person_key = people.customer_key
inner join dim_product as products on rated.offered_key = products.product_key
order by propensity_rate desc, customer_id, product_id
limit {limit:UInt32}
