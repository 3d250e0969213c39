-- Makes a mailing of the carts that are left behind and in no mailing yet: those whose place is below p_control_rate get no mail,
-- the others one. Carts without a proven address, of customers who do not accept mails, and of inactive ones are left out and
-- counted. A preview says the same and changes nothing. mailing_id is null for a preview, and when nobody could be mailed.
create or replace function store.mail_abandoned_carts(
    p_control_rate numeric,
    p_window_days integer,
    p_actor text default '',
    p_link text default '',
    p_is_preview boolean default false
)
returns table (
    mailing_id bigint,
    mailed_count integer,
    control_count integer,
    without_address_count integer,
    without_consent_count integer,
    inactive_count integer
)
language plpgsql volatile set search_path = store, pg_temp
as $$
#variable_conflict use_column
declare
    v_mailing_id bigint;
    v_cart record;
    v_mail_id bigint;
    v_carts bigint[];
begin
    if p_control_rate is null or p_control_rate < 0 or p_control_rate > 0.5 or p_window_days is null or p_window_days not between 1 and 90 then
        raise exception 'a control share is 0 to 0.5 and a window 1 to 90 days, got % and %', p_control_rate, p_window_days
            using errcode = 'EC400', hint = 'correct the value';
    end if;
    -- One after the other: the second mailing finds the carts of the first.
    perform pg_advisory_xact_lock(hashtext('store.mailings'));
    select
        coalesce(array_agg(left_behind.cart_id order by left_behind.cart_id) filter (where left_behind.reason = 'mailable'), '{}'),
        count(*) filter (where left_behind.reason = 'without_address'),
        count(*) filter (where left_behind.reason = 'without_consent'),
        count(*) filter (where left_behind.reason = 'inactive')
    into v_carts, without_address_count, without_consent_count, inactive_count
    from (
        select
            carts.cart_id,
            case
                when customers.customer_id is null or customers.verified_at is null then 'without_address'
                when not customers.accepts_mail then 'without_consent'
                when not customers.is_active then 'inactive'
                else 'mailable'
            end as reason
        from carts
        left join customers using (customer_id)
        where
            carts.status = 'open' and carts.abandoned_at is not null
            and exists (select from cart_items where cart_items.cart_id = carts.cart_id)
            and not exists (select from mailing_carts where mailing_carts.cart_id = carts.cart_id)
    ) as left_behind;
    select count(*) filter (where mailing_place(chosen.cart_id) >= p_control_rate), count(*) filter (where mailing_place(chosen.cart_id) < p_control_rate)
    into mailed_count, control_count
    from unnest(v_carts) as chosen (cart_id);
    if not p_is_preview and cardinality(v_carts) > 0 then
        insert into mailings (control_rate, window_days, actor, without_address_count, without_consent_count, inactive_count)
        values (p_control_rate, p_window_days, p_actor, without_address_count, without_consent_count, inactive_count)
        returning mailings.mailing_id into v_mailing_id;
        for v_cart in
            select
                chosen.cart_id, customers.email, mailing_place(chosen.cart_id) < p_control_rate as is_control,
                (
                    select sum(cart_items.quantity * articles.price_minor)::bigint
                    from cart_items join articles using (article_id)
                    where cart_items.cart_id = chosen.cart_id
                ) as subtotal_minor
            from unnest(v_carts) as chosen (cart_id)
            join carts on carts.cart_id = chosen.cart_id
            join customers on customers.customer_id = carts.customer_id
            order by chosen.cart_id
        loop
            v_mail_id := null;
            if not v_cart.is_control then
                insert into mails (recipient, template, details)
                values (v_cart.email, 'abandoned_cart', jsonb_build_object('cart_id', v_cart.cart_id, 'link', p_link))
                returning mails.mail_id into v_mail_id;
            end if;
            insert into mailing_carts (cart_id, mailing_id, is_control, mail_id, subtotal_minor)
            values (v_cart.cart_id, v_mailing_id, v_cart.is_control, v_mail_id, v_cart.subtotal_minor);
        end loop;
        mailing_id := v_mailing_id;
    end if;
    return next;
end
$$;
