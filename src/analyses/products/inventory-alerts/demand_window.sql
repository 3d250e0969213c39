-- One row: how many days before the day judged tell the demand.
select {days:UInt32} as window_days
