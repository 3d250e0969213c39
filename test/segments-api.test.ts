/** Segments over HTTP: who may save, what a filter answers, and that an answer changes with the segment it names. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock } from "./support/shop.ts";

describeCornerShop("segments over HTTP", (_query, shop) => {
  let server: FastifyInstance;
  let viewer: string;
  let analyst: string;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-segments-"));

  beforeAll(async () => {
    const credentials = new Credentials(folder, fixedClock());
    viewer = credentials.createToken({ name: "viewer", role: "viewer" }).secret;
    analyst = credentials.createToken({ name: "analyst", role: "analyst" }).secret;
    server = await createServer({ workspace: shop().workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    server.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${viewer}`, ...headers } });
  const send = (method: "POST" | "DELETE", url: string, payload?: object, secret = analyst) =>
    server.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${secret}` },
      ...(payload ? { payload } : {}),
    });
  const french = { kind: "country", country: ["France"] };

  it("saves for analysts only, and counts a rule before it is saved for everyone", async () => {
    expect((await send("POST", "/segments", { name: "french", rule: french }, viewer)).statusCode).toBe(403);
    const size = await send("POST", "/segments/size", { rule: french }, viewer);
    expect(size.json()).toEqual({ as_of: "2025-04-21", customer_count: 3, customer_share_rate: 0.25 });
    const saved = await send("POST", "/segments", { name: "french", title: "French", rule: french });
    expect(saved.json()).toMatchObject({
      name: "french",
      title: "French",
      version: 1,
      saved_by: "analyst",
      rule: french,
    });
    expect((await get("/segments")).json()).toMatchObject({ rows: [{ name: "french" }] });
    expect((await get("/filters/segment?search=FRE")).json()).toEqual({
      rows: [{ value: "french", label: "French", row_count: null }],
    });
  });

  it("refuses what is no rule with a problem document that names the place", async () => {
    const answer = await send("POST", "/segments", {
      name: "x",
      rule: { all: [{ kind: "orders", min_count: "two" }] },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: "segment_invalid",
      detail: expect.stringContaining("rule.all.0.min_count"),
    });
    expect((await get("/segments/nobody")).statusCode).toBe(404);
    expect((await get("/analyses/kpi-summary?segment=nobody")).json()).toMatchObject({ code: "segment_unknown" });
    expect((await get("/analyses/rfm-scores?segment=nobody&format=csv")).statusCode).toBe(404);
    expect((await get("/segments/french/size?as_of=yesterday")).json()).toMatchObject({ code: "invalid_parameter" });
  });

  it("gives its customers as JSON, CSV and NDJSON, as they are on a day", async () => {
    const customers = "/segments/french/customers";
    const { rows } = (await get(`${customers}?limit=2`)).json() as { rows: { customer_id: string }[] };
    expect(rows.map((row) => row.customer_id)).toEqual(["12", "C03"]);
    expect((await get(`${customers}?format=csv&as_of=2025-02-01`)).body.split("\r\n")).toEqual([
      "customer_id,customer_name,email,country,order_count,net_revenue_minor,last_order_on",
      "12,Lou,,France,0,0,",
      "C03,Cleo,,France,1,6000,2025-01-15", // 70 less a lamp of 10 that came back later
      "C04,Dan,,France,1,3000,2025-01-31",
      "",
    ]);
    expect((await get(`${customers}?format=ndjson`)).body.trim().split("\n")).toHaveLength(3);
    expect((await get("/segments/french/sizes")).json()).toMatchObject({ rows: [{ customer_count: 3 }, {}, {}, {}] });
  });

  it("an answer kept by a browser is not used after the segment it names has changed", async () => {
    const url = "/analyses/kpi-summary?segment=french";
    const first = await get(url);
    expect(first.json()).toMatchObject({ rows: [{ order_count: 4 }] });
    const etag = String(first.headers.etag);
    expect((await get(url, { "if-none-match": etag })).statusCode).toBe(304);
    await send("POST", "/segments", { name: "french", rule: { kind: "country", country: ["Germany"] } });
    expect((await get(url, { "if-none-match": etag })).json()).toMatchObject({ rows: [{ order_count: 4 }] });
    expect((await get(url)).headers.etag).not.toBe(etag);
  });

  it("explains the rule as SQL with what is bound", async () => {
    const explained = (await get("/analyses/kpi-summary/explain?segment=french")).json() as {
      sql: string;
      params: Record<string, unknown>;
    };
    expect(explained.sql).toContain("customer_key in s1_customers");
    expect(explained.params).toMatchObject({ s1_country: ["Germany"] });
  });

  it("is deleted with its history kept", async () => {
    expect((await send("DELETE", "/segments/french", undefined, viewer)).statusCode).toBe(403);
    expect((await send("DELETE", "/segments/french")).statusCode).toBe(204);
    expect((await get("/segments")).json()).toEqual({ rows: [] });
    expect((await get("/analyses/kpi-summary?segment=french")).statusCode).toBe(404);
  });
});
