-- One row per person: everyone, as of {cutoff:Date}. Of all people those whose key leaves {part:UInt32} when divided by {part_count:UInt32}.
select
    customer_key as asked_key,
    {cutoff:Date} as cutoff_on
from dim_customer
where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32}
