import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFiles } from "../../src/ingestion/import.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

const zones = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Lisbon",
  "Europe/Athens",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Asia/Jerusalem",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Pacific/Honolulu",
];
const hour = 3_600_000;

/** Half-hours around every change of the offset in 2024, and around two plain midnights. */
function instantsOf(zone: string): number[] {
  const offset = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const name = (at: number) => offset.formatToParts(at).find((part) => part.type === "timeZoneName")?.value;
  const changes: number[] = [Date.UTC(2024, 1, 29), Date.UTC(2024, 11, 31)];
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2025, 0, 1); at += hour)
    if (name(at) !== name(at - hour)) changes.push(at);
  return changes.flatMap((change) => Array.from({ length: 60 }, (_, index) => change + (index - 30) * (hour / 2)));
}

const clock = (zone: string) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(async () => await shop.close());

describe.each(zones)("days in %s", (zone) => {
  const instants = instantsOf(zone);
  const local = instants.map((at) => clock(zone).format(at));

  it("of UTC times and of local times are those of Intl; a repeated hour is its first occurrence", async () => {
    const { warehouse, config } = shop.workspace;
    await emptyWarehouse(warehouse);
    const utc = instants.map((at, index) => `${new Date(at).toISOString()},view,${index + 1}`);
    const plain = local.map((text, index) => `${text},search,${index + 1}`);
    const files = [
      writeFile(shop, "utc.csv", `event_at,event_type,customer_id\n${utc.join("\n")}\n`),
      writeFile(shop, "local.csv", `event_at,event_type,customer_id\n${plain.join("\n")}\n`),
    ];
    await importFiles({ warehouse, config: { ...config, time_zone: zone }, clock: fixedClock() }, files, {});
    const rows = await shop.sql(
      "select event_type as type, toUInt32(customer_key) as index, toString(toUnixTimestamp64Milli(event_at)) as at, toString(event_on) as day from fct_events",
    );
    expect(rows).toHaveLength(2 * instants.length);
    const wrong = rows.filter((row) => {
      const index = Number(row.index) - 1;
      const text = local[index] ?? "";
      const at = row.type === "view" ? instants[index] : instants[local.indexOf(text)];
      return row.day !== text.slice(0, 10) || Number(row.at) !== at;
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});

it("a local time that the clocks skip is read as the engine reads it: an hour off, on the same day, never lost", async () => {
  const { warehouse, config } = shop.workspace;
  await emptyWarehouse(warehouse);
  const text = "event_at,event_type\n2024-03-31 02:30:00,view\n31.03.2024 02:30,view\n";
  const context = { warehouse, config: { ...config, time_zone: "Europe/Berlin" }, clock: fixedClock() };
  const [batch] = await importFiles(context, [writeFile(shop, "gap.csv", text)], {});
  expect(batch).toMatchObject({ loaded_rows: 2, rejected_rows: 0 });
  const rows = await shop.sql("select distinct toString(event_at) as at, toString(event_on) as day from fct_events");
  expect(rows).toEqual([{ at: "2024-03-31 00:30:00.000", day: "2024-03-31" }]);
});
