import { afterAll, beforeAll, expect, it } from "vitest";
import { undoImport } from "../../src/ingestion/import.ts";
import { erasePerson } from "../../src/privacy/index.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, tableRows, writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";
import { flagged, googlebot, lines, message, staff } from "./traffic-shop.ts";

const tables = ["agg_flagged_daily", "dim_staff"];

let shop: TestShop;
beforeAll(async () => {
  const traffic = {
    max_events_per_minute: 3,
    max_events_per_day: 8,
    staff_ids: ["4"],
    staff_emails: ["@shop.example"],
  };
  shop = await openTestShop({ time_zone: "America/New_York", traffic });
});
afterAll(async () => await shop?.close());

/** Numbers that look random and are the same each time. */
function* draws(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

/** Sixty messages of few visitors in few minutes: devices that are tied to users later, robots and staff among them. */
function randomMessages(seed: number): Record<string, unknown>[] {
  const numbers = draws(seed);
  const below = (bound: number): number => Math.floor((numbers.next().value as number) * bound);
  return Array.from({ length: 60 }, () => {
    const at = `0${1 + below(3)}T0${3 + below(3)}:0${below(2)}:${10 + below(50)}`;
    const [user, device] = [`${1 + below(5)}`, `device-${below(4)}`];
    const kind = below(12);
    if (kind === 0) {
      const traits = below(3) === 0 ? { email: `${user}@shop.example` } : {};
      return message(user, at, { type: "identify", anonymousId: device, traits });
    }
    const context = kind === 1 ? { userAgent: googlebot } : kind === 2 ? { test: true } : {};
    return kind < 8
      ? message(user, at, { context })
      : message("", at, { userId: undefined, anonymousId: device, context });
  });
}

it("are the same whatever batches events come in, and after a batch is taken back and loaded again", async () => {
  const { warehouse, config, clock } = shop.workspace;
  for (const seed of [11]) {
    const said = randomMessages(seed);
    await emptyWarehouse(warehouse);
    await shop.load([writeFile(shop, `whole-${seed}.jsonl`, lines(said))]);
    const whole = await tableRows(warehouse, tables);
    expect(whole.agg_flagged_daily?.length).toBeGreaterThan(3);
    await emptyWarehouse(warehouse);
    const pieces = [said.slice(0, 13), said.slice(13, 14), said.slice(14)];
    const paths = pieces.map((piece, place) => writeFile(shop, `piece-${seed}-${place}.jsonl`, lines(piece)));
    for (const path of paths.toReversed()) await shop.load([path]);
    expect(await tableRows(warehouse, tables), `seed ${seed}`).toEqual(whole);
    const [first] = await shop.sql("select min(batch_key) as batch_key from ops_batches where state = 'loaded'");
    await shop.workspace.exclusively(() => undoImport({ warehouse, config, clock }, Number(first?.batch_key)));
    expect((await verify(warehouse, config)).differences, `seed ${seed}`).toEqual([]);
    await shop.load([paths.at(-1) ?? ""]);
    expect(await tableRows(warehouse, tables), `seed ${seed}`).toEqual(whole);
  }
});

it("forget who is erased: no flag and no staff by the old id, and everything still adds up", async () => {
  const { warehouse, config } = shop.workspace;
  await emptyWarehouse(warehouse);
  const visits = [
    message("4", "01T10:00:00", { context: { userAgent: googlebot } }),
    message("4", "01T10:05:00", { type: "identify", traits: { email: "four@shop.example" } }),
    message("ada", "01T10:00:00"),
  ];
  await shop.load([writeFile(shop, "erased.jsonl", lines(visits))]);
  expect(await flagged(shop)).toEqual(["2026-03-01 4 robot"]);
  expect(await staff(shop)).toEqual(["4"]);
  await erasePerson(shop.workspace, { id: "4" }, { store: null, actor: "ada" });
  expect(await staff(shop)).toEqual([]);
  expect(await shop.sql("select 1 from agg_flagged_daily where customer_key = 4")).toEqual([]);
  expect((await verify(warehouse, config)).differences).toEqual([]);
});
