-- Grain: one customer id that stands for a person who is known by another one. Ids that stand for themselves have no row, so a shop
-- whose ids are tied to nothing has none.
create table if not exists dim_identity (
    customer_key UInt64 comment 'Customer id as facts carry it',
    person_key UInt64 comment 'The person: the one of their ids that all are counted under'
)
engine = MergeTree
order by customer_key
