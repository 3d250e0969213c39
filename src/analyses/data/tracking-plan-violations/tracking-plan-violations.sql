-- One row per event, kind of violation and property of messages collected in [{period_start:Date}, {period_end:Date}), shop
-- time zone, at most {limit:UInt32}. The note stands on the first row of a message: its first line is the event's name at the
-- source, each further line a violation. Events that came in files have none; a line in another form is none of ours.
-- Several properties of a message may have names that are not kept: it counts once for all of them.
with

noted as (

    select
        event_on,
        event_type,
        plan_note,
        count() as row_count
    from fct_events
    where plan_note != '' and event_on >= {period_start:Date} and event_on < {period_end:Date}
    group by event_on, event_type, plan_note

),

lines as (

    select
        event_on,
        event_type,
        row_count,
        splitByChar('\n', toString(plan_note)) as parts,
        parts[1] as event_name
    from noted

),

messages as (

    select
        event_name,
        event_type,
        sum(row_count) as message_count
    from lines
    group by event_name, event_type

),

violations as (

    select
        event_name,
        event_type,
        arrayJoin(arrayDistinct(arrayPopFront(parts))) as told,
        sum(row_count) as violation_count,
        min(event_on) as first_on,
        max(event_on) as last_on
    from lines
    group by event_name, event_type, told

)

select
    violations.event_name as event_name,
    violations.event_type as event_type,
    substringIndex(violations.told, ' ', 1) as violation,
    if(position(violations.told, ' ') = 0, null, substring(violations.told, position(violations.told, ' ') + 1)) as property_name,
    messages.message_count as message_count,
    violations.violation_count as violation_count,
    violations.violation_count / messages.message_count as violation_rate,
    violations.first_on as first_on,
    violations.last_on as last_on
from violations
inner join messages on violations.event_name = messages.event_name and violations.event_type = messages.event_type
where
    substringIndex(violations.told, ' ', 1) in (
        'unplanned_event', 'unplanned_property', 'missing_property', 'wrong_type', 'value_not_allowed'
    )
order by violation_count desc, event_name, violation, property_name
limit {limit:UInt32}
