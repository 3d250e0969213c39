-- Grain: one row per step. The analysis funnel over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view mv_sales_funnel as
with

scoped_sessions as (
    select
        source_key,
        is_inferred,
        started_at,
        started_on,
        customer_key,
        channel,
        duration_seconds,
        event_count,
        product_count,
        product_keys,
        entry_product_key,
        exit_product_key,
        revenue_minor,
        event_types,
        view_count,
        cart_count,
        purchase_count
    from fct_sessions
    where
        started_on >= assumeNotNull((select min(day_on) from agg_daily))
        and started_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))

),

funnel_entities as (
    select
        arrayFilter(
            touch -> touch.1 > 0,
            arrayMap(type -> (indexOf(cast(['view', 'cart_add', 'purchase'], 'Array(String)'), toString(type)), toInt64(0)), patterns.event_kinds)
        ) as touches,
        patterns.session_count as entity_count,
        '' as breakdown
    from (
        select
            arrayCompact(sessions.event_types) as event_kinds,
            count() as session_count
        from scoped_sessions as sessions
        group by event_kinds
    ) as patterns

),

funnel_reached as (
    select
        arrayMap(
            start -> start > -4000000000000000000,
            arrayFold(
                (starts, touch) -> arrayMap(
                    (start, step) -> multiIf(
                        step != touch.1, start,
                        step = 1, touch.2,
                        touch.2 - starts[step - 1] <= cast('720', 'UInt32') * 3600000, starts[step - 1],
                        start
                    ),
                    starts,
                    range(1, length(cast(['view', 'cart_add', 'purchase'], 'Array(String)')) + 1)
                ),
                touches,
                arrayResize(emptyArrayInt64(), length(cast(['view', 'cart_add', 'purchase'], 'Array(String)')), toInt64(-4000000000000000000))
            )
        ) as is_reached,
        entity_count,
        breakdown
    from funnel_entities

),

funnel_counts as (
    select
        step,
        entity_count
    from (
        select arrayResize(
            sumForEach(arrayMap(is_reached_step -> is_reached_step * reached.entity_count, reached.is_reached)),
            length(cast(['view', 'cart_add', 'purchase'], 'Array(String)'))
        ) as entity_counts
        from funnel_reached as reached
    )
    array join
        entity_counts as entity_count,
        arrayEnumerate(entity_counts) as step

)

select
    counts.step as step,
    cast(['view', 'cart_add', 'purchase'], 'Array(String)')[counts.step] as step_name,
    counts.entity_count as entity_count,
    entity_count / nullIf(lagInFrame(entity_count, 1, entity_count) over (order by step rows between unbounded preceding and current row), 0) as step_rate,
    entity_count / nullIf(first_value(entity_count) over (order by step), 0) as overall_rate
from funnel_counts as counts
order by step
