-- Changes what a customer says of themselves: name, country, gender, born_on, accepts_mail; what p_profile does not name stays as it is.
create or replace function store.save_profile(p_customer_id bigint, p_profile jsonb)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    update customers
    set
        name = coalesce(p_profile ->> 'name', name),
        country = coalesce(p_profile ->> 'country', country),
        gender = coalesce(p_profile ->> 'gender', gender),
        born_on = case when p_profile ? 'born_on' then (p_profile ->> 'born_on')::date else born_on end,
        accepts_mail = coalesce((p_profile ->> 'accepts_mail')::boolean, accepts_mail)
    where customer_id = p_customer_id
$$;
