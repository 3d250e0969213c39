-- Grain: one rule with one product on either side, of pairs in at least five orders, whatever the lift. Rules of more products,
-- and whether they are chance, come from the analysis association-rules.
create or replace view vw_product_association_rules as
with

rules as (

    select
        tupleElement(direction, 1) as antecedent,
        tupleElement(direction, 2) as consequent,
        pair_count,
        support_rate
    from vw_product_pairs
    array join [(product_a_id, product_b_id), (product_b_id, product_a_id)] as direction

),

product_orders as (

    select
        products.product_id as sold_id,
        uniqExact(lines.order_key) as order_count
    from fct_order_lines as lines
    inner join dim_product as products on lines.product_key = products.product_key
    where lines.quantity > 0 and lines.unit_price_minor > 0 and not lines.is_cancelled
    group by sold_id

)

select
    rules.antecedent as antecedent,
    rules.consequent as consequent,
    rules.pair_count as rule_count,
    rules.support_rate as support_rate,
    rules.pair_count / left_orders.order_count as confidence_rate,
    confidence_rate * (rules.pair_count / rules.support_rate) / right_orders.order_count as lift
from rules
inner join product_orders as left_orders on rules.antecedent = left_orders.sold_id
inner join product_orders as right_orders on rules.consequent = right_orders.sold_id
