-- One row per search term of search events in [{period_start:Date}, {period_end:Date}), shop time zone, lower case, the
-- {limit:UInt32} most frequent, ties by term: from the property query, search_term or q. Events without a term are '(unknown)'.
-- Sessions are those in which it was searched; rates are null where the events belong to no session.
with

searches as (

    select
        lowerUTF8(trimBoth(coalesce(
            nullIf(JSONExtractString(events.properties, 'query'), ''),
            nullIf(JSONExtractString(events.properties, 'search_term'), ''),
            JSONExtractString(events.properties, 'q')
        ))) as term,
        events.event_at as event_at,
        events.customer_key as customer_key,
        events.source_key as source_key,
        events.is_inferred as is_inferred
    from scoped_events as events
    where events.event_type = 'search'

),

searching_sessions as (

    select
        searches.term as session_term,
        uniqExact((starts.source_key, starts.is_inferred, starts.started_at)) as sessions,
        uniqExactIf((starts.source_key, starts.is_inferred, starts.started_at), starts.purchase_count > 0) as purchasing
    from searches
    asof inner join (
        select source_key, is_inferred, started_at, purchase_count
        from fct_sessions
        where source_key in (select source_key from searches)
    ) as starts
        on searches.source_key = starts.source_key
        and searches.is_inferred = starts.is_inferred
        and searches.event_at >= starts.started_at
    group by session_term

),

counts as (

    select
        term,
        count() as searched,
        uniqExactIf(customer_key, customer_key != 0) as visitors
    from searches
    group by term

)

select
    if(counts.term = '', '(unknown)', counts.term) as search_term,
    counts.searched as search_count,
    counts.visitors as visitor_count,
    searching_sessions.sessions as session_count,
    searching_sessions.purchasing as purchasing_session_count,
    purchasing_session_count / nullIf(session_count, 0) as session_conversion_rate
from counts
left any join searching_sessions on counts.term = searching_sessions.session_term
order by search_count desc, search_term
limit {limit:UInt32}
