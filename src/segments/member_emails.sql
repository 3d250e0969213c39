-- E-mail addresses of customers, as they may be written to.
select
    customer_key,
    email
from customer_emails
