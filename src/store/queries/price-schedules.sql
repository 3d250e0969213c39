-- Prices that wait for their time, the next first.
select price_schedules.schedule_id, articles.article_id, articles.sku, articles.name, articles.price_minor as price_now_minor, price_schedules.price_minor, price_schedules.starts_at
from store.price_schedules
join store.articles using (article_id)
where price_schedules.applied_at is null
order by price_schedules.starts_at, price_schedules.schedule_id
limit {most:integer}
