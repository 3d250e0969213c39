-- Grain: one customer who has seen a variant of an experiment, as the warehouse takes it.
create or replace view store.v_out_exposures as
select
    exposures.exposure_id::text as subject_id,
    exposures.experiment_id,
    'S-' || exposures.customer_id as customer_id,
    exposures.variant,
    store.utc_text(exposures.exposed_at) as exposed_at
from store.exposures;
