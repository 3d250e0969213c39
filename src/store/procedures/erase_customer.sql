-- Erases one customer: what money and stock rest on stays, as orders of a customer p_new_id who has no name, no address and
-- no account; everything else goes. p_new_id comes from reserve_customer_ids. p_visitors are the visitors this customer alone
-- has been. Orders that are not paid or not sent yet refuse it, unless p_is_forced. Returns what was changed or removed, rows by table; nothing for a customer who is not there.
create or replace function store.erase_customer(p_customer_id bigint, p_new_id bigint, p_visitors text[], p_is_forced boolean default false)
returns table (table_name text, row_count bigint)
language plpgsql volatile set search_path = store, pg_temp
as $$
#variable_conflict use_column
declare
    v_email text;
    v_open text;
    v_rows bigint;
begin
    select email into v_email from customers where customer_id = p_customer_id for update;
    if not found then
        return;
    end if;
    select string_agg(order_id::text, ', ' order by order_id) into v_open
    from orders where customer_id = p_customer_id and status in ('created', 'paid');
    if v_open is not null and not p_is_forced then
        raise exception 'orders that are not paid or not sent yet need the customer: %', v_open
            using errcode = 'EC409', hint = 'send or cancel them, then erase again';
    end if;

    insert into customers (customer_id, email, country, is_active, registered_at, last_active_at)
    overriding system value
    select p_new_id, 'erased-' || p_new_id || '@erased.invalid', country, false, date_trunc('day', registered_at), date_trunc('day', last_active_at)
    from customers where customer_id = p_customer_id;

    update orders
    set customer_id = p_new_id, recipient = '', street = '', city = '', region = '', postal_code = '', tracking_code = '',
        idempotency_key = 'erased-' || gen_random_uuid()
    where customer_id = p_customer_id;
    get diagnostics v_rows = row_count;
    return query select 'orders', v_rows;
    update order_status_log set note = '' where order_id in (select order_id from orders where customer_id = p_new_id) and note <> '';
    get diagnostics v_rows = row_count;
    return query select 'order_status_log', v_rows;
    update returns set reason = '' where order_id in (select order_id from orders where customer_id = p_new_id) and reason <> '';
    get diagnostics v_rows = row_count;
    return query select 'returns', v_rows;
    delete from order_visits where order_id in (select order_id from orders where customer_id = p_new_id);
    get diagnostics v_rows = row_count;
    return query select 'order_visits', v_rows;

    delete from reservations where cart_id in (select cart_id from carts where customer_id = p_customer_id);
    delete from carts
    where customer_id = p_customer_id and status = 'open'
        and not exists (select from mailing_carts where mailing_carts.cart_id = carts.cart_id);
    get diagnostics v_rows = row_count;
    update carts set customer_id = p_new_id, token_hash = null, status = case status when 'open' then 'merged' else status end
    where customer_id = p_customer_id;
    return query select 'carts', v_rows;

    update reviews set customer_id = p_new_id, title = '', body = 'Text removed.' where customer_id = p_customer_id;
    get diagnostics v_rows = row_count;
    return query select 'reviews', v_rows;
    update exposures set customer_id = p_new_id where customer_id = p_customer_id;
    get diagnostics v_rows = row_count;
    return query select 'exposures', v_rows;

    with
    mine as (
        select happened_at, event_id, visitor_id, session_id from events
        where customer_id = p_customer_id or (customer_id is null and visitor_id = any (p_visitors))
    ),
    visits as (
        select visitor_id, session_id, 'erased-' || gen_random_uuid() as new_session_id from mine group by visitor_id, session_id
    ),
    visitors as (
        select visitor_id, 'erased-' || gen_random_uuid() as new_visitor_id from mine group by visitor_id
    )
    update events
    set
        customer_id = case when events.customer_id is null then null else p_new_id end,
        visitor_id = visitors.new_visitor_id, session_id = visits.new_session_id, details = '{}'
    from mine
    join visits using (visitor_id, session_id)
    join visitors using (visitor_id)
    where events.happened_at = mine.happened_at and events.event_id = mine.event_id;
    get diagnostics v_rows = row_count;
    return query select 'events', v_rows;

    delete from mails where recipient = v_email and sent_at is null;
    get diagnostics v_rows = row_count;
    update mails set recipient = '', details = '{}' where recipient = v_email;
    return query select 'mails', v_rows;
    delete from outbox where topic = 'customer' and subject_id = p_customer_id::text and delivery_id is null;

    -- Addresses, sign-ins, links in mails, wishlist and points go with the customer.
    delete from customers where customer_id = p_customer_id;
    return query select 'customers', 1::bigint;
end
$$;
