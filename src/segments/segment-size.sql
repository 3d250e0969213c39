-- One row: customers of the segment, and customers there are.
select
    toFloat64(count()) as customer_count,
    toFloat64((select count() from dim_customer)) as all_customer_count
from segment_customers
