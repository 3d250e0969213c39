-- One row per step of {steps:Array(String)}, each counted alone, over sessions, customers or events of
-- [{period_start:Date}, {period_end:Date}), shop time zone. A step before means nothing here, so step_rate is null.
select
    counts.step as step,
    {steps:Array(String)}[counts.step] as step_name,
    counts.entity_count as entity_count,
    null as step_rate,
    entity_count / nullIf(first_value(entity_count) over (order by step), 0) as overall_rate
from funnel_counts as counts
order by step
