-- SKUs of articles, in the order they are asked.
select articles.sku
from unnest({article_ids:bigint[]}) with ordinality as asked (article_id, place)
join store.articles using (article_id)
order by asked.place
