-- One row: what a shopper must know of the shop; free_shipping_from_minor is null when shipping is never free.
select
    settings.currency, settings.tax_rate, settings.shipping_minor, settings.free_shipping_from_minor, settings.reservation_minutes,
    (select count(*) from store.articles where articles.is_active) as article_count
from store.settings
