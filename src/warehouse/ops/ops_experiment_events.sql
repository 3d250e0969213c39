-- Grain: one thing that happened to an experiment. The last one holds its present definition; together they are its audit trail.
create table if not exists ops_experiment_events (
    experiment_id String comment 'Experiment',
    sequence UInt32 comment 'Counts the events of the experiment from 1',
    happened_at DateTime64(3, 'UTC') comment 'When, UTC',
    actor String comment 'Who did it',
    action LowCardinality(String) comment 'created, changed, started, ramped, stopped, decided',
    status LowCardinality(String) comment 'draft, running, stopped or decided, after it',
    definition String comment 'The whole definition after it, as JSON',
    note String comment 'Why, in words; empty when nothing was said'
)
engine = MergeTree
order by (experiment_id, sequence)
settings fsync_after_insert = 1, fsync_part_directory = 1
