import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PRODUCT_SHIFT } from "./catalogue.ts";
import { writeRees46Files } from "./files.ts";
import type { Rees46Options } from "./options.ts";
import { HEADER } from "./rows.js";
import { rees46Csv, rees46Parts } from "./stream.ts";

async function textOf(options: Rees46Options): Promise<string> {
  const buffers: Buffer[] = [];
  for await (const buffer of rees46Csv(options)) buffers.push(buffer);
  return Buffer.concat(buffers).toString("latin1");
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

const rowsOf = (text: string) => text.split("\n").slice(1, -1);

describe("a REES46-shaped stream is a function of its options", () => {
  it("gives the same bytes for any number of threads", async () => {
    const options = { events: 60_000, seed: 4, users: 2_500 };
    const alone = digest(await textOf({ ...options, workers: 0 }));
    expect(digest(await textOf({ ...options, workers: 1 }))).toBe(alone);
    expect(digest(await textOf({ ...options, workers: 3 }))).toBe(alone);
  }, 30_000);

  it("gives other bytes for another seed", async () => {
    const [one, two] = [await textOf({ events: 2_000, seed: 1 }), await textOf({ events: 2_000, seed: 2 })];
    expect(digest(one)).not.toBe(digest(two));
  });

  it("gives the bytes it gave when this test was written", async () => {
    expect(digest(await textOf({ events: 20_000, seed: 1 }))).toBe(
      "85780f538291b8be63f05628239177c69ba82ec7ec1b2a01765866435c6b1530",
    );
  });

  it.each([1, 2, 7_999, 8_000, 16_001, 33_333])("has exactly %d rows when that many are asked for", async (events) => {
    const rows = rowsOf(await textOf({ events }));
    expect(rows).toHaveLength(events);
  });

  it("keeps rows in order when few events are spread over ten years", async () => {
    const rows = rowsOf(await textOf({ events: 700, days: 3_650 }));
    const times = rows.map((row) => row.slice(0, 19));
    expect(times).toHaveLength(700);
    expect([...times].sort()).toEqual(times);
    expect(new Set(times.map((time) => time.slice(0, 4))).size).toBeGreaterThan(9);
  });

  it.each<[Rees46Options, string]>([
    [{ events: 0 }, "events must be an integer from 1 to 1000000000, got 0"],
    [{ days: 1.5 }, "days must be an integer from 1 to 3660, got 1.5"],
    [{ firstDay: "2019-02-30" }, "firstDay must be a day as YYYY-MM-DD, got 2019-02-30"],
    [{ workers: -1 }, "workers must be an integer from 0 to 64, got -1"],
  ])("refuses %o", async (options, message) => {
    await expect(textOf(options)).rejects.toThrow(message);
  });
});

interface Session {
  events: number;
  user: string;
  hasPurchase: boolean;
  readonly carted: Set<string>;
  first: number;
  last: number;
}

describe("a stream of 600,000 events has the published shape", () => {
  const EVENTS = 600_000;
  let rows: string[] = [];
  const kinds = new Map<string, number>();
  const products = new Map<string, number>();
  const sessions = new Map<string, Session>();
  let withoutCode = 0;
  let withoutBrand = 0;
  let withoutCart = 0;
  let isInOrder = true;

  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

  beforeAll(async () => {
    rows = rowsOf(await textOf({ events: EVENTS, seed: 9 }));
    let before = "";
    for (const row of rows) {
      const [time = "", kind = "", product = "", , code, brand, , user = "", id = ""] = row.split(",");
      isInOrder &&= time >= before;
      before = time;
      count(kinds, kind);
      count(products, product);
      if (code === "") withoutCode++;
      if (brand === "") withoutBrand++;
      const at = Date.parse(`${time.slice(0, 10)}T${time.slice(11, 19)}Z`) / 1000;
      let session = sessions.get(id);
      if (session === undefined) {
        session = { events: 0, user, hasPurchase: false, carted: new Set(), first: at, last: at };
        sessions.set(id, session);
      }
      session.events++;
      session.last = at;
      if (kind === "cart") session.carted.add(product);
      if (kind === "purchase") {
        session.hasPurchase = true;
        if (!session.carted.has(product)) withoutCart++;
      }
    }
  }, 60_000);

  it("writes every row exactly as published", () => {
    const form =
      /^2019-1[01]-\d{2} \d{2}:\d{2}:\d{2} UTC,(view|cart|purchase),\d{7,8},2053013\d{12},[a-z_.]*,[a-z]*,\d+\.\d{2},\d{9},[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(rows.filter((row) => !form.test(row))).toEqual([]);
    expect(HEADER).toBe(
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n",
    );
  });

  it("is in order of time, from the first day to the last", () => {
    expect(isInOrder).toBe(true);
    expect(rows[0]?.slice(0, 10)).toBe("2019-10-01");
    expect(rows.at(-1)?.slice(0, 10)).toBe("2019-11-30");
  });

  it("has 94.9 % views, 3.6 % carts and 1.5 % purchases, each within 0.25 points", () => {
    const share = (kind: string) => (100 * (kinds.get(kind) ?? 0)) / EVENTS;
    expect(Math.abs(share("view") - 94.9)).toBeLessThan(0.25);
    expect(Math.abs(share("cart") - 3.6)).toBeLessThan(0.25);
    expect(Math.abs(share("purchase") - 1.5)).toBeLessThan(0.25);
  });

  it("has 4.8 events a session, median 2, with a long tail, none over three hours", () => {
    const lengths = [...sessions.values()].map(({ events }) => events).sort((a, b) => a - b);
    expect(Math.abs(EVENTS / lengths.length - 4.8)).toBeLessThan(0.15);
    expect(lengths[lengths.length >> 1]).toBe(2);
    expect(lengths[Math.floor(0.99 * lengths.length)]).toBeGreaterThan(30);
    expect(lengths.at(-1)).toBeGreaterThan(150);
    expect([...sessions.values()].every(({ first, last }) => last - first <= 10_800)).toBe(true);
  });

  it("has sessions that overlap in time", () => {
    let seen = "";
    const switches = rows.slice(0, 50_000).filter((row) => {
      const id = row.slice(-36);
      const isOther = id !== seen;
      seen = id;
      return isOther;
    });
    const sessionsSeen = new Set(rows.slice(0, 50_000).map((row) => row.slice(-36)));
    expect(switches.length).toBeGreaterThan(1.5 * sessionsSeen.size);
  });

  it("has products that follow Zipf's law with its head flattened: slope -1 from rank 20 to 1,000", () => {
    const counts = [...products.values()].sort((a, b) => b - a);
    const slope =
      Math.log((counts[999] ?? 1) / (counts[19] ?? 1)) / Math.log((1_000 + PRODUCT_SHIFT) / (20 + PRODUCT_SHIFT));
    expect(Math.abs(slope + 1)).toBeLessThan(0.1);
    expect((counts[0] ?? 0) / EVENTS).toBeLessThan(0.02);
  });

  it("has no category code in 33 % of rows and no brand in 14 %", () => {
    expect(Math.abs(withoutCode / EVENTS - 0.33)).toBeLessThan(0.02);
    expect(Math.abs(withoutBrand / EVENTS - 0.14)).toBeLessThan(0.02);
  });

  it("has visitors who return, and no session of two visitors", () => {
    const visits = new Map<string, number>();
    for (const { user } of sessions.values()) count(visits, user);
    const returning = [...visits.values()].filter((n) => n > 1).length;
    expect(returning / visits.size).toBeGreaterThan(0.5);
    expect(visits.size).toBeGreaterThan(0.8 * (EVENTS / 20));
    expect(rows.every((row) => sessions.get(row.slice(-36))?.user === row.slice(-46, -37))).toBe(true);
  });

  it("has purchases with and without a cart event, and mostly sessions without either", () => {
    const purchases = kinds.get("purchase") ?? 0;
    expect(withoutCart / purchases).toBeGreaterThan(0.25);
    expect(withoutCart / purchases).toBeLessThan(0.5);
    const buying = [...sessions.values()].filter(({ hasPurchase }) => hasPurchase).length;
    expect(buying / sessions.size).toBeLessThan(0.08);
  });

  it("is busier by day than by night", () => {
    const at = (hour: string) => rows.filter((row) => row.slice(11, 13) === hour).length;
    expect(at("16")).toBeGreaterThan(5 * at("00"));
  });
});

describe("writing and stopping", () => {
  it("writes a file a month, each with a header, together the stream", async () => {
    const dir = await mkdtemp(join(tmpdir(), "rees46-"));
    try {
      const options = { events: 30_000, seed: 3 };
      const written = await writeRees46Files({ ...options, dir });
      expect(written.files).toEqual([join(dir, "2019-Oct.csv"), join(dir, "2019-Nov.csv")]);
      expect(written.rows).toBe(30_000);
      const texts = await Promise.all(written.files.map((file) => readFile(file, "latin1")));
      expect(texts.every((text) => text.startsWith(HEADER))).toBe(true);
      expect(rowsOf(texts[0] ?? "").every((row) => row.startsWith("2019-10"))).toBe(true);
      expect(rowsOf(texts[1] ?? "").every((row) => row.startsWith("2019-11"))).toBe(true);
      expect(texts.flatMap(rowsOf)).toEqual(rowsOf(await textOf(options)));
      expect(written.bytes).toBe(texts.reduce((sum, text) => sum + text.length, 0));
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it("stops with the signal's reason", async () => {
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of rees46Parts({ events: 500_000, workers: 2, signal: stop.signal })) {
        stop.abort(new Error("enough"));
      }
    })();
    await expect(reading).rejects.toThrow("enough");
  }, 30_000);

  it("keeps memory steady: the last 2 million of 3 million events add under 64 MB", async () => {
    let rows = 0;
    let early = 0;
    let late = 0;
    for await (const part of rees46Parts({ events: 3_000_000, workers: 2 })) {
      rows += part.rows;
      const used = process.memoryUsage().rss;
      if (rows <= 1_000_000) early = Math.max(early, used);
      else late = Math.max(late, used);
    }
    expect(rows).toBe(3_000_000);
    expect((late - early) / 1e6).toBeLessThan(64);
  }, 60_000);
});
