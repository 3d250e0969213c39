/** Questions that take long: told in the log and to administrators, by name and cost, without what was asked. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { SlowQueries, type SlowQuery } from "../src/api/slow-queries.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const slowMs = 1400;
const name = "ada.lovelace@example.com";

describe("slow queries of a server", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let url = "";
  let logFile = "";
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    shop = await openTestShop({ engine: { slow_query_ms: slowMs } });
    logFile = join(shop.folder, "server.log");
    const credentials = new Credentials(shop.folder, fixedClock());
    for (const role of ["admin", "analyst"] as const)
      tokens[role] = credentials.createToken({ name: role, role }).secret;
    server = await createServer({ workspace: shop.workspace, credentials, logFile });
    url = await server.listen({ host: "127.0.0.1", port: 0 });
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await shop?.close();
  });

  const ask = async (path: string, role = "admin", sql?: string) =>
    await fetch(`${url}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${tokens[role]}`, ...(sql ? { "content-type": "application/json" } : {}) },
      ...(sql ? { method: "POST", body: JSON.stringify({ sql }) } : {}),
    });
  const slow = async (): Promise<readonly SlowQuery[]> => (await (await ask("slow-queries")).json()).rows;

  it("are told with cost and request, and not those that are quick", async () => {
    expect((await ask("analyses/kpi-summary")).status).toBe(200);
    expect((await ask("sql", "analyst", "select 1")).status).toBe(200);
    // Two are asked here, and a busy machine may be slow at either; what is quick is not among them.
    expect((await slow()).filter(({ duration_ms }) => duration_ms < slowMs)).toEqual([]);
    const startedAt = performance.now();
    // A scalar that sleeps for a second and a half, on any machine.
    const sql = `select uniqExact(number) as n, '${name}' as who, (select sleepEachRow(1.5)) as pause from numbers(1000000)`;
    expect((await ask("sql", "analyst", sql)).status).toBe(200);
    const told = (await slow()).find(({ read_rows }) => read_rows >= 1_000_000);
    expect(told).toMatchObject({ name: "console", code: null });
    expect(told?.duration_ms).toBeGreaterThanOrEqual(1500);
    expect(told?.duration_ms).toBeLessThanOrEqual(performance.now() - startedAt);
    expect(told?.read_rows).toBeGreaterThanOrEqual(1_000_000);
    // Eight bytes each.
    expect(told?.read_bytes).toBeGreaterThanOrEqual(8_000_000);
    expect((await ask("slow-queries", "analyst")).status).toBe(403);
  }, 60_000);

  it("are a line of the log with the id of the request, which the request's own lines have too; no text of the question", async () => {
    const lines = await vi.waitFor(() => {
      const read = readFileSync(logFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(read.some(({ msg }) => msg === "slow query")).toBe(true);
      return read;
    });
    const { level, slow_query } = lines.find((line) => line.slow_query?.read_rows >= 1_000_000);
    expect(level).toBe(40);
    expect(await slow()).toContainEqual(slow_query);
    const own = lines.filter(({ reqId }) => reqId === slow_query.request_id);
    expect(own.find(({ req }) => req)?.req).toEqual({ method: "POST", url: "/api/v1/sql" });
    expect(readFileSync(logFile, "utf8")).not.toContain(name);
  }, 60_000);

  it("are told where they failed, too", async () => {
    const sql = `select throwIf(sleepEachRow(1.6) = 0, '${name}')`;
    expect((await ask("sql", "analyst", sql)).status).toBe(400);
    expect((await slow()).find(({ code }) => code !== null)).toMatchObject({ name: "console", code: "query_invalid" });
    expect(readFileSync(logFile, "utf8")).not.toContain(`sleepEachRow`);
  }, 60_000);

  it("of one server are the hundred slowest of the last day", () => {
    let now = Date.parse("2026-03-02T10:00:00Z");
    const kept = new SlowQueries({ now: () => now });
    const cost = { readRows: 1, readBytes: 8, writtenRows: 0 };
    for (let place = 1; place <= 120; place += 1)
      kept.note({ name: "console", durationMs: place, cost, memoryBytes: null, code: null }, null);
    expect(kept.list().map(({ duration_ms }) => duration_ms)).toEqual(
      Array.from({ length: 100 }, (_, place) => 120 - place),
    );
    now += 86_400_001;
    expect(kept.list()).toEqual([]);
  });
});
