-- Where a clicked article stood, as the storefront logs it: most in lists, the others on offers. The same seed, the same place.
create or replace function store.seed_shelf(p_seed bigint, p_place bigint)
returns jsonb
language sql immutable parallel safe
as $$
    select (array[
        '{"place": "category", "source": "catalogue"}', '{"place": "category", "source": "catalogue"}',
        '{"place": "category", "source": "catalogue"}', '{"place": "search", "source": "search"}',
        '{"place": "search", "source": "search"}', '{"place": "home-trending", "source": "popular"}',
        '{"place": "home-new", "source": "newest"}', '{"place": "product-together", "source": "together"}',
        '{"place": "product", "source": "similar"}', '{"place": "cart", "source": "similar"}'
    ]::jsonb[])[1 + floor(10 * store.seed_random(p_seed, 'shelf', p_place))::integer]
$$;
