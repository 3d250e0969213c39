-- Lines of a cart at today's prices, in the order they were put in; kept_until is null for what is not reserved.
select
    articles.article_id, articles.sku, articles.name, articles.image_url, cart_items.quantity, articles.price_minor as unit_price_minor,
    cart_items.quantity * articles.price_minor as line_minor,
    articles.is_active and store.available_quantity(articles.article_id, cart_items.cart_id) >= cart_items.quantity as is_available,
    (
        select min(reservations.expires_at) from store.reservations
        where reservations.cart_id = cart_items.cart_id and reservations.article_id = cart_items.article_id and reservations.expires_at > now()
    ) as kept_until
from store.cart_items
join store.articles using (article_id)
where cart_items.cart_id = {cart_id:bigint}
order by cart_items.added_at, articles.article_id
