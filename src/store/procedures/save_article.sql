-- Adds an article, or changes the one with its SKU; what p_article does not name stays as it is. p_article holds sku, name,
-- description, category (slug), brand, product_type, colour, pattern, price_minor, cost_minor, reorder_point, image_url,
-- is_active; stock enters the ledger by update_stock. Returns the article.
create or replace function store.save_article(p_article jsonb)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_article_id bigint;
    v_category_id bigint;
begin
    if p_article ? 'category' then
        select category_id into v_category_id from categories where slug = p_article ->> 'category';
        if v_category_id is null then
            raise exception 'there is no category %', p_article ->> 'category' using errcode = 'EC404', hint = 'save the category first';
        end if;
    end if;
    select article_id into v_article_id from articles where sku = p_article ->> 'sku' for update;
    if v_article_id is null then
        insert into articles (sku, name, description, category_id, brand, product_type, colour, pattern, price_minor, cost_minor, reorder_point, image_url, is_active)
        values (
            p_article ->> 'sku', p_article ->> 'name', coalesce(p_article ->> 'description', ''), v_category_id, coalesce(p_article ->> 'brand', ''),
            coalesce(p_article ->> 'product_type', ''), coalesce(p_article ->> 'colour', ''), coalesce(p_article ->> 'pattern', ''),
            (p_article ->> 'price_minor')::bigint, (p_article ->> 'cost_minor')::bigint, coalesce((p_article ->> 'reorder_point')::integer, 5),
            coalesce(p_article ->> 'image_url', ''), coalesce((p_article ->> 'is_active')::boolean, true)
        )
        returning article_id into v_article_id;
        return v_article_id;
    end if;
    update articles
    set
        name = coalesce(p_article ->> 'name', name),
        description = coalesce(p_article ->> 'description', description),
        category_id = coalesce(v_category_id, category_id),
        brand = coalesce(p_article ->> 'brand', brand),
        product_type = coalesce(p_article ->> 'product_type', product_type),
        colour = coalesce(p_article ->> 'colour', colour),
        pattern = coalesce(p_article ->> 'pattern', pattern),
        price_minor = coalesce((p_article ->> 'price_minor')::bigint, price_minor),
        cost_minor = coalesce((p_article ->> 'cost_minor')::bigint, cost_minor),
        reorder_point = coalesce((p_article ->> 'reorder_point')::integer, reorder_point),
        image_url = coalesce(p_article ->> 'image_url', image_url),
        is_active = coalesce((p_article ->> 'is_active')::boolean, is_active)
    where article_id = v_article_id;
    return v_article_id;
end
$$;
