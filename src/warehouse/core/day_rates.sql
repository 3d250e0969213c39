-- Grain: one currency and day that has a rate: its own, else the last one of the seven days before, for banks publish none on
-- weekends and holidays. An amount is converted by the exact fraction, numerator / denominator, and rounded half to even once.
create table if not exists day_rates (
    currency LowCardinality(String) comment 'ISO 4217 code of another currency than the shop''s',
    day_on Date comment 'The day',
    rate_on Date comment 'Day whose rate it is, up to seven days earlier',
    rate Float64 comment 'Units of the shop''s currency for one of it, to be read; the fraction beside it is exact',
    numerator Int256 comment 'Minor units of the shop''s currency for so many of the other''s ...',
    denominator Int256 comment '... as stand here'
)
engine = MergeTree
order by (currency, day_on)
