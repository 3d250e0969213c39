-- $1 seed, $2 articles, $3 newest day. Names, colours and patterns of the type; prices end in 99; cost is 40 to 60 %.
insert into store.articles (sku, name, description, category_id, brand, product_type, colour, pattern, price_minor, cost_minor, reorder_point, created_at)
select
    lpad((100000000 + made.place * 7)::text, 10, '0'),
    initcap(colours.colour) || ' ' || lower(kinds.style) || ' ' || lower(kinds.kind),
    upper(left(colours.colour, 1)) || substr(colours.colour, 2) || ' ' || lower(kinds.kind) || ', ' || patterns.pattern || ', ' || kinds.words || '.',
    categories.category_id,
    (array['Northlane', 'Harbour', 'Mill & Moor', 'Fjell', 'Alder'])[1 + floor(5 * store.seed_random($1, 'brand', made.place))::integer],
    kinds.kind,
    colours.colour,
    patterns.pattern,
    priced.price_minor,
    round(priced.price_minor * (0.4 + 0.2 * store.seed_random($1, 'cost', made.place)))::bigint,
    5 + floor(15 * store.seed_random($1, 'reorder', made.place))::integer,
    $3::timestamptz - make_interval(days => 730)
from generate_series(1, $2) as made (place)
cross join lateral (
    select *
    from (
        values
            ('women-jackets', 'Jacket', 'Quilted', 'warm and windproof', 6999), ('women-hoodies', 'Hoodie', 'Relaxed', 'brushed inside', 3499),
            ('women-denim', 'Jeans', 'High-waist', 'with a little stretch', 4499), ('men-jackets', 'Jacket', 'Waxed', 'made for rain', 7999),
            ('men-hoodies', 'Hoodie', 'Heavy', 'of thick cotton', 3999), ('men-denim', 'Jeans', 'Straight', 'of rigid denim', 4999),
            ('beanies', 'Beanie', 'Ribbed', 'of merino wool', 1499), ('scarves', 'Scarf', 'Long', 'soft and wide', 1999),
            ('women-dresses', 'Dress', 'Flared', 'with a fitted waist', 5499), ('men-shirts', 'Shirt', 'Oxford', 'of washed cotton', 3999),
            ('women-knitwear', 'Jumper', 'Fine', 'of lambswool', 4999), ('men-t-shirts', 'T-shirt', 'Heavy', 'of organic cotton', 1999),
            ('shoes', 'Trainers', 'Low', 'with a rubber sole', 6499), ('bags', 'Bag', 'Leather', 'with brass fittings', 8999)
    ) as choices (slug, kind, style, words, base_minor)
    offset (made.place - 1) % 14 limit 1
) as kinds
join store.categories on categories.slug = kinds.slug
cross join lateral (
    select (array['black', 'navy', 'cream', 'forest green', 'rust', 'grey', 'light blue', 'burgundy'])[1 + floor(8 * store.seed_random($1, 'colour', made.place))::integer] as colour
) as colours
cross join lateral (
    select (array['plain', 'striped', 'checked', 'printed'])[1 + floor(4 * store.seed_random($1, 'pattern', made.place) ^ 2)::integer] as pattern
) as patterns
cross join lateral (
    select greatest(499, round(kinds.base_minor * (0.6 + 0.9 * store.seed_random($1, 'price', made.place)) / 100)::bigint * 100 - 1) as price_minor
) as priced
on conflict (sku) do nothing;

-- What note_search_words would have learned from each.
select store.learn_search_words(string_agg(distinct words.spoken, ' '))
from (select concat_ws(' ', articles.name, articles.brand, articles.product_type, articles.colour) as spoken from store.articles) as words;
