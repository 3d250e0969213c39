-- Grain: one review, as in stg_reviews, with the person as its customer.
create view if not exists person_reviews as
select reviews.* replace (if(identities.person_key != 0, identities.person_key, reviews.customer_key) as customer_key)
from stg_reviews as reviews
left any join dim_identity as identities on reviews.customer_key = identities.customer_key
