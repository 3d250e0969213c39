-- The place of a cart in [0, 1), the same for ever: a cart below the control share gets no mail. It is md5('abandoned-cart:' and
-- the cart's id), its first 32 bits over 2^32, so that anyone can compute the groups again.
create or replace function store.mailing_place(p_cart_id bigint)
returns double precision
language sql immutable set search_path = store, pg_temp
as $$
    select ('x' || substr(md5('abandoned-cart:' || p_cart_id::text), 1, 8))::bit(32)::bigint / 4294967296.0::double precision
$$;
