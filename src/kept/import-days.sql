-- One row per day (shop time zone) on which the rows of an imported file begin, later than the first rows of its kind; with the
-- files, by name. Batches that are undone or replaced, and rows without a day, do not count.
with

counting as (

    select
        batches.kind as batch_kind,
        assumeNotNull(batches.first_on) as begins_on,
        batches.source as file
    from ops_batches as batches final
    where
        batches.state = 'loaded'
        and batches.first_on is not null

),

first_days as (

    select
        batch_kind,
        min(begins_on) as kind_begins_on
    from counting
    group by batch_kind

)

select
    toString(counting.begins_on) as first_day,
    arraySort(groupUniqArray(counting.file)) as files
from counting
inner join first_days on counting.batch_kind = first_days.batch_kind
where counting.begins_on > first_days.kind_begins_on
group by first_day
order by first_day
