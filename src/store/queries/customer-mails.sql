-- Mails to a customer's address, the newest first, without what they say; sent_at is null while they wait.
select mails.mail_id, mails.template, mails.queued_at, mails.sent_at
from store.mails
join store.customers on customers.email = mails.recipient
where customers.customer_id = {customer_id:bigint}
order by mails.mail_id desc
limit {most:integer}
