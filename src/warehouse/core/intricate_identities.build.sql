-- Ids with an entry by hand, an account that has another id, guests of an address without account, and ids tied to more than one
-- account. Any other link is of a device or guest to the only account it is tied to, which is counted under its own id.
insert into intricate_identities
select arrayJoin([from_key, to_key]) as customer_key
from next_identity_links
where kind in ('merge', 'separation') or is_from_account or not is_to_account
union distinct
select from_key as customer_key
from next_identity_links
group by from_key
having min(to_key) != max(to_key)
