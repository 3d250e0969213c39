-- Adds a coupon or changes it; uses counted so far stay.
create or replace function store.save_coupon(p_code text, p_kind text, p_value bigint, p_least_subtotal_minor bigint default 0, p_ends_at timestamptz default null, p_most_uses integer default null)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    insert into coupons (code, kind, value, least_subtotal_minor, ends_at, most_uses)
    values (upper(p_code), p_kind, p_value, p_least_subtotal_minor, p_ends_at, p_most_uses)
    on conflict (code) do update
    set kind = excluded.kind, value = excluded.value, least_subtotal_minor = excluded.least_subtotal_minor, ends_at = excluded.ends_at, most_uses = excluded.most_uses;
$$;
