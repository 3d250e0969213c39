-- Every category with the number of articles for sale in it alone; parents by their slug.
select categories.category_id, categories.slug, categories.name, parents.slug as parent, categories.position, count(articles.article_id) as article_count
from store.categories
left join store.categories as parents on parents.category_id = categories.parent_id
left join store.articles on articles.category_id = categories.category_id and articles.is_active
group by categories.category_id, parents.slug
order by categories.position, categories.slug
