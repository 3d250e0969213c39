-- One row per recommended product by the last run of the model recommendations, the {limit:UInt32} of highest score, ties by product id: for
-- {customer_id:String} by their last 30 products, beside {product_id:String} (which counts as the newest of them), or what sells where
-- neither is known. What the customer has bought, the product itself and what is out of stock are left out. No row before the
-- first training. Everything up to now counts as history; the sums are those of scoreHybrid in src/ml/recommendations/hybrid.ts.
with

last_run as (

    select
        run_key as last_key,
        JSONExtractFloat(artefact, 'weights', 'together') as together_weight,
        JSONExtractFloat(artefact, 'weights', 'similar') as similar_weight,
        JSONExtractFloat(artefact, 'weights', 'popular') as popular_weight,
        JSONExtractFloat(artefact, 'weights', 'recency') as recency
    from ops_model_runs
    where model = 'recommendations'
    order by run_key desc
    limit 1

),

person as (

    select customer_key as person_key
    from dim_customer
    where {customer_id:String} != '' and customer_id = {customer_id:String}

),

ids as (

    select person_key as id_key from person
    union distinct
    select identities.customer_key as id_key
    from dim_identity as identities
    where identities.person_key global in (select person_key from person)

),

bought as (

    select
        product_key as item_key,
        max(line_at) as last_at
    from fct_order_lines
    where customer_key global in (select person_key from person) and product_key != 0 and quantity > 0 and not is_cancelled
    group by item_key

),

touches as (

    select item_key, last_at from bought
    union all
    select product_key as item_key, event_at as last_at
    from fct_events
    where customer_key global in (select id_key from ids) and product_key != 0 and not is_bot
        and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
    union all
    select product_key as item_key, toDateTime64('2200-01-01 00:00:00', 3, 'UTC') as last_at
    from dim_product
    where {product_id:String} != '' and product_id = {product_id:String}

),

history as (

    select
        item_key as seen_key,
        row_number() over (order by max(last_at) desc, item_key desc) - 1 as age
    from touches
    group by item_key
    order by age
    limit 30

),

contributions as (

    select
        edges.neighbour_key as offered_key,
        edges.source as from_source,
        edges.product_key as from_key,
        edges.weight * multiIf(
            edges.source = 'popular', last_run.popular_weight,
            edges.source = 'similar', last_run.similar_weight * pow(last_run.recency, history.age),
            last_run.together_weight * pow(last_run.recency, history.age)
        ) as contribution
    from prd_product_neighbours as edges
    cross join last_run
    left any join history on edges.product_key = history.seen_key
    where edges.run_key in (select last_key from last_run)
        and (edges.product_key = 0 or edges.product_key global in (select seen_key from history))

),

offers as (

    select
        offered_key,
        sum(contribution) as score,
        argMax(from_source, (source_sum, from_source)) as source,
        argMax(from_key, (source_sum, contribution, from_key)) as reason_key
    from (
        select
            offered_key,
            from_source,
            from_key,
            contribution,
            sum(contribution) over (partition by offered_key, from_source) as source_sum
        from contributions
    )
    group by offered_key
    having score > 0

)

select
    toUInt32(row_number() over (order by offers.score desc, products.product_id)) as rank,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    offers.score as score,
    offers.source as source,
    multiIf(
        offers.source = 'together', concat('goes with ', reasons.product_name),
        offers.source = 'similar', concat('is like ', reasons.product_name),
        'is bought by many'
    ) as reason
from offers
inner join dim_product as products on offers.offered_key = products.product_key
left any join dim_product as reasons on offers.reason_key = reasons.product_key
where offers.offered_key global not in (select item_key from bought)
    and products.product_id != {product_id:String}
    and (products.stock_quantity is null or products.stock_quantity > 0)
order by rank
limit {limit:UInt32}
