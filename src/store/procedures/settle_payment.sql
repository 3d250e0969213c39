-- What the payment provider says of a charge or refund: 'succeeded' or 'failed'. Saying it twice changes nothing; the first
-- word counts. A charge that succeeds pays the order, which logs the purchase of its visit; one that succeeds after the order was
-- cancelled is refunded. Returns the order's status.
create or replace function store.settle_payment(p_payment_id bigint, p_status text, p_provider_reference text default null)
returns text
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_payment payments%rowtype;
    v_status text;
begin
    if p_status not in ('succeeded', 'failed') then
        raise exception 'a payment succeeds or fails, got %', p_status using errcode = 'EC400', hint = 'give succeeded or failed';
    end if;
    -- The order before the payment: everyone locks in this order.
    select orders.status into v_status
    from orders where order_id = (select order_id from payments where payment_id = p_payment_id) for update;
    select payments.* into v_payment from payments where payment_id = p_payment_id for update;
    if not found then
        raise exception 'there is no payment %', p_payment_id using errcode = 'EC404', hint = 'ask the provider for its payments';
    end if;
    if v_payment.status <> 'pending' then
        return v_status;
    end if;
    update payments
    set status = p_status, settled_at = clock_timestamp(), provider_reference = coalesce(p_provider_reference, provider_reference)
    where payment_id = p_payment_id;
    if v_payment.kind = 'charge' and p_status = 'succeeded' then
        if v_status = 'created' then
            update orders set status = 'paid', paid_at = clock_timestamp() where order_id = v_payment.order_id;
            v_status := 'paid';
            perform log_customer_event(jsonb_build_object(
                'event_type', 'purchase', 'visitor_id', visits.visitor_id, 'session_id', visits.session_id, 'customer_id', orders.customer_id,
                'order_id', orders.order_id, 'price_minor', orders.total_minor, 'channel', 'store'
            ))
            from order_visits as visits
            join orders using (order_id)
            where visits.order_id = v_payment.order_id;
        elsif v_status = 'cancelled' then
            insert into payments (order_id, kind, amount_minor, method)
            values (v_payment.order_id, 'refund', v_payment.amount_minor, v_payment.method);
        end if;
    end if;
    perform note_change('order', v_payment.order_id::text);
    return v_status;
end
$$;
