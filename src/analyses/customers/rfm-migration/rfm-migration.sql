-- One row per pair of segments that a customer moved between: of {from:Date} and of {to:Date}, customers with an order before the
-- later day in [{period_start:Date}, {period_end:Date}), shop time zone. '(none)' had no order before the earlier day.
with

moves as (

    select
        segmented.customer_key as moving_key,
        anyIf(segmented.rfm_segment, segmented.as_of_on = {from:Date}) as segment_before,
        anyIf(segmented.rfm_segment, segmented.as_of_on = {to:Date}) as segment_after
    from rfm_segmented as segmented
    group by moving_key

)

select
    if(segment_before = '', '(none)', segment_before) as from_segment,
    segment_after as to_segment,
    count() as customer_count
from moves
where segment_after != ''
group by from_segment, to_segment
order by from_segment, to_segment
