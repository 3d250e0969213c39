-- Grain: one customer id that more is known of than a single tie of a device or guest to an account; a step of the build.
create table if not exists intricate_identities (customer_key UInt64)
engine = MergeTree
order by customer_key
