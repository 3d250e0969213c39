-- One row: how many days before the day judged tell the demand.
select 7 * {weeks:UInt32} as window_days
