-- The next mails to send, the oldest first.
select mails.mail_id, mails.recipient, mails.template, mails.details
from store.mails
where mails.sent_at is null
order by mails.mail_id
limit {most:integer}
