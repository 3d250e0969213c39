-- One row per day of [{period_start:Date}, {period_end:Date}), shop time zone, whose net revenue is out of the ordinary, newest
-- first. Expected: the median of the same weekday in the eight weeks before, at least four of which hold data. The scale is
-- 1.4826 times the median absolute deviation of the 56 days before; days without 14 judged days before them are not judged.
-- main_*: the value whose change against its own median of the same weekdays makes most of the deviation; null without one.
with

sold_days as (

    select
        line_on as sold_on,
        sum(revenue_minor) as day_minor
    from scoped_history_lines
    group by sold_on

),

calendar as (

    select
        days.listed_on as calendar_on,
        sold_days.day_minor as day_minor
    from (
        select {period_start:Date} - least(112, toUInt16({period_start:Date})) + number as listed_on
        from numbers(least(112, toUInt16({period_start:Date})) + dateDiff('day', {period_start:Date}, {period_end:Date}))
    ) as days
    left any join sold_days on days.listed_on = sold_days.sold_on
    where days.listed_on >= (select min(sold_on) from sold_days)

),

expected_days as (

    select
        calendar_on,
        day_minor,
        if(
            count() over weekday_before < 4,
            null,
            quantileExactInclusive(0.5)(day_minor) over weekday_before
        ) as expected_minor,
        abs(day_minor - expected_minor) as distance_minor
    from calendar
    window weekday_before as (partition by toDayOfWeek(calendar_on) order by calendar_on rows between 8 preceding and 1 preceding)

),

scaled_days as (

    select
        calendar_on,
        day_minor,
        expected_minor,
        if(
            count(distance_minor) over days_before < 14,
            null,
            1.4826 * quantileExactInclusive(0.5)(distance_minor) over days_before
        ) as scale_minor
    from expected_days
    window days_before as (order by calendar_on rows between 56 preceding and 1 preceding)

),

odd_days as (

    select
        calendar_on as odd_on,
        day_minor as odd_minor,
        assumeNotNull(expected_minor) as usual_minor,
        (odd_minor - usual_minor) / nullIf(scale_minor, 0) as score
    from scaled_days
    where
        calendar_on >= {period_start:Date}
        and expected_minor is not null
        and abs(score) >= {min_score:Float64}

),

compared_days as (

    select
        odd_on,
        odd_minor - usual_minor as deviation_minor,
        weeks_before,
        toDate(odd_on - 7 * weeks_before) as compared_on,
        least(8, toUInt32(intDiv(dateDiff('day', data_start.first_on, odd_on), 7))) as week_count
    from odd_days
    cross join (select min(sold_on) as first_on from sold_days) as data_start
    array join range(0, 9) as weeks_before

),

value_days as (

    select
        compared_days.odd_on as value_on,
        compared_days.weeks_before as weeks_before,
        any(compared_days.week_count) as week_count,
        any(compared_days.deviation_minor) as deviation_minor,
        tupleElement(part, 1) as part_kind,
        tupleElement(part, 2) as part_value,
        sum(lines.revenue_minor) as value_minor
    from scoped_history_lines as lines
    inner join compared_days on lines.line_on = compared_days.compared_on
    left any join dim_product as products on lines.product_key = products.product_key
    array join [
        ('category', splitByChar('.', products.category::String)[1]),
        ('channel', lines.channel::String),
        ('brand', products.brand::String)
    ] as part
    group by value_on, weeks_before, part_kind, part_value

),

changes as (

    select
        value_on as changed_on,
        part_kind as changed_kind,
        part_value as changed_value,
        sumIf(value_minor, weeks_before = 0) as now_minor,
        arrayResize(groupArrayIf(value_minor, weeks_before > 0), any(week_count), toInt64(0)) as before_minor,
        (now_minor - arrayReduce('quantileExactInclusive(0.5)', before_minor)) / nullIf(any(deviation_minor), 0) as change_share
    from value_days
    group by changed_on, changed_kind, changed_value

),

movers as (

    select
        changed_on as moved_on,
        changed_kind as moved_kind,
        argMax(changed_value, (change_share, changed_value)) as moved_value,
        max(change_share) as moved_share
    from changes
    group by moved_on, moved_kind

),

reasons as (

    select
        moved_on as reason_on,
        nullIf(anyIf(moved_value, moved_kind = 'category'), '') as main_category,
        anyIf(moved_share, moved_kind = 'category') as main_category_share_rate,
        nullIf(anyIf(moved_value, moved_kind = 'channel'), '') as main_channel,
        anyIf(moved_share, moved_kind = 'channel') as main_channel_share_rate,
        nullIf(anyIf(moved_value, moved_kind = 'brand'), '') as main_brand,
        anyIf(moved_share, moved_kind = 'brand') as main_brand_share_rate
    from movers
    group by reason_on

)

select
    odd_days.odd_on as day_on,
    if(odd_days.odd_minor >= odd_days.usual_minor, 'above', 'below') as direction,
    odd_days.odd_minor as net_revenue_minor,
    odd_days.usual_minor as expected_revenue_minor,
    net_revenue_minor - expected_revenue_minor as deviation_minor,
    deviation_minor / nullIf(expected_revenue_minor, 0) as deviation_rate,
    odd_days.score as score,
    reasons.main_category as main_category,
    reasons.main_category_share_rate as main_category_share_rate,
    reasons.main_channel as main_channel,
    reasons.main_channel_share_rate as main_channel_share_rate,
    reasons.main_brand as main_brand,
    reasons.main_brand_share_rate as main_brand_share_rate
from odd_days
left any join reasons on odd_days.odd_on = reasons.reason_on
order by day_on desc
limit {limit:UInt32}
