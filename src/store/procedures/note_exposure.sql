-- Keeps that a customer has seen a variant of an experiment, the first time only, and puts it on its way to the warehouse;
-- true when it was the first time.
create or replace function store.note_exposure(p_experiment_id text, p_customer_id bigint, p_variant text)
returns boolean
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_exposure_id bigint;
begin
    -- Most calls are of those who have seen it before: they write nothing.
    if exists (
        select from exposures
        where experiment_id = p_experiment_id and customer_id = p_customer_id and variant = p_variant
    ) then
        return false;
    end if;
    insert into exposures (experiment_id, customer_id, variant)
    values (p_experiment_id, p_customer_id, p_variant)
    on conflict (experiment_id, customer_id, variant) do nothing
    returning exposure_id into v_exposure_id;
    if v_exposure_id is null then
        return false;
    end if;
    perform note_change('exposure', v_exposure_id::text);
    return true;
end
$$;
