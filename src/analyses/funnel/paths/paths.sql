-- One row per path of sessions started in [{period_start:Date}, {period_end:Date}), shop time zone: kinds of events in order, those
-- that repeat right after themselves once. forward: the first {length:UInt32} from the first {from_step:String} on, or from the
-- start; backward: the last {length:UInt32} up to the last {from_step:String}, or to the end. Sessions without that step are left
-- out. The {limit:UInt32} most frequent, ties by path.
with

kinds as (

    select
        arrayMap(type -> toString(type), arrayCompact(sessions.event_types)) as steps,
        sessions.purchase_count > 0 as is_purchasing,
        count() as pattern_count
    from scoped_sessions as sessions
    group by steps, is_purchasing

),

cut as (

    select
        if(
            {direction:String} = 'forward',
            arraySlice(steps, if({from_step:String} = '', 1, indexOf(steps, {from_step:String})), {length:UInt32}),
            arrayReverse(arraySlice(arrayReverse(steps), if({from_step:String} = '', 1, indexOf(arrayReverse(steps), {from_step:String})), {length:UInt32}))
        ) as path_steps,
        is_purchasing,
        pattern_count
    from kinds
    where {from_step:String} = '' or has(steps, {from_step:String})

)

select
    arrayStringConcat(path_steps, ' > ') as path,
    sum(pattern_count) as session_count,
    sumIf(pattern_count, is_purchasing) / session_count as purchase_rate,
    session_count / sum(session_count) over () as session_share_rate
from cut
group by path
order by session_count desc, path
limit {limit:UInt32}
