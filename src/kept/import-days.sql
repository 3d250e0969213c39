-- One row per day (shop time zone) on which the rows of an imported file begin, later than the first day of all; with the
-- files, by name. Batches that are undone or replaced, and rows without a day, do not count.
with

counting as (

    select
        assumeNotNull(batches.first_on) as begins_on,
        batches.source as file
    from ops_batches as batches final
    where
        batches.state = 'loaded'
        and batches.first_on is not null

)

select
    toString(begins_on) as first_day,
    arraySort(groupUniqArray(file)) as files
from counting
where begins_on > (select min(begins_on) from counting)
group by begins_on
order by begins_on
