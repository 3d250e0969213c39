/** A ClickHouse server instead of the embedded engine: only the configuration differs. The server is a real one, out of npm. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSqlResult } from "../src/warehouse/console.ts";
import { Engine } from "../src/warehouse/engine.ts";
import { requireReader } from "../src/workspace.ts";
import { openTestShop, type TestShop } from "./support/shop.ts";

const events = `event_at,event_type,customer_id,session_id,product_id,price
2026-03-01T10:00:00Z,view,ada,s1,kettle,20.00
2026-03-01T10:01:00Z,purchase,ada,s1,kettle,20.00
`;

describe("a warehouse on a ClickHouse server", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-server-"));
  let server: Engine;
  let onServer: TestShop;
  let embedded: TestShop;

  beforeAll(async () => {
    server = await Engine.start({
      dataFolder: join(folder, "data"),
      runFolder: join(folder, "run"),
      backupsFolder: join(folder, "backups"),
    });
    const address = await server.address();
    process.env.CARTWRIGHT_TEST_PASSWORD = address.appPassword;
    onServer = await openTestShop({
      warehouse: {
        url: address.url,
        user: "app",
        password_env: "CARTWRIGHT_TEST_PASSWORD",
        reader_password_env: "NONE",
      },
    });
    embedded = await openTestShop();
    writeFileSync(join(folder, "events.csv"), events);
    for (const shop of [onServer, embedded]) await shop.load([join(folder, "events.csv")]);
  });
  afterAll(async () => {
    await onServer.close();
    await embedded.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    delete process.env.CARTWRIGHT_TEST_PASSWORD;
  });

  it("answers with the rows of the embedded engine, and starts no engine of its own", async () => {
    expect(onServer.workspace.isOwner).toBe(false);
    for (const name of ["kpi-summary", "daily-kpis", "funnel", "top-products", "rfm-scores"]) {
      expect(await onServer.query(name), name).toEqual(await embedded.query(name));
    }
  });

  it("closes the SQL console until a user who may only read is configured", () => {
    expect(() => requireReader(onServer.workspace)).toThrow(/reader_user/);
    expect(() => requireReader(embedded.workspace)).not.toThrow();
  });

  it("keeps console and own analyses closed while its reader may see who people are, and says what to run", async () => {
    const url = (await server.address()).url;
    const as = async (reader: string, password: string) => {
      process.env.CARTWRIGHT_TEST_READER = password;
      const secrets = {
        password_env: "CARTWRIGHT_TEST_PASSWORD",
        reader_password_env: "CARTWRIGHT_TEST_READER",
      };
      return await openTestShop({ warehouse: { url, user: "app", reader_user: reader, ...secrets } });
    };
    const { appPassword, readerPassword } = await server.address();
    const open = await as("app", appPassword);
    await expect(readSqlResult(open.workspace.warehouse, "select 1 as one")).rejects.toMatchObject({
      code: "query_refused",
      message: expect.stringContaining(
        "REVOKE SELECT(email, address, postal_code, attributes) ON <database>.stg_customers FROM <warehouse.reader_user>",
      ),
    });
    await open.close();
    const closed = await as("reader", readerPassword);
    expect((await readSqlResult(closed.workspace.warehouse, "select 1 as one")).rows).toEqual([[1]]);
    await closed.close();
    delete process.env.CARTWRIGHT_TEST_READER;
  });

  it("asks what may take long behind the rest: as the builder, as the reader's fixed user, or as a patient one", async () => {
    const { url, readerPassword } = await server.address();
    process.env.CARTWRIGHT_TEST_READER = readerPassword;
    const secrets = {
      password_env: "CARTWRIGHT_TEST_PASSWORD",
      reader_password_env: "CARTWRIGHT_TEST_READER",
    };
    const sql = "select currentUser() as user, toString(getSetting('priority')) as priority";
    const asBoth = async ({ workspace: { warehouse } }: TestShop) =>
      (
        await Promise.all([false, true].map(async (isPatient) => (await warehouse.read(sql, { isPatient })).rows))
      ).flat();
    expect(await asBoth(onServer)).toEqual([
      { user: "app", priority: "1" },
      { user: "app", priority: "2" },
    ]);
    for (const patient of [undefined, "patient_reader"]) {
      const named = patient === undefined ? {} : { patient_reader_user: patient };
      const shop = await openTestShop({ warehouse: { url, user: "app", reader_user: "reader", ...named, ...secrets } });
      expect(await asBoth(shop)).toEqual([
        { user: "reader", priority: "1" },
        patient === undefined ? { user: "reader", priority: "1" } : { user: "patient_reader", priority: "2" },
      ]);
      await shop.close();
    }
    delete process.env.CARTWRIGHT_TEST_READER;
  });

  it("says which server does not answer", async () => {
    await expect(
      openTestShop({
        warehouse: {
          url: "http://127.0.0.1:9",
          user: "app",
          password_env: "NONE",
          reader_password_env: "NONE",
        },
      }),
    ).rejects.toMatchObject({
      code: "warehouse_unreachable",
      message: expect.stringContaining("127.0.0.1:9"),
    });
  });
});
