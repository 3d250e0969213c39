-- The shop's settings, as the workspace has them; what p_settings does not name stays, or takes its default the first time.
create or replace function store.configure_store(p_settings jsonb)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    insert into settings (currency) values (coalesce(p_settings ->> 'currency', 'USD')) on conflict (is_only) do nothing;
    update settings
    set
        currency = coalesce(p_settings ->> 'currency', currency),
        tax_rate = coalesce((p_settings ->> 'tax_rate')::numeric, tax_rate),
        shipping_minor = coalesce((p_settings ->> 'shipping_minor')::bigint, shipping_minor),
        free_shipping_from_minor = coalesce((p_settings ->> 'free_shipping_from_minor')::bigint, free_shipping_from_minor),
        reservation_minutes = coalesce((p_settings ->> 'reservation_minutes')::integer, reservation_minutes),
        payment_minutes = coalesce((p_settings ->> 'payment_minutes')::integer, payment_minutes),
        points_per_unit = coalesce((p_settings ->> 'points_per_unit')::numeric, points_per_unit);
$$;
