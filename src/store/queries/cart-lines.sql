-- Lines of a cart at today's prices, in the order they were put in; kept_until is null for what is not reserved,
-- available_quantity what this cart may have.
select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern, articles.image_url,
    cart_items.quantity, articles.price_minor as unit_price_minor,
    cart_items.quantity * articles.price_minor as line_minor,
    articles.is_active and available.quantity >= cart_items.quantity as is_available,
    case when articles.is_active then available.quantity else 0 end as available_quantity,
    (
        select min(reservations.expires_at) from store.reservations
        where reservations.cart_id = cart_items.cart_id and reservations.article_id = cart_items.article_id and reservations.expires_at > now()
    ) as kept_until
from store.cart_items
join store.articles using (article_id)
cross join lateral store.available_quantity(articles.article_id, cart_items.cart_id) as available (quantity)
where cart_items.cart_id = {cart_id:bigint}
order by cart_items.added_at, articles.article_id
