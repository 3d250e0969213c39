/** What people keep, over HTTP: saved views, start pages, and links that open one page to whoever holds them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { describeCornerShop } from "./support/corner-shop.ts";

describeCornerShop("what people keep, over HTTP", (_query, shop) => {
  let server: FastifyInstance;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-kept-"));
  let now = Date.UTC(2026, 0, 1);
  const credentials = new Credentials(folder, { now: () => now });
  const token = (name: string, role: "viewer" | "analyst" | "admin") =>
    `Bearer ${credentials.createToken({ name, role }).secret}`;
  const ada = token("ada", "viewer");
  const ben = token("ben", "analyst");
  const root = token("root", "admin");

  beforeAll(async () => {
    server = await createServer({ workspace: shop().workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (url: string, authorization = ada) => server.inject({ url, headers: { authorization } });
  const send = (method: "POST" | "DELETE", url: string, payload: object | null, authorization = ada) =>
    server.inject({ method, url: `/api/v1${url}`, headers: { authorization }, ...(payload ? { payload } : {}) });
  const saved = async (title: string, page: string, search: string) =>
    (await send("POST", "/views", { title, page, search })).json() as { id: string };

  it("saves a view under a title, lists it for everyone, and lets only its maker or an admin change it", async () => {
    const { id } = await saved("French sales", "sales", "country=France&period=30d&explain=refunds");
    expect((await get("/api/v1/views", ben)).json()).toMatchObject({
      rows: [
        { id, title: "French sales", page: "sales", search: "country=France&period=30d", made_by: "ada", version: 1 },
      ],
    });
    expect((await send("POST", `/views/${id}`, { title: "Mine" }, ben)).statusCode).toBe(403);
    expect((await send("DELETE", `/views/${id}`, null, ben)).statusCode).toBe(403);
    expect((await send("POST", `/views/${id}`, { title: "Sales, France" })).json()).toMatchObject({
      title: "Sales, France",
      search: "country=France&period=30d",
      version: 2,
      made_by: "ada",
    });
    expect((await send("DELETE", `/views/${id}`, null, root)).statusCode).toBe(204);
    expect((await get("/api/v1/views")).json()).toEqual({ rows: [] });
    expect((await send("POST", `/views/${id}`, { title: "Again" })).statusCode).toBe(404);
  });

  it("refuses a view of a page there is not, or without a title, naming the field", async () => {
    expect((await send("POST", "/views", { title: "x", page: "//evil.example" })).json()).toMatchObject({
      code: "kept_invalid",
      detail: expect.stringMatching(/^page: /),
    });
    expect((await send("POST", "/views", { title: " ", page: "sales" })).json()).toMatchObject({
      detail: expect.stringMatching(/^title: /),
    });
  });

  const orders = { analysis: "revenue-over-time", search: "revenue-over-time.grain=month&explain=x", size: "half" };

  it("keeps a board: its cards in their order, each with an id of its own", async () => {
    const made = await send("POST", "/boards", { title: "Monday", cards: [orders] });
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json() as { id: string };
    const added = await send("POST", `/boards/${id}/cards`, { analysis: "my-own", title: "Ours" });
    expect(added.statusCode, added.body).toBe(201);
    const { cards } = added.json() as { cards: { id: string }[] };
    expect(cards).toMatchObject([
      {
        analysis: "revenue-over-time",
        search: "revenue-over-time.grain=month",
        size: "half",
        title: null,
        chart: null,
      },
      { analysis: "my-own", search: "", size: "full", title: "Ours" },
    ]);
    expect(new Set(cards.map((card) => card.id)).size).toBe(2);
    expect((await send("POST", `/boards/${id}/cards`, orders, ben)).statusCode).toBe(403);
    const turned = await send("POST", `/boards/${id}`, { cards: cards.toReversed() });
    expect(turned.json()).toMatchObject({ title: "Monday", cards: cards.toReversed() });
    expect((await get("/api/v1/boards", ben)).json()).toMatchObject({ rows: [{ id, made_by: "ada", version: 3 }] });
    // A board is a place: it can be saved as a view and be where a person starts.
    await send("POST", "/start-page", { page: `boards/${id}`, search: "period=30d" });
    expect((await get("/api/v1/session")).json()).toMatchObject({ start_page: { page: `boards/${id}` } });
    await send("DELETE", "/start-page", null);
    expect((await send("DELETE", `/boards/${id}`, null, root)).statusCode).toBe(204);
  });

  it.each([
    ["without a title", { cards: [] }, /^title: /],
    ["with a card of no analysis", { title: "x", cards: [{ size: "half" }] }, /^cards\.0\.analysis: /],
    ["with a card of no known width", { title: "x", cards: [{ ...orders, size: "huge" }] }, /^cards\.0\.size: /],
    ["with a chart there is not", { title: "x", cards: [{ ...orders, chart: { kind: "pie" } }] }, /^cards\.0\.chart/],
    ["with one id twice", { title: "x", cards: [1, 2].map(() => ({ ...orders, id: "00000000" })) }, /one id$/],
    ["with sixty-one cards", { title: "x", cards: Array.from({ length: 61 }, () => orders) }, /^cards: /],
  ])("refuses a board %s, naming the field", async (_what, board, words) => {
    expect((await send("POST", "/boards", board)).json()).toMatchObject({
      code: "kept_invalid",
      detail: expect.stringMatching(words),
    });
  });

  it("keeps queries of analysts, and shows them to nobody below", async () => {
    const query = { title: "Orders", sql: "select count() from fct_orders" };
    expect((await send("POST", "/queries", query, ada)).statusCode).toBe(403);
    const { id } = (await send("POST", "/queries", query, ben)).json() as { id: string };
    await send("POST", `/queries/${id}`, { title: "All orders" }, ben);
    expect((await get("/api/v1/queries", ada)).statusCode).toBe(403);
    expect((await get("/api/v1/queries", root)).json()).toMatchObject({
      rows: [{ id, title: "All orders", sql: query.sql, made_by: "ben" }],
    });
    expect((await send("POST", "/queries", { title: "x", sql: " " }, ben)).json()).toMatchObject({
      code: "kept_invalid",
      detail: expect.stringMatching(/^sql: /),
    });
    expect((await send("DELETE", `/queries/${id}`, null, ben)).statusCode).toBe(204);
  });

  it("starts each person where they chose, also when a saved view has changed since", async () => {
    const start = async (who: string) =>
      ((await get("/api/v1/session", who)).json() as { start_page: unknown }).start_page;
    expect(await start(ada)).toBeNull();
    const { id } = await saved("Baskets", "basket", "period=90d");
    await send("POST", "/start-page", { view_id: id });
    await send("POST", "/start-page", { page: "products" }, ben);
    await send("POST", `/views/${id}`, { search: "period=30d" });
    expect(await start(ada)).toEqual({ page: "basket", search: "period=30d" });
    expect(await start(ben)).toEqual({ page: "products", search: "" });
    await send("DELETE", `/views/${id}`, null);
    expect(await start(ada)).toBeNull();
    expect((await send("POST", "/start-page", { view_id: id })).statusCode).toBe(404);
    expect((await send("DELETE", "/start-page", null, ben)).statusCode).toBe(204);
    expect(await start(ben)).toBeNull();
  });

  it("keeps for each person from where they look at the shop, and refuses a viewpoint there is not", async () => {
    const viewpoint = async (who: string) =>
      ((await get("/api/v1/session", who)).json() as { viewpoint: unknown }).viewpoint;
    expect(await viewpoint(ada)).toBeNull();
    await send("POST", "/viewpoint", { viewpoint: "marketer" });
    await send("POST", "/viewpoint", { viewpoint: "engineer" }, ben);
    expect([await viewpoint(ada), await viewpoint(ben)]).toEqual(["marketer", "engineer"]);
    await send("POST", "/viewpoint", { viewpoint: "shopkeeper" });
    expect(await viewpoint(ada)).toBe("shopkeeper");
    expect((await send("POST", "/viewpoint", { viewpoint: "king" })).json()).toMatchObject({ code: "kept_invalid" });
  });

  const query = "period_start=2025-01-01&period_end=2025-04-21&country=France";
  const sharing = {
    title: "French sales",
    page: "sales",
    search: "country=France",
    first_day: "2025-01-01",
    last_day: "2025-04-20",
    questions: [
      { analysis: "revenue-by-country", query },
      { analysis: "revenue-over-time", query: `${query}&grain=month` },
    ],
  };
  async function share(days?: number): Promise<{ readonly id: string; readonly holder: string }> {
    const answer = await send("POST", "/shares", { ...sharing, ...(days ? { days } : {}) }, ben);
    expect(answer.statusCode, answer.body).toBe(201);
    const { id, path } = answer.json() as { id: string; path: string };
    expect(path).toMatch(/^\/shared#cws_/);
    return { id, holder: `Share ${path.split("#")[1]}` };
  }

  it("shares for analysts only, and keeps of the secret nothing but a hash", async () => {
    expect((await send("POST", "/shares", sharing, ada)).statusCode).toBe(403);
    const { holder } = await share();
    const kept = readFileSync(join(folder, "shares.json"), "utf8");
    expect(kept).not.toContain(holder.slice("Share ".length));
    expect((await get("/api/v1/shares", ben)).body).not.toContain("hash");
  });

  it("opens the shared page without an account: its questions word for word", async () => {
    const { holder } = await share();
    const opened = (await get("/api/v1/shared", holder)).json() as Record<string, unknown>;
    expect(opened).toMatchObject({
      title: "French sales",
      page: "sales",
      search: "country=France",
      shop: { currency: "GBP", first_day: "2025-01-01", last_day: "2025-04-20", row_counts: {} },
    });
    const mine = await get(`/api/v1/analyses/revenue-by-country?${query}`, holder);
    expect(mine.statusCode, mine.body).toBe(200);
    expect(mine.json()).toMatchObject({ rows: [{ country: "France" }] });
    // In another order it is the same question.
    const turned = query.split("&").reverse().join("&");
    expect((await get(`/api/v1/analyses/revenue-by-country?${turned}`, holder)).statusCode).toBe(200);
  });

  it.each([
    ["without its filter", "/api/v1/analyses/revenue-by-country?period_start=2025-01-01&period_end=2025-04-21"],
    ["with another filter", `/api/v1/analyses/revenue-by-country?${query.replace("France", "Germany")}`],
    ["with a filter more", `/api/v1/analyses/revenue-by-country?${query}&country=Germany`],
    ["with other days", `/api/v1/analyses/revenue-by-country?${query.replace("04-21", "04-20")}`],
    ["with a comparison", `/api/v1/analyses/revenue-by-country?${query}&compare=previous`],
    ["as a file", `/api/v1/analyses/revenue-by-country?${query}&format=csv`],
    ["in another grain", `/api/v1/analyses/revenue-over-time?${query}&grain=day`],
    ["another analysis of the page", `/api/v1/analyses/refunds?${query}`],
    ["of another page", `/api/v1/analyses/rfm-scores?${query}`],
    ["how it is computed", `/api/v1/analyses/revenue-by-country/explain?${query}`],
    ["the shop", "/api/v1/shop"],
    ["who is signed in", "/api/v1/session"],
    ["values of filters", "/api/v1/filters/country"],
    ["customers of a segment", "/api/v1/segments/french/customers?format=csv"],
    ["segments", "/api/v1/segments"],
    ["saved views", "/api/v1/views"],
    ["links", "/api/v1/shares"],
    ["experiments", "/api/v1/experiments"],
    ["the catalogue", "/api/v1/catalogue"],
    ["the API document", "/openapi.json"],
    ["the documentation", "/docs"],
    ["the store's desk", "/api/v1/store/desk/orders"],
    ["a page of the dashboard", "/sales"],
  ])("refuses a link's holder: %s", async (_what, url) => {
    const { holder } = await share();
    const answer = await get(url, holder);
    expect([403, 404], answer.body).toContain(answer.statusCode);
    if (answer.statusCode === 403) expect(answer.json()).toMatchObject({ code: "share_refused" });
  });

  it("refuses a link's holder every change, even beside the cookie of someone who may", async () => {
    const { holder } = await share();
    const secret = credentials.createLink({ name: "owner", role: "admin" });
    const signedIn = await server.inject({ url: `/sign-in?token=${secret}` });
    const cookie = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
    const session = (await server.inject({ url: "/api/v1/session", headers: { cookie } })).json() as {
      csrf_token: string;
    };
    const headers = { authorization: holder, cookie, "x-csrf-token": session.csrf_token };
    const changes = [
      ["POST", "/api/v1/sql", { sql: "select 1" }],
      ["POST", "/api/v1/views", { title: "x", page: "sales" }],
      ["POST", "/api/v1/shares", sharing],
      ["POST", "/api/v1/segments", { name: "x", rule: { kind: "country", country: ["France"] } }],
      ["POST", "/api/v1/segments/size", { rule: { kind: "country", country: ["France"] } }],
      ["POST", "/api/v1/start-page", { page: "sales" }],
    ] as const;
    for (const [method, url, payload] of changes) {
      const answer = await server.inject({ method, url, payload, headers });
      expect(answer.statusCode, `${method} ${url}`).toBe(403);
      expect(answer.json()).toMatchObject({ code: "share_refused" });
    }
    expect((await server.inject({ url: "/api/v1/shop", headers })).statusCode).toBe(403);
  });

  it("ends a link when it is revoked, and after thirty days by itself", async () => {
    const revoked = await share();
    expect((await send("DELETE", `/shares/${revoked.id}`, null, ada)).statusCode).toBe(403);
    expect((await send("DELETE", `/shares/${revoked.id}`, null, ben)).statusCode).toBe(204);
    expect((await get("/api/v1/shared", revoked.holder)).json()).toMatchObject({ code: "share_ended", status: 401 });
    const lasting = await share();
    const short = await share(1);
    now += 30 * 86_400_000 - 1;
    expect((await get("/api/v1/shared", short.holder)).statusCode).toBe(401);
    expect((await get("/api/v1/shared", lasting.holder)).statusCode).toBe(200);
    now += 1;
    expect((await get("/api/v1/shared", lasting.holder)).statusCode).toBe(401);
    expect((await get("/api/v1/shares", ben)).json()).toEqual({ rows: [] });
    expect((await get("/api/v1/shared", "Share cws_wrong")).statusCode).toBe(401);
    expect((await get("/api/v1/shared", ben)).statusCode).toBe(401);
  });

  it("shares a board as it was, with the questions of its cards and nothing else of the boards", async () => {
    const cards = [{ analysis: "revenue-by-country", search: "country=France", size: "half" }];
    const { id } = (await send("POST", "/boards", { title: "Monday", cards })).json() as { id: string };
    const made = await send("POST", "/shares", { ...sharing, page: `boards/${id}` }, ben);
    expect(made.statusCode, made.body).toBe(201);
    const holder = `Share ${(made.json() as { path: string }).path.split("#")[1]}`;
    await send("POST", `/boards/${id}`, { title: "Tuesday", cards: [] });
    expect((await get("/api/v1/shared", holder)).json()).toMatchObject({ board: { title: "Monday", cards } });
    expect((await get(`/api/v1/analyses/revenue-by-country?${query}`, holder)).statusCode).toBe(200);
    expect((await get("/api/v1/boards", holder)).json()).toMatchObject({ code: "share_refused" });
    const missing = await send("POST", "/shares", { ...sharing, page: "boards/0123456789ab" }, ben);
    expect(missing.json()).toMatchObject({ code: "kept_missing" });
  });

  it("shares neither pages with more than analyses nor questions an analysis refuses", async () => {
    for (const page of ["data", "segments", "experiments", "boards"])
      expect((await send("POST", "/shares", { ...sharing, page }, ben)).json()).toMatchObject({ code: "kept_invalid" });
    const asking = async (analysis: string, asked: string) =>
      (await send("POST", "/shares", { ...sharing, questions: [{ analysis, query: asked }] }, ben)).json();
    expect(await asking("nonsense", "")).toMatchObject({ code: "unknown_analysis" });
    expect(await asking("refunds", "format=csv")).toMatchObject({ code: "unknown_parameter" });
    expect(await asking("revenue-over-time", "grain=decade")).toMatchObject({ code: "invalid_parameter" });
  });

  it("keeps notes of analysts beside those the data make, by day", async () => {
    const note = { first_on: "2025-02-10", text: "Spring sale", page: "sales" };
    expect((await send("POST", "/annotations", note, ada)).statusCode).toBe(403);
    const { id } = (await send("POST", "/annotations", note, ben)).json() as { id: string };
    await send("POST", "/annotations", { first_on: "2025-02-01", last_on: "2025-02-03", text: "Site down" }, ben);
    const rows = ((await get("/api/v1/annotations")).json() as { rows: Record<string, unknown>[] }).rows;
    expect(rows.filter((row) => row.kind === "note")).toMatchObject([
      { first_on: "2025-02-01", last_on: "2025-02-03", text: "Site down", made_by: "ben", page: null, analysis: null },
      { id, first_on: "2025-02-10", last_on: "2025-02-10", text: "Spring sale", page: "sales" },
    ]);
    const refused = await send("POST", "/annotations", { ...note, last_on: "2025-02-09" }, ben);
    expect(refused.json()).toMatchObject({ code: "kept_invalid", detail: "last_on: must not be before first_on" });
    expect((await send("DELETE", `/annotations/${id}`, null, root)).statusCode).toBe(204);
    expect((await get("/api/v1/annotations", (await share()).holder)).statusCode).toBe(403);
  });

  it("notes where the rows of a later import begin", async () => {
    const imports = async () =>
      ((await get("/api/v1/annotations")).json() as { rows: { kind: string; first_on: string; text: string }[] }).rows
        .filter((row) => row.kind === "import")
        .map(({ first_on, text }) => `${first_on} ${text}`);
    const before = await imports();
    const path = join(folder, "may.csv");
    writeFileSync(
      path,
      "order_id,customer_id,ordered_at,product_id,quantity,unit_price\nX1,C01,2025-05-02T10:00:00Z,P01,1,5.00\n",
    );
    await shop().load([path]);
    now += 2000;
    expect(await imports()).toEqual([...before, "2025-05-02 may.csv begins here"]);
  });
});
