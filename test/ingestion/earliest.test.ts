import { expect, it } from "vitest";
import { tooEarly } from "../../src/sources/earliest-instant.ts";
import { exportedRows } from "../../src/sources/ga4/exported-rows.ts";
import { eventTime } from "../../src/sources/segment/event-time.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop } from "../support/shop.ts";

/** Forms of an instant that the engine reads itself, one that only the row reader knows, and what follows the day. */
const forms = {
  utc_suffix: (day: string, time: string) => `${day} ${time} UTC`,
  plain: (day: string, time: string) => `${day} ${time}`,
  plain_ms: (day: string, time: string) => `${day} ${time}.000`,
  iso_z: (day: string, time: string) => `${day}T${time}Z`,
  iso_z_ms: (day: string, time: string) => `${day}T${time}.000Z`,
  day: (day: string) => day,
  canonical: (day: string, time: string) => `${day} ${time}.000Z`,
  offset: (day: string, time: string) => `${day}T${time}+00:00`,
};

it.each(["Pacific/Honolulu", "Pacific/Kiritimati"])(
  "facts begin with 1971 in every form, refused with a reason before it and whole from it on, in %s",
  async (zone) => {
    const shop = await openTestShop({ time_zone: zone });
    const reads: Record<string, unknown> = {};
    for (const [name, write] of Object.entries(forms)) {
      const moments = [
        ["1970-01-01", "00:00:00"],
        ["1970-12-31", "23:59:59"],
        ["1971-01-01", "00:00:00"],
        ["1971-01-01", "12:00:00"],
      ] as const;
      const lines = moments.map(([day, time], index) => `${write(day, time)},view,c${index},cup`);
      const text = `event_at,event_type,customer_id,product_id\n${lines.join("\n")}\n`;
      const [batch] = await shop.load([writeFile(shop, `${name}.csv`, text)]);
      const rejects = await shop.sql(
        `select reason, toUInt32(line) as line from ops_rejects where batch_key = ${batch?.batch_key} order by line`,
      );
      reads[name] = [batch?.loaded_rows, rejects];
    }
    const expected = [
      2,
      [
        { reason: tooEarly, line: 2 },
        { reason: tooEarly, line: 3 },
      ],
    ];
    expect(reads).toEqual(Object.fromEntries(Object.keys(forms).map((name) => [name, expected])));
    const [found] = await shop.sql(
      `select toUInt32(count()) as event_count, (select toUInt32(sum(event_count)) from fct_sessions) as in_sessions,
         (select toUInt32(sum(event_count)) from agg_daily) as in_days, max(event_on) < '1971-01-03' as are_near from fct_events`,
    );
    const held = 2 * Object.keys(forms).length;
    expect(found).toEqual({ event_count: held, in_sessions: held, in_days: held, are_near: 1 });
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    await shop.close();
  },
);

it("refuses a message and an exported event of a clock that was never set", () => {
  const received = Date.UTC(2026, 0, 1);
  const refused = { isKnown: false, column: "timestamp", value: "0", reason: tooEarly };
  expect(eventTime({ timestamp: 0 }, undefined, received)).toEqual(refused);
  expect(eventTime({ timestamp: Date.UTC(1970, 11, 31, 23, 59, 59, 999) }, undefined, received).isKnown).toBe(false);
  expect(eventTime({ timestamp: Date.UTC(1971, 0, 1) }, undefined, received).isKnown).toBe(true);
  // A clock that shows 1970 on sending too is known to be wrong by as much.
  expect(eventTime({ timestamp: 1000 }, 2000, received)).toEqual({ isKnown: true, at: "2025-12-31 23:59:59.000Z" });
  const exported = exportedRows({ event_timestamp: "0", event_name: "page_view", user_pseudo_id: "v" });
  expect(exported).toEqual([{ record: 0, column: "event_timestamp", value: "0", reason: tooEarly }]);
});

it("a cost may be valid since 1970", async () => {
  const shop = await openTestShop();
  const text = "product_id,valid_from,cost\ncup,1970-01-01,2.50\n";
  const [batch] = await shop.load([writeFile(shop, "product_costs.csv", text)]);
  expect(batch).toMatchObject({ loaded_rows: 1, rejected_rows: 0 });
  await shop.close();
});

it("a period that begins with 1970 holds what one holds that begins with the first fact", async () => {
  const shop = await openTestShop();
  const lines = Array.from({ length: 200 }, (_, index) => {
    const day = new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10);
    const seen = `c${index % 7},cup,${index === 150 ? 900 : 10 + (index % 3)},web`;
    const moves = ["09:00:00Z,view", "09:10:00Z,cart_add", ...(index % 2 === 0 ? ["10:00:00Z,purchase"] : [])];
    return moves.map((move) => `${day}T${move},${seen},${move.endsWith("purchase") ? `o${index}` : ""}`).join("\n");
  });
  const text = `event_at,event_type,customer_id,product_id,price,channel,order_id\n${lines.join("\n")}\n`;
  await shop.load([writeFile(shop, "events.csv", text)]);
  for (const name of ["anomalies", "product-conversion", "cart-abandonment", "top-products"]) {
    const given = name === "anomalies" ? {} : { channel: ["web"] };
    const since = await shop.query(name, { ...given, period_start: "2025-01-01" });
    expect(await shop.query(name, { ...given, period_start: "1970-01-01" }), name).toEqual(since);
    expect(since.length, name).toBeGreaterThan(0);
  }
  await shop.close();
});
