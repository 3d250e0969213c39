/** Pulling from MySQL: a real server where the machine has MariaDB; elsewhere the suite is skipped and named as such. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, createConnection } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasMysql, startMysql } from "../../bench/support/mysql.mjs";
import { pullSource } from "../../src/pulls/index.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const mapping = {
  kind: "order_lines",
  columns: { order_id: "order_id", product_id: "sku", quantity: "units", unit_price: "price", line_at: "sold_at" },
};
const common = { from: "mysql", url_env: "TEST_MYSQL_URL", map: "lines.json", overlap_seconds: 0 } as const;

describe.skipIf(!hasMysql())("a table of MySQL (needs mariadbd)", () => {
  let server: Awaited<ReturnType<typeof startMysql>>;
  let client: Connection;
  let shop: TestShop;

  beforeAll(async () => {
    server = await startMysql();
    process.env.TEST_MYSQL_URL = server.address;
    client = await createConnection({ uri: server.address, multipleStatements: true, timezone: "Z" });
    shop = await openTestShop({
      currency: "EUR",
      time_zone: "America/New_York",
      pulls: {
        lines: { ...common, table: "shop.sold_lines", watermark: "changed_at" },
        numbered: { ...common, table: "numbered", watermark: "id" },
        absent: { ...common, table: "absent", watermark: "id" },
      },
    });
    writeFileSync(join(shop.folder, "lines.json"), JSON.stringify(mapping));
  }, 120_000);
  afterAll(async () => {
    delete process.env.TEST_MYSQL_URL;
    await shop?.close();
    await client?.end();
    await server?.stop();
  });

  const net = async () =>
    await shop.sql("select order_id, toString(net_minor) as net from fct_orders order by order_id");

  it("gives what is new, rows of an equal watermark too, each once, with amounts and times as they are there", async () => {
    await client.query(`create table sold_lines (order_id varchar(20) character set utf8mb4, sku varchar(20), units int, price decimal(20, 2),
      sold_at timestamp(6) null, changed_at datetime(6));
      set time_zone = '+00:00';
      insert into sold_lines values ('Ä1 😀', 'tea', 2, 19.99, '2025-03-30 21:30:00', '2025-03-31 00:00:00.000001'),
        ('A2', 'cup', 1, 90071992547.41, '2025-03-30 21:31:00', '2025-03-31 00:00:00.000002')`);
    expect(await pullSource(shop.workspace, "lines")).toMatchObject({
      taken_rows: 2,
      loaded_rows: 1,
      // 90,071,992,547.41 is beyond the 90 billion that an amount may be: it came whole, and was refused by that.
      refused_rows: 1,
      watermark_after: "2025-03-31 00:00:00.000002",
    });
    expect(await shop.sql("select value, reason from ops_rejects")).toEqual([
      { value: "90071992547.41", reason: "is larger than 90 billion" },
    ]);
    await client.query(`insert into sold_lines values ('A3', 'cup', 1, 5.00, '2025-03-30 21:32:00', '2025-03-31 00:00:00.000002'),
      ('A4', 'cup', 3, 5.00, '2025-03-30 21:33:00', '2025-03-31 00:00:00.000003')`);
    expect(await pullSource(shop.workspace, "lines")).toMatchObject({ taken_rows: 2, repeated_rows: 1 });
    expect(await net()).toEqual([
      { order_id: "A3", net: "500" },
      { order_id: "A4", net: "1500" },
      { order_id: "Ä1 😀", net: "3998" },
    ]);
    expect(await shop.sql("select toString(placed_at) as placed_at from fct_orders where order_id = 'A4'")).toEqual([
      { placed_at: "2025-03-30 21:33:00.000" },
    ]);
  });

  it("tells ids apart that a fraction would not, and takes more rows than one answer holds", async () => {
    const first = 9_223_372_036_854_700_000n;
    await client.query(`create table numbered (id bigint, order_id varchar(20), sku varchar(20), units int, price decimal(10, 2), sold_at datetime);
      insert into numbered select ${first} + seq, concat('N', seq), 'tea', 1, 1.00, '2025-04-01 10:00:00' from seq_1_to_12000`);
    expect(await pullSource(shop.workspace, "numbered")).toMatchObject({
      taken_rows: 12_000,
      loaded_rows: 12_000,
      watermark_after: String(first + 12_000n),
    });
    await client.query(
      `insert into numbered values (${first + 12_001n}, 'N12001', 'tea', 1, 1.00, '2025-04-01 10:00:00')`,
    );
    expect(await pullSource(shop.workspace, "numbered")).toMatchObject({ taken_rows: 1, repeated_rows: 1 });
    // Without a zone it is the shop's time: 10:00 in New York is 14:00 UTC.
    expect(await shop.sql("select toString(placed_at) as placed_at from fct_orders where order_id = 'N12001'")).toEqual(
      [{ placed_at: "2025-04-01 14:00:00.000" }],
    );
  });

  it("says what is wrong without the password", async () => {
    const refused = await pullSource(shop.workspace, "absent").catch((error: Error) => error);
    expect(refused).toMatchObject({
      code: "pull_failed",
      message: expect.stringContaining("Table 'shop.absent' doesn't exist"),
    });
    process.env.TEST_MYSQL_URL = server.address.replace("p%40ss", "wrong");
    const denied = await pullSource(shop.workspace, "lines").catch((error: Error) => error);
    expect(denied).toMatchObject({ code: "pull_failed", message: expect.stringContaining("Access denied") });
    expect(String(denied)).not.toContain("wrong");
    process.env.TEST_MYSQL_URL = server.address;
  });
});
