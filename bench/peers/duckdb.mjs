// DuckDB on the same file: typed table, then the sessions and product days that Cartwright's import builds too.
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** @param {string} file @param {string} folder */
export async function openDuckDb(file, folder) {
  const path = join(folder, "peer.duckdb");
  rmSync(path, { force: true });
  const instance = await DuckDBInstance.create(path, { memory_limit: "8GB" });
  const connection = await instance.connect();
  /** @param {string} sql */
  const run = async (sql) => await (await connection.runAndReadAll(sql)).getRows();
  return {
    async load() {
      await run(
        `create table events as select * from read_csv('${file}', header = true, columns = {
        'event_time': 'varchar', 'event_type': 'varchar', 'product_id': 'bigint', 'category_id': 'bigint', 'category_code': 'varchar',
        'brand': 'varchar', 'price': 'decimal(12,2)', 'user_id': 'bigint', 'user_session': 'uuid'})`.replace(
          "select *",
          "select strptime(event_time, '%Y-%m-%d %H:%M:%S UTC') as event_time, * exclude (event_time)",
        ),
      );
      await run(`create table sessions as select user_session, min(event_time) as started_at, count(*) as events, date_diff('second', min(event_time), max(event_time)) as seconds,
        count(*) filter (event_type = 'view') as views, count(*) filter (event_type = 'cart') as carts, count(*) filter (event_type = 'purchase') as purchases from events group by 1`);
      await run(`create table product_days as with s as (
          select user_session, product_id, min(event_time)::date as day, count(*) filter (event_type = 'view') as views, count(*) filter (event_type = 'cart') as carts,
            count(*) filter (event_type = 'purchase') as purchases, sum(price) filter (event_type = 'purchase') as revenue from events group by 1, 2)
        select day, product_id, sum(views) as views, sum(carts) as carts, sum(purchases) as purchases, sum(revenue) as revenue, count(*) filter (views > 0) as viewing,
          count(*) filter (carts > 0) as adding, count(*) filter (purchases > 0) as buying, count(*) filter (carts > 0 and purchases = 0) as abandoned from s group by 1, 2`);
      await run(
        "create table products as select product_id, arg_max(brand, event_time) as brand, arg_max(category_code, event_time) as category from events group by 1",
      );
      await run("checkpoint");
    },
    query: run,
    storedBytes: () => statSync(path).size,
    close() {
      connection.closeSync();
      instance.closeSync();
      rmSync(path, { force: true });
    },
  };
}
