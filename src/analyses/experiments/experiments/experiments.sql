-- One row per experiment, the newest first. Times are UTC and null before they happen; start and stop are those the
-- definition holds, which may lie before they were entered. Exposures outside of them count for nothing; a draft's all count.
with

latest as (

    select
        experiment_id,
        argMax(status, sequence) as last_status,
        argMax(definition, sequence) as last_definition,
        min(happened_at) as first_at,
        parseDateTime64BestEffortOrNull(JSONExtractString(last_definition, 'started_at'), 3, 'UTC') as start_at,
        parseDateTime64BestEffortOrNull(JSONExtractString(last_definition, 'stopped_at'), 3, 'UTC') as stop_at,
        parseDateTime64BestEffortOrNull(JSONExtractString(last_definition, 'decided_at'), 3, 'UTC') as decide_at
    from ops_experiment_events
    group by experiment_id

),

exposed as (

    select
        exposures.experiment_id as experiment_id,
        uniqExact(exposures.customer_key) as customer_count
    from person_exposures as exposures
    inner join latest on latest.experiment_id = exposures.experiment_id
    where exposures.batch_key in live_batches
        and exposures.customer_key != 0
        and (isNull(latest.start_at) or exposures.exposed_at >= latest.start_at)
        and (isNull(latest.stop_at) or exposures.exposed_at < latest.stop_at)
    group by experiment_id

)

select
    latest.experiment_id as experiment_id,
    JSONExtractString(latest.last_definition, 'title') as title,
    latest.last_status as status,
    JSONExtractString(latest.last_definition, 'metric') as metric,
    JSONExtractString(latest.last_definition, 'variants', 1, 'name') as control,
    JSONLength(latest.last_definition, 'variants') as variant_count,
    exposed.customer_count as exposed_customer_count,
    JSONExtract(latest.last_definition, 'planned_count', 'Nullable(UInt64)') as planned_customer_count,
    exposed_customer_count >= planned_customer_count as is_complete,
    latest.first_at as created_at,
    latest.start_at as started_at,
    latest.stop_at as stopped_at,
    latest.decide_at as decided_at,
    JSONExtract(latest.last_definition, 'decision', 'Nullable(String)') as decision
from latest
left join exposed on exposed.experiment_id = latest.experiment_id
order by created_at desc, experiment_id
