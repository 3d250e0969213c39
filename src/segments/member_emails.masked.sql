-- E-mail addresses of customers, masked.
select
    customer_key,
    email
from dim_customer
