-- Grain: one thing that happened to a firing of an alert; a firing is an alert, its version and a day. It fires once; then each
-- attempt to send it stands here.
create table if not exists ops_alert_events (
    alert_id String comment 'Alert, see ops_kept_events',
    alert_version UInt32 comment 'Version of the alert that was checked',
    day_on Date comment 'Last day that was judged, shop time zone',
    sequence UInt32 comment 'Counts the events of the firing from 1',
    happened_at DateTime64(3, 'UTC') comment 'When, UTC',
    action LowCardinality(String) comment 'fired, failed (it could not be checked), delivered, delivery_failed, given_up',
    data_version String comment 'Version of the data; of the first check when sent later',
    value Nullable(Float64) comment 'What was measured; null when unknown',
    reference Nullable(Float64) comment 'What it was measured against: the limit, the previous period, the usual',
    message String comment 'What happened, in words'
)
engine = MergeTree
order by (alert_id, alert_version, day_on, sequence)
settings fsync_after_insert = 1, fsync_part_directory = 1
