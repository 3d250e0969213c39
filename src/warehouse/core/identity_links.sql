-- Grain: one reason to take two customer ids for one person, as live batches and the journal of identities tell it. Which of them
-- are followed is decided by what else is known, see dim_identity.
create table if not exists identity_links (
    from_key UInt64 comment 'The id that is tied to another: a device, a previous id, a guest, the second of a manual entry',
    to_key UInt64 comment 'The id it is tied to',
    kind LowCardinality(String) comment 'identify, alias, email, merge or separation',
    is_from_account Bool comment 'Whether from_key is a registered customer',
    is_to_account Bool comment 'Whether to_key is a registered customer',
    batch_key UInt32 comment 'Batch that told it, see ops_batches; 0 of manual entries',
    entry UInt32 comment 'Entry of ops_identity_events; 0 of what a batch told'
)
engine = MergeTree
order by (from_key, to_key, kind)
