-- $1 seed, $2 customers, $3 newest instant. Nobody can sign in as them: no password has the hash '!'.
insert into store.customers (email, name, password_hash, verified_at, country, gender, born_on, registered_at, last_active_at, created_at, accepts_mail)
select
    'shopper' || made.place || '@example.com',
    (array['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gia', 'Hugo', 'Ida', 'Jon', 'Kim', 'Lea'])[1 + floor(12 * store.seed_random($1, 'first', made.place))::integer]
        || ' ' || (array['Hill', 'Berg', 'Moreau', 'Rossi', 'Novak', 'Silva', 'Jensen', 'Young'])[1 + floor(8 * store.seed_random($1, 'last', made.place))::integer],
    '!',
    registered.at,
    (array['GB', 'GB', 'DE', 'FR', 'SE', 'NL'])[1 + floor(6 * store.seed_random($1, 'country', made.place))::integer],
    (array['female', 'female', 'male', ''])[1 + floor(4 * store.seed_random($1, 'gender', made.place))::integer],
    ($3::timestamptz - make_interval(days => 6600 + floor(18000 * store.seed_random($1, 'age', made.place))::integer))::date,
    registered.at,
    registered.at,
    registered.at,
    store.seed_random($1, 'accepts_mail', made.place) < 0.6
from generate_series(1, $2) as made (place)
cross join lateral (
    select $3::timestamptz - make_interval(secs => 63072000 * sqrt(store.seed_random($1, 'registered', made.place))) as at
) as registered
on conflict do nothing;
