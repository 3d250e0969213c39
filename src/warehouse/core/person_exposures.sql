-- Grain: one exposure, as in stg_exposures, with the person as its customer.
create view if not exists person_exposures as
select exposures.* replace (if(identities.person_key != 0, identities.person_key, exposures.customer_key) as customer_key)
from stg_exposures as exposures
left any join dim_identity as identities on exposures.customer_key = identities.customer_key
