-- A number in [0, 1) that depends on nothing but a seed, a label and a position: the same seed gives the same shop.
create or replace function store.seed_random(p_seed bigint, p_label text, p_place bigint)
returns double precision
language sql immutable parallel safe
as $$
    select (hashtextextended(p_label || ':' || p_place, p_seed) & 9007199254740991) / 9007199254740992.0
$$;
