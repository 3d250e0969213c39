// Seven questions of a shop in plain SQL of both engines: over single events, and over what a careful team computes beforehand.

const wilson = (/** @type {string} */ n, /** @type {string} */ k) =>
  `(${k}/${n} + 1.9208/${n} - 1.96*sqrt(greatest(${k}/${n}*(1-${k}/${n}), 0)/${n} + 0.9604/${n}/${n})) / (1 + 3.8416/${n})`;

/** What both engines compute once from the events. The names are those of PostgreSQL's materialized views and of ClickHouse's tables. */
export const rollups = {
  sessions: {
    clickhouse: `select user_session, min(event_time) as started_at, count() as events, dateDiff('second', min(event_time), max(event_time)) as seconds,
      max(event_type = 'view') as v, max(event_type = 'cart') as c, max(event_type = 'purchase') as p from events group by user_session`,
    postgres: `select user_session, min(event_time) as started_at, count(*) as events, extract(epoch from max(event_time) - min(event_time)) as seconds,
      bool_or(event_type = 'view') as v, bool_or(event_type = 'cart') as c, bool_or(event_type = 'purchase') as p from events group by user_session`,
  },
  products: {
    clickhouse: `select product_id, sum(view_count) as views, sum(cart_count) as carts, countIf(view_count > 0) as n, countIf(cart_count > 0) as a, countIf(p) as k, countIf(cart_count > 0 and not p) as left_count
      from (select product_id, user_session, countIf(event_type = 'view') as view_count, countIf(event_type = 'cart') as cart_count, max(event_type = 'purchase') as p from events group by product_id, user_session) group by product_id`,
    postgres: `select product_id, sum(views) as views, sum(carts) as carts, count(*) filter (where views > 0)::float8 as n, count(*) filter (where carts > 0)::float8 as a, count(*) filter (where p)::float8 as k, count(*) filter (where carts > 0 and not p)::float8 as left_count
      from (select product_id, user_session, count(*) filter (where event_type = 'view') as views, count(*) filter (where event_type = 'cart') as carts, bool_or(event_type = 'purchase') as p from events group by 1, 2) s group by 1`,
  },
  brand_days: {
    clickhouse:
      "select toDate(event_time) as day, brand, count() as purchases, sum(price) as revenue from events where event_type = 'purchase' group by day, brand",
    postgres:
      "select (event_time at time zone 'UTC')::date as day, brand, count(*) as purchases, sum(price) as revenue from events where event_type = 'purchase' group by 1, 2",
  },
};

/** @param {"sessions" | "products" | "brand_days"} name @param {"clickhouse" | "postgres"} engine @param {boolean} isRolled */
const from = (name, engine, isRolled) => (isRolled ? name : `(${rollups[name][engine]}) ${name}`);

/** A customer who bought something, the same in both engines. */
export const customerSql =
  "select user_id from events where event_type = 'purchase' order by event_time, user_id limit 1";

/** @typedef {"clickhouse" | "postgres"} EngineName */

/** @type {{ name: string, sql: (engine: EngineName, isRolled: boolean, customer: unknown) => string }[]} */
export const ablationQuestions = [
  {
    name: "funnel by session",
    sql: (engine, isRolled) =>
      engine === "clickhouse"
        ? `select countIf(v), countIf(v and c), countIf(v and c and p) from ${from("sessions", engine, isRolled)}`
        : `select count(*) filter (where v), count(*) filter (where v and c), count(*) filter (where v and c and p) from ${from("sessions", engine, isRolled)}`,
  },
  {
    name: "conversion leaderboard",
    sql: (engine, isRolled) =>
      `select product_id, k, n, ${wilson("n", "k")} as lower from ${from("products", engine, isRolled)} where views >= 100 and n > 0 and k <= n order by lower desc, product_id limit 20`,
  },
  {
    name: "cart abandonment",
    sql: (engine, isRolled) =>
      `select product_id, left_count / a as rate from ${from("products", engine, isRolled)} where carts >= 10 and a > 0 order by rate desc, product_id limit 20`,
  },
  {
    name: "sessions compared",
    sql: (engine, isRolled) =>
      engine === "clickhouse"
        ? `select p, count(), avg(seconds), quantileExact(0.5)(seconds), avg(events), quantileExact(0.5)(events) from ${from("sessions", engine, isRolled)} group by p order by p`
        : `select p, count(*), avg(seconds), percentile_cont(0.5) within group (order by seconds), avg(events), percentile_cont(0.5) within group (order by events) from ${from("sessions", engine, isRolled)} group by p order by p`,
  },
  {
    name: "brand trends",
    sql: (engine, isRolled) =>
      `with b as (select * from ${from("brand_days", engine, isRolled)}) select day, brand, purchases, revenue from b
       where brand in (select brand from b where brand <> '' group by brand order by sum(purchases) desc, brand limit 5) order by day, brand`,
  },
  {
    name: "purchases of a week",
    sql: () =>
      "select brand, count(*) as purchases, sum(price) as revenue from events where event_type = 'purchase' and event_time >= '2019-10-08 00:00:00' and event_time < '2019-10-15 00:00:00' group by brand order by revenue desc, brand limit 20",
  },
  {
    name: "one customer",
    sql: (_engine, _isRolled, customer) =>
      `select event_time, event_type, product_id, price from events where user_id = ${Number(customer)} order by event_time`,
  },
];
