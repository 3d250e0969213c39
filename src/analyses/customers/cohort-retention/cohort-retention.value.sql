-- One row per value of {by:String} at the first order and {grain:String} since, for customers whose first order fell in
-- [{period_start:Date}, {period_end:Date}), shop time zone, weeks from Monday: the {limit:UInt32} values of most customers. Customers
-- who joined at different times stand in one row: cohort_size is of those for whom that {grain:String} has ended by
-- {period_end:Date}, so every cell is complete. cohort_month is the first {grain:String} in which one of them joined.
with

members as (

    select
        cohort_members.member_key as member_key,
        cohort_members.cohort_value as member_value,
        toDate(dateTrunc({grain:String}, cohort_members.joined_on)) as start_on,
        dateDiff({grain:String}, start_on, toDate(dateTrunc({grain:String}, {period_end:Date}))) as ended_count
    from cohort_members
    where cohort_members.joined_on >= {period_start:Date} and cohort_members.joined_on < {period_end:Date}

),

largest_values as (

    select
        member_value as large_value,
        min(start_on) as large_start_on,
        count() as large_size
    from members
    group by large_value
    order by large_size desc, large_value
    limit {limit:UInt32}

),

sizes as (

    select
        member_value as sized_value,
        index,
        count() as size
    from members
    array join range(toUInt32(greatest(ended_count, 0))) as index
    group by sized_value, index

),

active_members as (

    select
        members.member_value as active_value,
        dateDiff({grain:String}, members.start_on, toDate(dateTrunc({grain:String}, activity.active_on))) as active_index,
        uniqExact(members.member_key) as active_count
    from customer_activity as activity
    inner join members on activity.customer_key = members.member_key
    where active_index >= 0 and active_index < members.ended_count
    group by active_value, active_index

)

select
    largest_values.large_start_on as cohort_month,
    sizes.index as month_index,
    sizes.size as cohort_size,
    active_members.active_count as active_customer_count,
    true as is_complete,
    active_customer_count / cohort_size as retention_rate,
    largest_values.large_value as cohort
from largest_values
inner join sizes on largest_values.large_value = sizes.sized_value
left any join active_members on sizes.sized_value = active_members.active_value and sizes.index = active_members.active_index
order by largest_values.large_size desc, cohort, month_index
