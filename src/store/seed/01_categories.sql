-- Two levels, as a fashion shop has them: groups, and the product types within them.
insert into store.categories (name, slug, parent_id, position)
select name, slug, null, place
from (values ('Women', 'women', 1), ('Men', 'men', 2), ('Accessories', 'accessories', 3)) as roots (name, slug, place)
on conflict (slug) do nothing;

insert into store.categories (name, slug, parent_id, position)
select leaves.name, leaves.slug, roots.category_id, leaves.place
from (
    values
        ('women', 'Jackets', 'women-jackets', 1), ('women', 'Hoodies', 'women-hoodies', 2), ('women', 'Denim', 'women-denim', 3),
        ('women', 'Dresses', 'women-dresses', 4), ('women', 'Knitwear', 'women-knitwear', 5),
        ('men', 'Jackets', 'men-jackets', 1), ('men', 'Hoodies', 'men-hoodies', 2), ('men', 'Denim', 'men-denim', 3),
        ('men', 'Shirts', 'men-shirts', 4), ('men', 'T-shirts', 'men-t-shirts', 5),
        ('accessories', 'Beanies', 'beanies', 1), ('accessories', 'Scarves', 'scarves', 2), ('accessories', 'Shoes', 'shoes', 3),
        ('accessories', 'Bags', 'bags', 4)
) as leaves (root, name, slug, place)
join store.categories as roots on roots.slug = leaves.root
on conflict (slug) do nothing;
