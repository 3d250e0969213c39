// The same ten questions to each engine: Cartwright's analyses, and the SQL a careful team would write for DuckDB and
// PostgreSQL. PostgreSQL answers the five classic ones from materialized views, whose refresh is part of its load.

const cohorts = `with active as (select distinct user_id, date_trunc('week', event_time) as week from events where event_type = 'purchase'),
  joined as (select user_id, min(week) as cohort from active group by 1)
  select cohort, week, count(*) from active join joined using (user_id) group by 1, 2 order by 1, 2`;
const pairs = `with sold as (select distinct user_session, product_id from events where event_type = 'purchase')
  select one.product_id, other.product_id, count(*) from sold as one join sold as other on one.user_session = other.user_session and one.product_id < other.product_id
  group by 1, 2 having count(*) >= 5 order by 3 desc, 1, 2 limit 100`;

/** @type {{ name: string, analysis: string, given: object, duckdb: string, postgres: string }[]} */
export const questions = [
  {
    name: "daily key figures with exact visitors",
    analysis: "daily-kpis",
    given: {},
    duckdb: `select event_time::date as day, count(*) as events, count(distinct user_id) as visitors, count(*) filter (event_type = 'purchase') as purchases,
      sum(price) filter (event_type = 'purchase') as revenue from events group by 1 order by 1`,
    postgres: `select event_time::date as day, count(*) as events, count(distinct user_id) as visitors, count(*) filter (where event_type = 'purchase') as purchases,
      sum(price) filter (where event_type = 'purchase') as revenue from events group by 1 order by 1`,
  },
  {
    name: "funnel view, cart, purchase by session",
    analysis: "funnel",
    given: { order: "all" },
    duckdb:
      "select count(*) filter (views > 0), count(*) filter (views > 0 and carts > 0), count(*) filter (views > 0 and carts > 0 and purchases > 0) from sessions",
    postgres: "select * from mv_sales_funnel",
  },
  {
    name: "product conversion leaderboard, top 20 by Wilson bound",
    analysis: "product-conversion",
    given: {},
    duckdb: `with p as (select product_id, sum(viewing) as n, sum(buying) as k from product_days group by 1 having sum(viewing) > 0 and sum(views) >= 100)
      select product_id, k / n, (k/n + 1.9208/n - 1.96*sqrt((k/n*(1-k/n) + 0.9604/n)/n)) / (1 + 3.8416/n) as lower from p order by lower desc, product_id limit 20`,
    postgres: "select * from mv_product_conversion_rates where views >= 100 order by lower desc, product_id limit 20",
  },
  {
    name: "cart abandonment by product, top 20",
    analysis: "cart-abandonment",
    given: {},
    duckdb:
      "select product_id, sum(abandoned) / sum(adding) as rate from product_days group by 1 having sum(carts) >= 10 order by rate desc, product_id limit 20",
    postgres: "select * from mv_abandoned_carts where carts >= 10 order by rate desc, product_id limit 20",
  },
  {
    name: "buying and other sessions compared",
    analysis: "session-comparison",
    given: {},
    duckdb:
      "select purchases > 0 as buyer, count(*), avg(seconds), median(seconds), avg(events), median(events) from sessions group by 1",
    postgres: "select * from mv_user_session_analytics",
  },
  {
    name: "brand trends, five brands by day",
    analysis: "brand-trends",
    given: {},
    duckdb: `select day, brand, sum(purchases), sum(revenue) from product_days join products using (product_id)
      where brand in (select brand from product_days join products using (product_id) where brand is not null group by 1 order by sum(purchases) desc limit 5) group by 1, 2 order by 1, 2`,
    postgres: `select * from mv_brand_popularity_trends where brand in (select brand from mv_brand_popularity_trends where brand is not null group by 1 order by sum(purchases) desc limit 5) order by day, brand`,
  },
  {
    name: "RFM segments over all buyers",
    analysis: "rfm-segments",
    given: {},
    duckdb: `with c as (select user_id, date '2019-12-01' - max(event_time)::date as r, count(distinct user_session) as f, sum(price) as m from events where event_type = 'purchase' group by 1),
      s as (select user_id, ntile(5) over (order by r desc) as rs, ntile(5) over (order by f) as fs, ntile(5) over (order by m) as ms, m from c)
      select rs, fs, count(*), sum(m) from s group by 1, 2 order by 1, 2`,
    postgres: `with c as (select user_id, date '2019-12-01' - max(event_time)::date as r, count(distinct user_session) as f, sum(price) as m from events where event_type = 'purchase' group by 1),
      s as (select user_id, ntile(5) over (order by r desc) as rs, ntile(5) over (order by f) as fs, ntile(5) over (order by m) as ms, m from c)
      select rs, fs, count(*), sum(m) from s group by 1, 2 order by 1, 2`,
  },
  {
    name: "revenue by category",
    analysis: "revenue-by-category",
    given: {},
    duckdb:
      "select category_code, count(distinct user_session), sum(price) from events where event_type = 'purchase' group by 1 order by 3 desc",
    postgres:
      "select category_code, count(distinct user_session), sum(price) from events where event_type = 'purchase' group by 1 order by 3 desc",
  },
  {
    name: "cohorts of first purchases by week",
    analysis: "cohort-retention",
    given: { grain: "week" },
    duckdb: cohorts,
    postgres: cohorts,
  },
  {
    name: "products bought together, top 100 pairs",
    analysis: "product-pairs",
    given: { min_count: 5, limit: 100 },
    duckdb: pairs,
    postgres: pairs,
  },
];
