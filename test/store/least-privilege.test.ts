/** The role of docs/guides/own-postgresql.md suffices: it owns one database, and is nobody on the server. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { openStore } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { runQuery } from "../../src/store/query.ts";
import { refreshableViews, refreshView } from "../../src/store/refresh.ts";
import { openShop } from "./shops.ts";

const guide = readFileSync(new URL("../../docs/guides/own-postgresql.md", import.meta.url), "utf8");
const [reader = ""] = [...guide.matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1] ?? "").slice(1);

it("a role that owns only its database makes, fills, searches and refreshes the store; the reader sees figures, no customer", async () => {
  const server = await startPostgres();
  try {
    const url = new URL(await server.createDatabase("shop"));
    const admin = await openStore({ url: url.href, folder: null });
    await admin.script("create role shopkeeper login password 'secret'; alter database shop owner to shopkeeper");
    url.username = "shopkeeper";
    url.password = "secret";
    const connection = await openStore({ url: url.href, folder: null });
    const [role] = await connection.query("select rolsuper, rolcreatedb from pg_roles where rolname = current_user");
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false });
    await migrateStore(connection);
    await openShop(connection);
    expect(await runQuery(connection, "catalogue-relevance", { text: "scaf", most: 5 })).toMatchObject([
      { sku: "scarf" },
    ]);
    for (const view of refreshableViews) expect(await refreshView(connection, view), view).toBe(0);

    await admin.script(reader);
    url.username = "shop_reader";
    url.password = "another password";
    const reading = await openStore({ url: url.href, folder: null });
    expect(await reading.query("select sku from store.v_article_inventory order by sku")).toHaveLength(3);
    for (const table of ["customers", "orders", "addresses", "v_out_customers", "sign_ins"])
      await expect(reading.query(`select 1 from store.${table}`), table).rejects.toThrow("permission denied");
    for (const one of [reading, connection, admin]) await one.close();
  } finally {
    await server.stop();
  }
}, 60_000);
