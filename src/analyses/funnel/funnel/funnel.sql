-- One row per step of {steps:Array(String)}, over sessions, customers or events of [{period_start:Date}, {period_end:Date}),
-- shop time zone. Rates are against the step before and the first step; null where that one was reached by none.
select
    counts.step as step,
    {steps:Array(String)}[counts.step] as step_name,
    counts.entity_count as entity_count,
    entity_count / nullIf(lagInFrame(entity_count, 1, entity_count) over (order by step rows between unbounded preceding and current row), 0) as step_rate,
    entity_count / nullIf(first_value(entity_count) over (order by step), 0) as overall_rate
from funnel_counts as counts
order by step
