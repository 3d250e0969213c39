-- Grain: one row, the start of the window: a segment must be known before what it is asked about.
select {as_of:Date} - {window_days:UInt32} as as_of_on
