-- Grain: one visitor on one day of the shop's time zone that is flagged: an event came from a known robot or is said to be a
-- test, or there were more events than a person makes. One reason each: test before robot before rate. Events, sessions and
-- orders of the visitor on that day are left out of `traffic=people`; they stay in all other numbers. Staff: see dim_staff.
create table if not exists agg_flagged_daily (
    day_on Date comment 'The day',
    customer_key UInt64 comment 'Customer or visitor; 0 where only the session is known',
    session_key UInt64 comment 'Session of an unknown visitor; 0 where the visitor is known',
    reason Enum8('test' = 1, 'robot' = 2, 'rate' = 3) comment 'Why: test, said by the source to be a test, debugging or internal; robot, a known robot''s user agent; rate, too many events'
)
engine = MergeTree
partition by toYYYYMM(day_on)
order by (day_on, customer_key, session_key)
