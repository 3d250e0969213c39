/** What is older than the settings say goes, month by month, and no number changes by it. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspaceStore } from "../../src/delivery/index.ts";
import { keptFrom, letGo, listOutlived } from "../../src/privacy/retention.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

it("counts whole months back from the month of today", () => {
  expect(keptFrom(Date.UTC(2026, 0, 31), 1)).toBe("2025-12-01");
  expect(keptFrom(Date.UTC(2026, 2, 1), 14)).toBe("2025-01-01");
});

describe("a shop that keeps properties, refused rows and mails for two months", () => {
  // The shop's clock stands at the first of January 2026.
  let shop: TestShop;
  let store: Awaited<ReturnType<typeof openWorkspaceStore>>["connection"];
  beforeAll(async () => {
    shop = await openTestShop({ retention: { properties_months: 2, rejects_months: 2, mails_months: 2 } });
    ({ connection: store } = await openWorkspaceStore(shop.workspace));
    const events = `event_at,event_type,customer_id,session_id,product_id,place,source,query
2025-09-30T10:00:00Z,search,ann,s1,,,,old boots
2025-10-31T10:00:00Z,click,ann,s2,kettle,home,model,
2025-10-31T10:01:00Z,search,ann,s2,,,,hats
2025-11-01T10:00:00Z,search,ann,s3,,,,gloves
2025-09-30T10:00:00Z,nonsense,ann,s1,,,,refused boots
`;
    await shop.load([writeFile(shop, "events.csv", events)]);
    await shop.workspace.warehouse.command(
      "insert into ops_batches select * replace (version + 1 as version, toDateTime64('2025-10-02 00:00:00', 3, 'UTC') as finished_at) from ops_batches final",
    );
    await store.query(
      `insert into store.mails (recipient, template, sent_at) values
       ('ann@example.com', 'verify', '2025-10-31T23:59:00Z'), ('bob@example.com', 'verify', '2025-11-01T00:00:00Z'), ('cid@example.com', 'verify', null)`,
    );
    mkdirSync(join(shop.folder, "mail"));
    for (const day of ["2025-10-31", "2025-11-01"])
      writeFileSync(join(shop.folder, "mail", `${day}T10-00-00.000Z-000001.txt`), "To: ann@example.com\n");
  }, 120_000);
  afterAll(async () => {
    await store?.close();
    await shop?.close();
  });

  const rollups = async () => await shop.sql("select * from agg_daily order by day_on");
  const kept = async () =>
    (await shop.sql("select properties from fct_events order by event_at")).map(({ properties }) => properties);

  it("says what would go before it goes, and then lets it go", async () => {
    const before = await rollups();
    const texts = await kept();
    const outlived = await listOutlived(shop.workspace, store);
    expect(outlived.map(({ place, month, row_count }) => [place, month, row_count])).toEqual([
      ["fct_events", "2025-09", 1],
      ["fct_events", "2025-10", 1],
      ["ops_rejects", "2025-10", 1],
      ["store mails", "2025-10", 1],
      ["mail", "2025-10", 1],
    ]);
    expect(outlived.every(({ byte_count }) => byte_count > 0)).toBe(true);
    expect(await kept()).toEqual(texts);
    expect(await letGo(shop.workspace, store)).toEqual(outlived);
    expect(await kept()).toEqual(["", '{"place":"home","source":"model"}', "", '{"query":"gloves"}']);
    expect(await shop.sql("select raw, value from ops_rejects")).toEqual([{ raw: "", value: "" }]);
    const mails = await store.query("select recipient from store.mails order by mail_id");
    expect(mails.map(({ recipient }) => recipient)).toEqual(["", "bob@example.com", "cid@example.com"]);
    expect(readdirSync(join(shop.folder, "mail"))).toEqual(["2025-11-01T10-00-00.000Z-000001.txt"]);
    expect(await rollups()).toEqual(before);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    expect(await listOutlived(shop.workspace, store)).toEqual([]);
  }, 120_000);
});

describe("a shop that says nothing of it", () => {
  it("keeps everything", async () => {
    const shop = await openTestShop();
    try {
      expect(await letGo(shop.workspace, null)).toEqual([]);
    } finally {
      await shop.close();
    }
  }, 60_000);
});
