-- Every price an article has had, newest first.
select price_history.valid_from, price_history.price_minor, price_history.reason
from store.price_history
where price_history.article_id = {article_id:bigint}
order by price_history.valid_from desc
limit {most:integer}
