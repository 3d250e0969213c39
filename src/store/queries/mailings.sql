-- Mailings, the newest first, each group with its carts, those that were ordered within the mailing's window and paid, and what these
-- came to (goods after discount, before returns); is_over once the window has passed. squares is the sum of squared amounts per cart.
with

outcomes as (

    select
        mailing_carts.mailing_id,
        mailing_carts.is_control,
        case when orders.order_id is null then 0 else 1 end as recovered,
        coalesce(orders.subtotal_minor - orders.discount_minor, 0)::double precision as revenue_minor
    from store.mailing_carts
    join store.mailings using (mailing_id)
    left join store.orders on
        orders.cart_id = mailing_carts.cart_id
        and orders.paid_at is not null
        and orders.status <> 'cancelled'
        and orders.placed_at >= mailings.created_at
        and orders.placed_at < mailings.created_at + make_interval(days => mailings.window_days)

)

select
    mailings.mailing_id, mailings.created_at, mailings.actor, mailings.control_rate::double precision as control_rate, mailings.window_days,
    mailings.created_at + make_interval(days => mailings.window_days) <= now() as is_over,
    mailings.without_address_count, mailings.without_consent_count, mailings.inactive_count,
    count(*) filter (where not outcomes.is_control) as mailed_count,
    count(*) filter (where outcomes.is_control) as control_count,
    coalesce(sum(outcomes.recovered) filter (where not outcomes.is_control), 0) as mailed_recovered_count,
    coalesce(sum(outcomes.recovered) filter (where outcomes.is_control), 0) as control_recovered_count,
    coalesce(sum(outcomes.revenue_minor) filter (where not outcomes.is_control), 0) as mailed_revenue_minor,
    coalesce(sum(outcomes.revenue_minor) filter (where outcomes.is_control), 0) as control_revenue_minor,
    coalesce(sum(outcomes.revenue_minor * outcomes.revenue_minor) filter (where not outcomes.is_control), 0) as mailed_squares,
    coalesce(sum(outcomes.revenue_minor * outcomes.revenue_minor) filter (where outcomes.is_control), 0) as control_squares
from store.mailings
join outcomes using (mailing_id)
group by mailings.mailing_id
order by mailings.mailing_id desc
limit {most:integer}
