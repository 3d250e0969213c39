-- Costs as product cost files tell them; of several for a day the newest counts. One in another currency is converted at the
-- rate of its first day, at which the goods came into stock.
insert into product_day_costs
select
    told.product_key as product_key,
    told.valid_from as valid_from,
    if(told.told_currency = '', told.told_minor, convert_minor(told.told_minor, rates.numerator, rates.denominator)) as cost_minor
from (
    select
        product_key,
        valid_from,
        argMax(cost_minor, (batch_key, source_row)) as told_minor,
        argMax(currency, (batch_key, source_row)) as told_currency
    from stg_product_costs
    where batch_key in live_batches
    group by product_key, valid_from
) as told
left any join day_rates as rates on told.told_currency = rates.currency and told.valid_from = rates.day_on
