-- $1 newest day. Who has bought; the others have nothing to tell. They can neither sign in nor be written to: `.invalid` is no place of mail
-- (RFC 2606). Of their age the year of birth follows, its day being unknown the first of January.
insert into store.customers (email, name, born_on, registered_at, last_active_at, created_at)
select
    lower(bought.customer_id) || '@hm.invalid', '', make_date(extract(year from $1::date)::integer - known.age, 1, 1),
    bought.first_on::timestamptz, bought.last_on::timestamptz, bought.first_on::timestamptz
from (
    select customer_id, min(bought_on) as first_on, max(bought_on) as last_on
    from hm_transactions
    group by customer_id
) as bought
left join (select customer_id, max(age) as age from hm_customers group by customer_id) as known using (customer_id)
order by bought.first_on, bought.customer_id;
