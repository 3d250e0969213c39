/** What stands between a stranger and the data: sign-in, roles, host, origin, CSRF, headers, and the reader's rights. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const events = `event_at,event_type,customer_id,session_id,product_id,price
2026-03-01T10:00:00Z,view,ada,s1,kettle,20.00
2026-03-01T10:01:00Z,purchase,ada,s1,kettle,20.00
2026-03-02T09:00:00Z,view,ben,s2,kettle,20.00
`;

describe("the API", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let credentials: Credentials;
  let viewer: string;
  let analyst: string;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-api-"));
  const clock = fixedClock();

  beforeAll(async () => {
    shop = await openTestShop();
    writeFileSync(join(folder, "events.csv"), events);
    await shop.load([join(folder, "events.csv")]);
    credentials = new Credentials(folder, clock);
    viewer = credentials.createToken({ name: "viewer", role: "viewer" }).secret;
    analyst = credentials.createToken({ name: "analyst", role: "analyst" }).secret;
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
  const asViewer = () => ({ authorization: `Bearer ${viewer}` });
  const runSql = async (sql: string, secret = analyst) =>
    await server.inject({
      method: "POST",
      url: "/api/v1/sql",
      payload: { sql },
      headers: { authorization: `Bearer ${secret}` },
    });

  async function signIn(): Promise<{ cookie: string; csrf: string }> {
    const secret = credentials.createLink({ name: "owner", role: "admin" });
    const answer = await get(`/sign-in?token=${secret}`);
    expect(answer.statusCode).toBe(303);
    const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
    const session = (await get("/api/v1/session", { cookie })).json() as { csrf_token: string };
    return { cookie, csrf: session.csrf_token };
  }

  it("answers nothing but health without sign-in", async () => {
    expect((await get("/health")).statusCode).toBe(200);
    const urls = [
      "/",
      "/overview",
      "/api/v1/shop",
      "/api/v1/analyses/kpi-summary",
      "/openapi.json",
      "/docs",
      "/docs/json",
      "/assets/x.js",
      "/api/v1/catalogue",
    ];
    for (const url of urls) expect([401, 404], url).toContain((await get(url)).statusCode);
    const wrong = await get("/api/v1/shop", { authorization: "Bearer cw_wrong" });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers["content-type"]).toContain("application/problem+json");
    expect(wrong.json()).toMatchObject({
      status: 401,
      code: "not_signed_in",
      remedy: expect.stringContaining("cartwright link"),
    });
  });

  it("takes a sign-in link once only, and not after an hour", async () => {
    const secret = credentials.createLink({ name: "owner", role: "admin" });
    expect((await get(`/sign-in?token=${secret}`)).statusCode).toBe(303);
    expect((await get(`/sign-in?token=${secret}`)).statusCode).toBe(401);
    const old = credentials.createLink({ name: "owner", role: "admin" });
    for (let second = 0; second < 3700; second += 1) clock.now();
    expect((await get(`/sign-in?token=${old}`)).statusCode).toBe(401);
  });

  it("sets a cookie that scripts cannot read and other sites cannot send", async () => {
    const answer = await get(`/sign-in?token=${credentials.createLink({ name: "owner", role: "admin" })}`);
    expect(String(answer.headers["set-cookie"])).toMatch(/HttpOnly/i);
    expect(String(answer.headers["set-cookie"])).toMatch(/SameSite=Strict/i);
  });

  it("refuses other hosts, other origins and a missing CSRF token", async () => {
    const { cookie, csrf } = await signIn();
    expect((await get("/api/v1/shop", { cookie, host: "evil.example" })).statusCode).toBe(403);
    const post = (headers: Record<string, string>) =>
      server.inject({
        method: "POST",
        url: "/api/v1/sql",
        payload: { sql: "select 1" },
        headers: { cookie, ...headers },
      });
    expect((await post({})).statusCode).toBe(403);
    expect((await post({ "x-csrf-token": "wrong" })).statusCode).toBe(403);
    expect((await post({ "x-csrf-token": csrf, origin: "http://evil.example" })).statusCode).toBe(403);
    expect((await post({ "x-csrf-token": csrf, origin: "http://localhost:80" })).statusCode).toBe(200);
  });

  it("sends a content security policy without inline scripts, and no framing", async () => {
    const policy = String((await get("/health")).headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it("lets a viewer see analyses but not the SQL console", async () => {
    expect((await get("/api/v1/analyses/kpi-summary", asViewer())).statusCode).toBe(200);
    const answer = await runSql("select 1", viewer);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "not_allowed" });
  });

  it("ends a revoked token at once", async () => {
    const { id, secret } = credentials.createToken({ name: "short", role: "viewer" });
    expect((await get("/api/v1/shop", { authorization: `Bearer ${secret}` })).statusCode).toBe(200);
    credentials.revokeToken(id);
    expect((await get("/api/v1/shop", { authorization: `Bearer ${secret}` })).statusCode).toBe(401);
  });

  it("makes, lists and ends tokens for admins, and says when each was last used", async () => {
    const { cookie, csrf } = await signIn();
    const headers = { cookie, "x-csrf-token": csrf };
    const make = (payload: object) => server.inject({ method: "POST", url: "/api/v1/tokens", payload, headers });
    const made = await make({ name: "nightly", role: "analyst", scopes: ["query", "query"], expires_days: 2 });
    expect(made.statusCode, made.body).toBe(201);
    const { id, secret } = made.json() as { id: string; secret: string };
    const listed = async () => {
      const answer = await get("/api/v1/tokens", { cookie });
      expect(answer.body).not.toContain(secret);
      expect(answer.body).not.toContain("hash");
      return (answer.json() as { rows: Record<string, string>[] }).rows.find((one) => one.id === id);
    };
    const fresh = await listed();
    expect(fresh).toMatchObject({ name: "nightly", role: "analyst", scopes: ["query"], last_used_at: null });
    const lasts = Date.parse(fresh?.expires_at ?? "") - Date.parse(fresh?.created_at ?? "");
    expect(Math.abs(lasts - 2 * 86_400_000)).toBeLessThanOrEqual(1000);

    const before = clock.now();
    expect((await get("/api/v1/shop", { authorization: `Bearer ${secret}` })).statusCode).toBe(200);
    const used = Date.parse((await listed())?.last_used_at ?? "");
    expect(used).toBeGreaterThan(before);
    expect(used).toBeLessThan(clock.now());

    const end = () => server.inject({ method: "DELETE", url: `/api/v1/tokens/${id}`, headers });
    expect((await end()).statusCode).toBe(204);
    expect((await get("/api/v1/shop", { authorization: `Bearer ${secret}` })).statusCode).toBe(401);
    expect(await listed()).toBeUndefined();
    expect((await end()).statusCode).toBe(404);

    for (const [payload, name] of [
      [{}, "name"],
      [{ name: " " }, "name"],
      [{ name: "x", role: "owner" }, "role"],
      [{ name: "x", scopes: ["all"] }, "scopes.0"],
      [{ name: "x", expires_days: 0 }, "expires_days"],
      [{ name: "x", expires_days: 3651 }, "expires_days"],
      [{ name: "x", expires_days: 1.5 }, "expires_days"],
    ] as const) {
      const answer = await make(payload);
      expect(answer.json(), answer.body).toMatchObject({ code: "invalid_parameter" });
      expect((answer.json() as { detail: string }).detail).toMatch(new RegExp(`^${name} must`));
    }
    expect((await get("/api/v1/tokens", asViewer())).statusCode).toBe(403);
  });

  it.each([
    "select * from file('/etc/passwd', 'LineAsString')",
    "select * from url('http://127.0.0.1:1/x', 'LineAsString')",
    "select * from s3('http://127.0.0.1:1/x', 'CSV')",
    "select * from remote('127.0.0.1:9000', system.one)",
    "select * from executable('id', 'TSV', 'x String')",
    "insert into fct_orders select * from fct_orders",
    "system shutdown",
    "drop table fct_orders",
    "create table x (a Int8) engine = Memory",
    "alter table fct_orders delete where 1",
    "truncate table fct_orders",
    "select * from system.users",
    "select * from system.processes",
    "select 1 settings readonly = 0",
    "select 1; drop table fct_orders",
    "select * from fct_orders into outfile '/tmp/cartwright-outfile'",
  ])("the console refuses: %s", async (sql) => {
    const answer = await runSql(sql);
    expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode, answer.body).toBeLessThan(500);
    expect(
      (
        await shop.sql(
          "select count() as tables from system.tables where name = 'fct_orders' and database = currentDatabase()",
        )
      )[0],
    ).toEqual({ tables: "1" });
  });

  it("the console answers a select with names, types and rows", async () => {
    const answer = await runSql(
      "select count() as event_count from fct_events where event_type = 'view' -- comment\n;",
    );
    expect(answer.json()).toMatchObject({
      columns: [{ name: "event_count", type: "UInt64" }],
      rows: [[expect.any(Number)]],
    });
  });

  it("answers 304 for an unchanged question and 200 once the data have changed", async () => {
    const url = "/api/v1/analyses/daily-kpis";
    const first = await get(url, asViewer());
    const etag = String(first.headers.etag);
    expect((await get(url, { ...asViewer(), "if-none-match": etag })).statusCode).toBe(304);
    expect((await get(`${url}?compare=previous`, { ...asViewer(), "if-none-match": etag })).statusCode).toBe(200);
  });

  it("names parameter, value and limit of what it refuses", async () => {
    const problem = async (query: string) =>
      (await get(`/api/v1/analyses/revenue-over-time?${query}`, asViewer())).json() as { code: string; detail: string };
    expect(await problem("grain=decade")).toMatchObject({
      code: "invalid_parameter",
      detail: expect.stringMatching(/^grain must be one of day, week, month, .*, got "decade"$/),
    });
    expect(await problem("period_start=2019-02-30")).toMatchObject({
      code: "invalid_parameter",
      detail: expect.stringContaining("2019-02-30"),
    });
    expect(await problem("nonsense=1")).toMatchObject({ code: "unknown_parameter" });
    expect(await problem("format=xml")).toMatchObject({ code: "invalid_parameter" });
  });

  it("keeps values out of SQL: a filter of quotes and braces finds nothing and breaks nothing", async () => {
    const filters = ["' or 1=1 --", "{brand:String}", "\\", '"; drop table x', "a'b\\'c", "\u0000"];
    for (const filter of filters) {
      const answer = await get(`/api/v1/analyses/kpi-summary?brand=${encodeURIComponent(filter)}`, asViewer());
      expect(answer.statusCode, `${filter}: ${answer.body}`).toBe(200);
      expect(answer.json()).toMatchObject({ rows: [{ order_count: 0, event_count: 0 }] });
    }
  });
});
