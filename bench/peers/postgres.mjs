// PostgreSQL on the same file, as a careful team would run it: monthly partitions, B-tree indexes, five materialized views; and as a plain
// table, which is asked for the same without them.
import pg from "pg";
import { startPostgres } from "../support/postgres.mjs";
import { loadEvents } from "./postgres-events.mjs";

/** What is computed beforehand, by the names of the views. */
const views = {
  mv_sales_funnel: `select count(*) filter (where v) as views, count(*) filter (where v and c) as carts, count(*) filter (where v and c and p) as purchases
    from (select user_session, bool_or(event_type = 'view') as v, bool_or(event_type = 'cart') as c, bool_or(event_type = 'purchase') as p from events group by 1) s`,
  mv_product_conversion_rates: `with s as (select product_id, user_session, count(*) filter (where event_type = 'view') as v, bool_or(event_type = 'purchase') as p from events group by 1, 2),
    t as (select product_id, sum(v) as views, count(*) filter (where v > 0)::float8 as n, count(*) filter (where p)::float8 as k from s group by 1)
    select *, (k/n + 1.9208/n - 1.96*sqrt(greatest(k/n*(1-k/n), 0)/n + 0.9604/n/n)) / (1 + 3.8416/n) as lower from t where n > 0 and k <= n`,
  mv_abandoned_carts: `with s as (select product_id, user_session, count(*) filter (where event_type = 'cart') as c, bool_or(event_type = 'purchase') as p from events where event_type <> 'view' group by 1, 2)
    select product_id, sum(c) as carts, count(*) filter (where c > 0 and not p)::float8 / nullif(count(*) filter (where c > 0), 0) as rate from s group by 1`,
  mv_user_session_analytics: `with s as (select user_session, extract(epoch from max(event_time) - min(event_time)) as seconds, count(*) as events, bool_or(event_type = 'purchase') as p from events group by 1)
    select p as buyer, count(*) as sessions, avg(seconds) as mean_seconds, percentile_cont(0.5) within group (order by seconds) as median_seconds, avg(events) as mean_events, percentile_cont(0.5) within group (order by events) as median_events from s group by 1`,
  mv_brand_popularity_trends: `select event_time::date as day, brand, count(*) as purchases, sum(price) as revenue from events where event_type = 'purchase' group by 1, 2`,
};

/** @param {string} file @param {boolean} isPlain */
async function openServer(file, isPlain) {
  const server = await startPostgres([
    "shared_buffers=2GB",
    "work_mem=256MB",
    "maintenance_work_mem=1GB",
    "max_wal_size=8GB",
    "max_parallel_workers_per_gather=2",
  ]);
  const client = new pg.Client({ connectionString: await server.createDatabase("shop") });
  await client.connect();
  /** @param {string} sql */
  const run = async (sql) => (await client.query(sql)).rows;
  return {
    load: () => loadEvents(client, file, { isParted: !isPlain, isIndexed: !isPlain, views: isPlain ? {} : views }),
    /** Where nothing is computed beforehand, it is computed in the question. @param {string} sql */
    async query(sql) {
      const used = isPlain ? Object.entries(views).filter(([name]) => sql.includes(name)) : [];
      return await run(used.map(([name, view]) => `with ${name} as (${view}) `).join("") + sql);
    },
    storedBytes: async () => Number((await run("select pg_database_size('shop') as bytes"))[0].bytes),
    async close() {
      await client.end();
      await server.stop();
    },
  };
}

/** @param {string} file */
export const openPostgres = (file) => openServer(file, false);

/** @param {string} file */
export const openPlainPostgres = (file) => openServer(file, true);
