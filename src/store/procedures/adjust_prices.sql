-- Marks down what sells least: articles of a category (and those below it) whose units sold in the last p_days are at or
-- below the p_percentile of the category lose p_markdown_percent of their price, rounded to whole minor units and never
-- below cost unless allowed. With p_is_preview nothing changes; the rows say what would.
create or replace function store.adjust_prices(
    p_category_id bigint,
    p_percentile numeric,
    p_markdown_percent numeric,
    p_days integer default 90,
    p_is_preview boolean default true,
    p_below_cost boolean default false
)
returns table (article_id bigint, name text, unit_count bigint, old_price_minor bigint, new_price_minor bigint)
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    if p_percentile not between 0 and 1 or p_markdown_percent not between 0 and 90 or p_days < 1 then
        raise exception 'percentile must be 0 to 1, markdown 0 to 90 per cent, days at least 1; got %, %, %',
            p_percentile, p_markdown_percent, p_days
            using errcode = 'EC400', hint = 'for the slowest quarter at a fifth off: 0.25 and 20';
    end if;
    return query
    with recursive branch as (
        select categories.category_id from categories where categories.category_id = p_category_id
        union
        select categories.category_id from categories join branch on categories.parent_id = branch.category_id
    ),
    sold as (
        select
            articles.article_id,
            coalesce(sum(order_items.quantity - order_items.returned_quantity) filter (
                where orders.status in ('paid', 'shipped', 'delivered') and orders.placed_at >= now() - make_interval(days => p_days)
            ), 0) as units
        from articles
        join branch on branch.category_id = articles.category_id
        left join order_items on order_items.article_id = articles.article_id
        left join orders on orders.order_id = order_items.order_id
        where articles.is_active
        group by articles.article_id
    ),
    cut as (
        select percentile_disc(p_percentile) within group (order by sold.units) as units from sold
    ),
    marked as (
        select
            articles.article_id,
            articles.name,
            sold.units,
            articles.price_minor as old_price,
            greatest(
                round(articles.price_minor * (100 - p_markdown_percent) / 100)::bigint,
                case when p_below_cost then 0 else least(coalesce(articles.cost_minor, 0), articles.price_minor) end
            ) as new_price
        from sold
        join articles on articles.article_id = sold.article_id
        cross join cut
        where sold.units <= cut.units
    ),
    changed as (
        select update_price(marked.article_id, marked.new_price, 'markdown ' || p_markdown_percent || ' %'), marked.article_id as id
        from marked
        where not p_is_preview and marked.new_price <> marked.old_price
        order by marked.article_id
    )
    select marked.article_id, marked.name, marked.units::bigint, marked.old_price, marked.new_price
    from marked
    left join changed on changed.id = marked.article_id
    order by marked.units, marked.article_id;
end
$$;
