-- One row: whether the customer's person is in the segment.
select count() > 0 as is_member
from segment_customers
where
    customer_key != 0
    and (
        customer_key = natural_key({customer_id:String})
        or customer_key in (
            select identities.person_key from dim_identity as identities where identities.customer_key = natural_key({customer_id:String})
        )
    )
