/**
 * Attribution of offers beside its definition in plain loops, on random small shops imported as files: clicks on the minute of an
 * order, on both ends of the window and at the same instant, lists that are no offers, returns weeks later, cancelled orders,
 * lines of nobody.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ResultRow } from "../../src/analyses/run.ts";
import { createRandom } from "../../src/stats/random.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

interface Click {
  readonly at: number;
  readonly type: string;
  readonly customer: string;
  readonly product: string;
  readonly place: string;
  readonly source: string;
}

interface Line {
  readonly order: string;
  readonly placedAt: number;
  readonly at: number;
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
  readonly pounds: number;
  readonly isCancelled: boolean;
}

const dayMs = 86_400_000;
const aheadMs = 5.5 * 3_600_000;
const from = Date.UTC(2024, 10, 3);
const noOffer = "(no offer)";

function makeShop(seed: number): { clicks: Click[]; lines: Line[] } {
  const random = createRandom(seed);
  // Six-hour steps only, so that equal times and whole days between them are common.
  const instant = (): number => from + random.integer(0, 160) * 21_600_000;
  const customers = ["", "1", "2", "3", "4", "5", "6"];
  const products = ["", "11", "12", "13"];
  const clicks = Array.from(
    { length: 400 },
    (): Click => ({
      at: instant(),
      type: random.pick(["click", "click", "click", "view"]),
      customer: random.pick(customers),
      product: random.pick(products),
      place: random.pick(["home", "product", "cart", "search", "category", ""]),
      source: random.pick(["model", "popular", "similar", ""]),
    }),
  );
  const lines: Line[] = [];
  for (let number = 1; number <= 60; number += 1) {
    const placedAt = instant();
    const customer = random.pick(customers);
    const isCancelled = random.chance(0.15);
    for (let place = random.integer(1, 3); place > 0; place -= 1) {
      const line = {
        order: `o${number}`,
        placedAt,
        at: placedAt,
        customer,
        product: random.pick(products),
        quantity: random.integer(1, 3),
        pounds: random.pick([0, 5, 10]),
        isCancelled,
      };
      lines.push(line);
      if (random.chance(0.3)) lines.push({ ...line, at: placedAt + random.integer(1, 60) * 21_600_000, quantity: -1 });
    }
  }
  return { clicks, lines };
}

const dayOf = (instant: number): number => Math.floor((instant + aheadMs) / dayMs);
const textOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const isOffer = ({ type, place, source }: Click): boolean =>
  type === "click" && source !== "" && !["", "search", "category"].includes(place);

/** The offer a line is credited to. */
function creditOf(line: Line, clicks: readonly Click[], lookbackDays: number): string {
  let last: Click | null = null;
  for (const click of clicks) {
    if (!isOffer(click) || click.customer === "" || click.product === "") continue;
    if (click.customer !== line.customer || click.product !== line.product) continue;
    const age = line.placedAt - click.at;
    if (age < 0 || age >= lookbackDays * dayMs) continue;
    // Of clicks at the same instant the later row.
    if (last === null || click.at >= last.at) last = click;
  }
  return last === null ? `${noOffer} ${noOffer}` : `${last.place} ${last.source}`;
}

function expectedRows(shop: ReturnType<typeof makeShop>, lookbackDays: number, startDay: number, endDay: number) {
  const inPeriod = (at: number): boolean => dayOf(at) >= startDay && dayOf(at) < endDay;
  const clicked = shop.clicks.filter((click) => isOffer(click) && inPeriod(click.at));
  const sold = shop.lines.filter((line) => !line.isCancelled && inPeriod(line.at));
  const credits = sold.map((line) => creditOf(line, shop.clicks, lookbackDays));
  const names = new Set([...clicked.map(({ place, source }) => `${place} ${source}`), ...credits]);
  if ([...names].every((name) => name.startsWith(noOffer))) return {};
  return Object.fromEntries(
    [...names].map((name) => {
      const own = clicked.filter(({ place, source }) => `${place} ${source}` === name);
      const lines = sold.filter((_, at) => credits[at] === name);
      const positive = lines.filter(({ quantity, pounds }) => quantity > 0 && pounds > 0);
      return [
        name,
        [
          own.length,
          new Set(own.map(({ customer }) => customer).filter((customer) => customer !== "")).size,
          new Set(positive.map(({ order }) => order)).size,
          positive.reduce((sum, { quantity }) => sum + quantity, 0),
          lines.reduce((sum, { quantity, pounds }) => sum + quantity * pounds * 100, 0),
        ],
      ];
    }),
  );
}

const tableOf = (rows: readonly ResultRow[]) =>
  Object.fromEntries(
    rows.map((row) => [
      `${row.place} ${row.source}`,
      [row.click_count, row.clicking_customer_count, row.order_count, row.unit_count, row.net_revenue_minor],
    ]),
  );

describe("attribution of offers agrees with plain loops", () => {
  let shop: TestShop | undefined;
  afterEach(async () => await shop?.close());

  it.each([1, 2])("on random shop %i", async (seed) => {
    const random = makeShop(seed);
    shop = await openTestShop({ time_zone: "Asia/Calcutta" });
    const events = join(shop.folder, "events.csv");
    const iso = (at: number): string => new Date(at).toISOString();
    writeFileSync(
      events,
      `event_at,event_type,customer_id,session_id,product_id,place,source\n${random.clicks
        .map((one) => `${iso(one.at)},${one.type},${one.customer},,${one.product},${one.place},${one.source}\n`)
        .join("")}`,
    );
    const lines = join(shop.folder, "lines.csv");
    writeFileSync(
      lines,
      `order_id,line_id,customer_id,product_id,quantity,unit_price,status,ordered_at\n${random.lines
        .map(
          (one, at) =>
            `${one.order},${at},${one.customer},${one.product},${one.quantity},${one.pounds},${one.isCancelled ? "cancelled" : "paid"},${iso(one.at)}\n`,
        )
        .join("")}`,
    );
    await shop.load([events, lines]);
    const first = dayOf(from);
    for (const lookback_days of [1, 7]) {
      for (const [start, end] of [
        [first, first + 60],
        [first + 10, first + 14],
        [first + 20, first + 60],
        [first + 44, first + 60],
      ] as const) {
        const period = { period_start: textOf(start), period_end: textOf(end) };
        const rows = tableOf(await shop.query("offer-attribution", { ...period, lookback_days }));
        expect(rows).toEqual(expectedRows(random, lookback_days, start, end));
      }
    }
  });
});
