-- Moves the stock of one article, as move_stocks does; returns the new stock.
create or replace function store.move_stock(
    p_article_id bigint,
    p_quantity integer,
    p_kind text,
    p_order_id bigint default null,
    p_note text default ''
)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    perform move_stocks(array[p_article_id], array[p_quantity], p_kind, p_order_id, p_note);
    return (select stock_quantity from articles where article_id = p_article_id);
end
$$;
