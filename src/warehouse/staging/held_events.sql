-- Grain: one event whose id had been loaded before. It counts again when the batch that brought the first is undone.
create table if not exists held_events as fct_events
