import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../bench/support/random.mjs";
import { fillSessions } from "../../src/warehouse/build-sessions.ts";
import { fillProductDays, wholeSpan } from "../../src/warehouse/fill.ts";
import { emptyNext } from "../../src/warehouse/replace.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const historyCount = 2000;
const fileCount = 6;
const zone = "America/New_York";
/** The night the clocks of New York go forward lies in the middle. */
const start = Date.UTC(2025, 2, 7);
const gap = 30 * 60_000;
const longest = 24 * 3_600_000;

interface Event {
  readonly at: number;
  readonly type: string;
  readonly customer: number;
  readonly session: number;
  readonly product: number;
  readonly file: number;
  row: number;
}

const { below, pick } = seeded(20251120);
const pauses = [0, 0, 1000, gap - 1, gap, gap + 1, 3_600_000, 5 * 3_600_000, 11 * 3_600_000, longest - 1, longest];

/** One small history: two customers, up to two session ids, pauses around the limits. */
function historyOf(index: number): Event[] {
  const customers = [index * 10 + 1, index * 10 + 2];
  const sessions = [1_000_000 + index * 10, 1_000_001 + index * 10];
  const form = pick(["given", "none", "mixed"] as const);
  const midnight = start + below(5) * 86_400_000;
  let at = below(2) === 0 ? midnight - below(gap) : midnight + below(86_400_000);
  return Array.from({ length: below(11) + 1 }, () => {
    at += pick(pauses);
    const hasSession = form === "given" || (form === "mixed" && below(2) === 0);
    return {
      at,
      type: pick(["view", "view", "cart_add", "purchase"]),
      customer: below(9) === 0 ? 0 : pick(below(4) === 0 ? customers : customers.slice(0, 1)),
      session: hasSession ? pick(below(3) === 0 ? sessions : sessions.slice(0, 1)) : 0,
      product: below(4),
      file: below(fileCount),
      row: 0,
    };
  });
}

interface Session {
  readonly source: string;
  readonly started: string;
  readonly customer: string;
  readonly count: number;
  readonly seconds: number;
  readonly products: number;
  readonly touched: string;
  readonly entry: string;
  readonly exit: string;
  readonly revenue: string;
  readonly types: string;
}

/** By hand: events in order of time, file and row; a new session after a pause (where sessions are inferred) or a day. */
function sessionsOf(events: readonly Event[]): Session[] {
  const sources = new Map<string, Event[]>();
  for (const event of events) {
    if (event.session === 0 && event.customer === 0) continue;
    const source = event.session === 0 ? `customer ${event.customer}` : `session ${event.session}`;
    sources.set(source, [...(sources.get(source) ?? []), event]);
  }
  const found: Session[] = [];
  for (const [source, all] of sources) {
    const ordered = [...all].sort((a, b) => a.at - b.at || a.file - b.file || a.row - b.row);
    let current: Event[] = [];
    for (const event of ordered) {
      const [first, last] = [current[0], current.at(-1)];
      const isCut = first !== undefined && event.at - first.at >= longest;
      const isPause = last !== undefined && source.startsWith("customer") && event.at - last.at > gap;
      if (isCut || isPause) {
        found.push(summary(source, current));
        current = [];
      }
      current.push(event);
    }
    found.push(summary(source, current));
  }
  return found;
}

function summary(source: string, events: readonly Event[]): Session {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error("a session without events");
  const touched = new Set(events.map((event) => event.product).filter((product) => product !== 0));
  return {
    source,
    started: new Date(first.at).toISOString(),
    customer: String(first.customer),
    count: events.length,
    seconds: Math.round((last.at - first.at) / 1000),
    products: touched.size,
    touched: [...touched].join(" "),
    entry: String(first.product),
    exit: String(last.product),
    revenue: String(events.filter((event) => event.type === "purchase").length * 150),
    types: events.map((event) => event.type).join(" "),
  };
}

const inOrder = (sessions: readonly Session[]): Session[] =>
  [...sessions].sort((a, b) => (`${a.source} ${a.started}` < `${b.source} ${b.started}` ? -1 : 1));

describe(`sessions of ${historyCount} random histories, imported in ${fileCount} files of random order`, () => {
  let shop: TestShop;
  const events = Array.from({ length: historyCount }, (_, index) => historyOf(index)).flat();
  beforeAll(async () => {
    shop = await openTestShop({ time_zone: zone });
    for (let file = 0; file < fileCount; file += 1) {
      const lines = ["event_at,event_type,customer_id,session_id,product_id,price"];
      const own = events.filter((event) => event.file === file).sort(() => below(3) - 1);
      for (const [index, event] of own.entries()) {
        event.row = index + 1;
        const id = (key: number) => (key === 0 ? "" : key);
        lines.push(
          `${new Date(event.at).toISOString()},${event.type},${id(event.customer)},${id(event.session)},${id(event.product)},1.5`,
        );
      }
      await shop.load([writeFile(shop, `part-${file}.csv`, `${lines.join("\n")}\n`)]);
    }
  });
  afterAll(async () => await shop.close());

  it("are those that a brute-force reading of the rule finds", async () => {
    const rows = await shop.sql(`
      select if(is_inferred, 'customer ', 'session ') || toString(source_key) as source,
        formatDateTime(started_at, '%Y-%m-%dT%H:%i:%S') || '.' || leftPad(toString(toUnixTimestamp64Milli(started_at) % 1000), 3, '0') || 'Z' as started,
        toString(customer_key) as customer, event_count as count, round(duration_seconds) as seconds,
        product_count as products, arrayStringConcat(product_keys, ' ') as touched, toString(entry_product_key) as entry, toString(exit_product_key) as exit,
        toString(revenue_minor) as revenue, arrayStringConcat(arrayMap(one -> toString(one), event_types), ' ') as types
      from fct_sessions`);
    const found = inOrder(rows as unknown as Session[]);
    const expected = inOrder(sessionsOf(events));
    expect(found.length).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(historyCount);
    const wrong = expected.flatMap((session, index) =>
      JSON.stringify(found[index]) === JSON.stringify(session) ? [] : [{ expected: session, found: found[index] }],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("and the days they start on are those of the shop's zone", async () => {
    const rows = await shop.sql("select toString(started_at) as at, toString(started_on) as day from fct_sessions");
    const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
    const wrong = rows.filter((row) => format.format(new Date(`${String(row.at).replace(" ", "T")}Z`)) !== row.day);
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("and are found in parts of their sources, and days of products in parts of the products", async () => {
    const { warehouse, config } = shop.workspace;
    const digestsOf = async (table: "fct_sessions" | "agg_product_daily") => {
      const digest = (name: string) => `(select (count(), toString(sum(cityHash64(*)))) from ${name})`;
      const row = await warehouse.queryOne(`select ${digest(table)} as stored, ${digest(`next_${table}`)} as anew`);
      await emptyNext(warehouse, table);
      return row;
    };
    for (const perPart of [500, 4000, 1_000_000]) {
      await fillSessions(warehouse, config, true, perPart);
      const sessions = await digestsOf("fct_sessions");
      expect(sessions.anew, `sessions, ${perPart} events a part`).toEqual(sessions.stored);
      await fillProductDays(warehouse, await wholeSpan(warehouse), perPart);
      const days = await digestsOf("agg_product_daily");
      expect(days.anew, `product days, ${perPart} events a part`).toEqual(days.stored);
      expect(Number((days.stored as unknown[])[0])).toBeGreaterThan(10);
    }
  });

  it("and everything built in six steps is what one full build makes", async () => {
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });
});
