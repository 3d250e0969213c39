-- One row per event, order line and return of {customer_id:String}, or of the customer of largest net revenue when that is empty,
-- in [{period_start:Date}, {period_end:Date}), shop time zone: the {limit:UInt32} newest. Purchases derived from order lines are
-- left out, because the lines are here. Unknown values are null.
with

person as (

    select
        customer_key as person_key,
        customer_id as person_id,
        name as person_name
    from dim_customer
    left any join scoped_buyers as buyers on dim_customer.customer_key = buyers.customer_key
    where {customer_id:String} = '' or dim_customer.customer_id = {customer_id:String}
    order by buyers.net_revenue_minor desc, person_id
    limit 1

),

activities as (

    select
        customer_key,
        event_at as happened_at,
        event_type::String as done,
        product_key,
        channel::String as via,
        '' as order_text,
        toInt64(quantity) as pieces,
        price_minor as amount,
        source_row
    from scoped_events
    where not is_derived and customer_key in (select person_key from person)

    union all

    select
        lines.customer_key,
        lines.line_at,
        multiIf(lines.is_adjustment, 'adjustment', lines.is_return, 'return', 'order'),
        lines.product_key,
        lines.channel::String,
        orders.order_id,
        toInt64(lines.quantity),
        lines.revenue_minor,
        0
    from scoped_lines as lines
    left any join fct_orders as orders on lines.order_key = orders.order_key
    where lines.customer_key in (select person_key from person)

)

select
    activities.happened_at as occurred_at,
    activities.done as activity,
    nullIf(products.product_id, '') as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(activities.via, '') as channel,
    nullIf(activities.order_text, '') as order_id,
    if(activities.pieces = 0, null, activities.pieces) as quantity,
    if(activities.order_text = '' and activities.amount = 0, null, activities.amount) as amount_minor,
    person.person_id as customer_id,
    nullIf(person.person_name, '') as customer_name
from activities
inner join person on activities.customer_key = person.person_key
left any join dim_product as products on activities.product_key = products.product_key
order by occurred_at desc, activities.source_row desc, activity, product_id
limit {limit:UInt32}
