-- One row per source and kind of row, the longest silent first. A source is what its batches are called once numbers are left
-- out, so that files named by their day are one; everything collected is one. No clock is read: silence ends with the newest
-- import or refresh of any source. Instants are UTC.
with

batches as (

    select
        if(
            preset = 'collect',
            'collect',
            replaceRegexpAll(arrayStringConcat(arraySlice(splitByChar('/', source), -2), '/'), '[0-9]+', '#')
        ) as source_name,
        kind,
        assumeNotNull(finished_at) as arrived_at
    from ops_batches final
    where state in ('loaded', 'replaced') and loaded_rows > 0 and finished_at is not null

),

newest as (

    select greatest(
        (select max(arrived_at) from batches),
        (select max(finished_at) from ops_refreshes)
    ) as newest_at

),

sources as (

    select
        source_name,
        kind,
        max(arrived_at) as last_at,
        arraySort(groupUniqArray(toUnixTimestamp(toStartOfMinute(arrived_at)))) as minutes,
        arrayPopFront(arrayDifference(arrayMap(minute -> toInt64(minute), minutes))) as pauses
    from batches
    where arrived_at > (select newest_at from newest) - interval 60 day
    group by source_name, kind

)

select
    source_name,
    kind,
    length(minutes) as arrival_count,
    last_at,
    if(empty(pauses), null, arrayReduce('quantileExactInclusive(0.5)', pauses)) as usual_seconds,
    if(empty(pauses), null, toFloat64(arrayMax(pauses))) as longest_seconds,
    if(arrival_count < 5, null, greatest(3600, 2 * longest_seconds)) as stale_after_seconds,
    dateDiff('millisecond', last_at, newest_at) / 1000 as silent_seconds,
    ifNull(silent_seconds > stale_after_seconds, false) as is_stale
from sources
cross join newest
order by is_stale desc, silent_seconds desc, source_name, kind
