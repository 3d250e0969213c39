-- A customer's loyalty from 0 to 100: up to 40 for how lately they bought (nothing after a year), 30 for how often (full at
-- ten orders), 20 for points (full at 1,000) and 10 for approved reviews (full at five). Kept with the customer.
create or replace function store.compute_loyalty_score(p_customer_id bigint)
returns numeric
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_score numeric;
begin
    select
        round(
            40 * greatest(0, 1 - coalesce(extract(epoch from clock_timestamp() - max(orders.placed_at)) / 31557600, 1))::numeric
            + 30 * least(1, count(*) filter (where orders.order_id is not null) / 10.0)
            + 20 * least(1, greatest(0, (select coalesce(sum(points), 0) from loyalty_entries where customer_id = p_customer_id)) / 1000.0)
            + 10 * least(1, (select count(*) from reviews where customer_id = p_customer_id and status = 'approved') / 5.0),
            2
        )
    into v_score
    from customers
    left join orders on orders.customer_id = customers.customer_id and orders.status in ('paid', 'shipped', 'delivered')
    where customers.customer_id = p_customer_id
    group by customers.customer_id;
    update customers set loyalty_score = v_score where customer_id = p_customer_id and loyalty_score is distinct from v_score;
    return v_score;
end
$$;
