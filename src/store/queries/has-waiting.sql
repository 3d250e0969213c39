-- One row: whether any change waits for its delivery to the warehouse.
select exists (select from store.outbox) as is_waiting
