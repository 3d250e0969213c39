-- Grain: one id that people of {keys:Array(UInt64)} share with others, and one of those others: without these people's links it would
-- seem to be theirs alone.
select distinct
    toString(others.from_key) as shared_key,
    toString(others.to_key) as named_key
from identity_links as others
where
    others.kind in ('identify', 'alias', 'email')
    and others.to_key not in {keys:Array(UInt64)}
    and others.from_key not in {keys:Array(UInt64)}
    and others.from_key in (
        select from_key
        from identity_links
        where kind in ('identify', 'alias', 'email') and to_key in {keys:Array(UInt64)}
    )
order by shared_key, named_key
