-- Movements of stock by product and day. Of several records of one movement the newest counts.
insert into next_fct_inventory
with

movements as (

    select
        product_key,
        moved_at,
        toDate(moved_at, {time_zone:String}) as day_on,
        quantity,
        movement_type,
        batch_key,
        source_row
    from stg_stock_movements
    where batch_key in live_batches
    order by batch_key desc, source_row desc
    limit 1 by if(movement_id = '', toString((batch_key, source_row)), movement_id)

),

counted as (

    select
        *,
        sum(toInt64(quantity)) over so_far as level
    from movements
    window so_far as (partition by product_key order by moved_at, batch_key, source_row rows between unbounded preceding and current row)

)

select
    product_key,
    day_on,
    argMax(level, (moved_at, batch_key, source_row)) as on_hand_quantity,
    min(level) as lowest_quantity,
    -sumIf(toInt64(quantity), movement_type = 'sale') as sold_quantity,
    sumIf(toInt64(quantity), movement_type in ('return', 'cancellation')) as returned_quantity,
    sumIf(toInt64(quantity), movement_type in ('initial', 'restock')) as restocked_quantity,
    sumIf(toInt64(quantity), movement_type = 'correction') as corrected_quantity
from counted
group by product_key, day_on
