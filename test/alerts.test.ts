/** Alerts: what they measure, that each fires once a day of data, and what a receiver of the webhook gets. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { expect, it } from "vitest";
import {
  type Alert,
  alerts,
  type Checking,
  checkAlerts,
  evaluate,
  judgedDay,
  listFirings,
  sendFirings,
} from "../src/alerts/index.ts";
import { Credentials } from "../src/api/credentials.ts";
import { runAlertTasks } from "../src/api/run-alert-tasks.ts";
import { createServer } from "../src/api/server.ts";
import { deleteKept, listKept, saveKept } from "../src/kept/index.ts";
import { emptyExtent, readExtent } from "../src/warehouse/extent.ts";
import type { Webhook } from "../src/webhook/index.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock, openTestShop } from "./support/shop.ts";
import { receiver } from "./support/webhook-receiver.ts";

const alert = (rest: Partial<Alert>): Alert => ({
  title: "Orders",
  analysis: "kpi-summary",
  column: "order_count",
  params: {},
  where: {},
  last_days: 30,
  condition: { kind: "above", value: 0 },
  ...rest,
});

describeCornerShop("alerts", (query, shop) => {
  let now = Date.UTC(2026, 0, 1);
  const clock = { now: () => now };
  const writing = () => ({ warehouse: shop().workspace.warehouse, clock, actor: "ada" });
  const sending = (webhook: Webhook) => ({ warehouse: writing().warehouse, clock, shop: "Corner shop", webhook });
  async function checking(): Promise<Checking> {
    const { warehouse, config } = shop().workspace;
    const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
    return { context, clock, currency: config.currency, home: shop().workspace };
  }
  const find = async (rest: Partial<Alert>) => await evaluate(await checking(), alert(rest));
  async function forgetAll(): Promise<void> {
    for (const { id } of await listKept(writing().warehouse, alerts)) await deleteKept(writing(), alerts, id);
  }

  it("measures a key figure over its last days, and the change against the days before", async () => {
    const days = { period_start: "2025-03-22", period_end: "2025-04-21" };
    const [now30, before30] = await query("kpi-summary", { ...days, compare: "previous" });
    const value = Number(now30?.net_revenue_minor);
    const reference = Number(before30?.net_revenue_minor);
    expect(value).toBeGreaterThan(0);
    expect(await find({ column: "net_revenue_minor", condition: { kind: "above", value: value - 1 } })).toMatchObject({
      day: "2025-04-20",
      value,
      reference: value - 1,
      isMet: true,
      message: `Orders: Net revenue was ${(value / 100).toFixed(2)} GBP in the 30 days to 2025-04-20, above ${((value - 1) / 100).toFixed(2)} GBP.`,
    });
    expect(await find({ column: "net_revenue_minor", condition: { kind: "above", value } })).toMatchObject({
      isMet: false,
    });
    expect(await find({ column: "net_revenue_minor", condition: { kind: "below", value: value + 1 } })).toMatchObject({
      isMet: true,
    });
    const rate = (value - reference) / reference;
    const direction = rate > 0 ? "rise" : "fall";
    const changed = async (by: number, which: "rise" | "fall" | "either") =>
      (await find({ column: "net_revenue_minor", condition: { kind: "change", direction: which, rate: by } }))?.isMet;
    expect(await changed(Math.abs(rate) * 0.999, direction)).toBe(true);
    expect(await changed(Math.abs(rate) * 0.999, "either")).toBe(true);
    expect(await changed(Math.abs(rate) * 1.001, direction)).toBe(false);
    expect(await changed(Math.abs(rate) * 0.999, direction === "rise" ? "fall" : "rise")).toBe(false);
  });

  it("measures the last day of dated rows, a cell of a table, and with filters", async () => {
    const daily = await query("daily-kpis", { period_start: "2025-04-20", period_end: "2025-04-21" });
    expect(await find({ analysis: "daily-kpis", column: "event_count", last_days: 7 })).toMatchObject({
      value: daily[0]?.event_count,
    });
    const countries = await query("revenue-by-country", { period_start: "2025-03-22", period_end: "2025-04-21" });
    const [first] = countries;
    const where = { country: String(first?.country) };
    expect(await find({ analysis: "revenue-by-country", column: "net_revenue_minor", where })).toMatchObject({
      value: first?.net_revenue_minor,
    });
    expect(await find({ params: { country: [where.country] }, column: "net_revenue_minor" })).toMatchObject({
      value: first?.net_revenue_minor,
    });
    // No such row: nothing is known, and nothing is met.
    expect(
      await find({ analysis: "revenue-by-country", column: "net_revenue_minor", where: { country: "Atlantis" } }),
    ).toMatchObject({ value: null, isMet: false });
    expect(
      await find({ analysis: "anomalies", column: "net_revenue_minor", condition: { kind: "anomaly" } }),
    ).toMatchObject({ isMet: false });
  });

  it("does not judge a day that still ran when the data were refreshed", () => {
    const extent = { ...emptyExtent, lastDay: "2025-04-20" };
    expect(judgedDay({ ...extent, refreshedAt: "2025-04-20T10:00:00Z" }, "UTC")).toBe("2025-04-19");
    expect(judgedDay({ ...extent, refreshedAt: "2025-04-21T00:10:00Z" }, "UTC")).toBe("2025-04-20");
    expect(judgedDay({ ...extent, refreshedAt: "2025-04-21T00:10:00Z" }, "America/New_York")).toBe("2025-04-19");
    expect(judgedDay(emptyExtent, "UTC")).toBeNull();
  });

  it("fires once however often it is checked, again when it is changed, and not when it is quiet", async () => {
    const { id } = await saveKept(writing(), alerts, alert({}));
    // Alerts stand in the order they were made in; those of one instant in none.
    now += 1000;
    await saveKept(writing(), alerts, alert({ title: "Quiet", condition: { kind: "below", value: 0 } }));
    const states = async () => (await checkAlerts(await checking())).map(({ title, state }) => `${title} ${state}`);
    expect(await states()).toEqual(["Orders fired", "Quiet quiet"]);
    expect(await states()).toEqual(["Orders known", "Quiet quiet"]);
    expect(await listFirings(writing().warehouse)).toMatchObject([
      { alert_id: id, day_on: "2025-04-20", outcome: "fired" },
    ]);
    await saveKept(writing(), alerts, alert({ condition: { kind: "above", value: 1 } }), id);
    expect(await states()).toEqual(["Orders fired", "Quiet quiet"]);
    await forgetAll();
  });

  it("says in the log, once, why an alert cannot be checked", async () => {
    const { id } = await saveKept(writing(), alerts, alert({ params: { segment: ["nobody"] } }));
    expect(await checkAlerts(await checking())).toMatchObject([
      { state: "failed", message: expect.stringContaining("nobody") },
    ]);
    expect(await checkAlerts(await checking())).toMatchObject([{ state: "known" }]);
    const { received, webhook, server } = await receiver([]);
    await sendFirings(sending(webhook));
    expect(received).toEqual([]);
    expect(await listFirings(writing().warehouse, { alertId: id })).toMatchObject([
      { outcome: "failed", attempt_count: 0 },
    ]);
    server.close();
    await forgetAll();
  });

  it("sends what fired, signed, and once it is taken never again", async () => {
    const { received, webhook, server } = await receiver([]);
    const { id } = await saveKept(writing(), alerts, alert({}));
    await checkAlerts(await checking());
    expect(await sendFirings(sending(webhook))).toMatchObject([{ state: "delivered" }]);
    expect(await sendFirings(sending(webhook))).toEqual([]);
    expect(received).toHaveLength(1);
    const [{ body, headers } = { body: "", headers: {} }] = received;
    expect(JSON.parse(body)).toMatchObject({
      id: `${id}-1-2025-04-20`,
      shop: "Corner shop",
      alert: { id, title: "Orders", analysis: "kpi-summary", column: "order_count" },
      day_on: "2025-04-20",
      value: expect.any(Number),
      reference: 0,
      message: expect.stringContaining("in the 30 days to 2025-04-20, above 0"),
    });
    const signed = `${headers["x-cartwright-timestamp"]}.${body}`;
    expect(headers["x-cartwright-signature"]).toBe(
      `sha256=${createHmac("sha256", "key").update(signed).digest("hex")}`,
    );
    expect(headers["idempotency-key"]).toBe(`${id}-1-2025-04-20`);
    server.close();
    await forgetAll();
  });

  it("tries again after 1, 5, 30 and 120 minutes with the same id, then gives up", async () => {
    const { received, webhook, server } = await receiver([500, 302, 503, 404, 500]);
    const { id } = await saveKept(writing(), alerts, alert({}));
    await checkAlerts(await checking());
    const notes: string[] = [];
    const attempt = async () => {
      for (const { state, note } of await sendFirings(sending(webhook))) notes.push(`${state}: ${note}`);
    };
    await attempt();
    for (const minutes of [1, 5, 30, 120]) {
      now += minutes * 60_000 - 1;
      await attempt();
      now += 1;
      await attempt();
    }
    now += 600 * 60_000;
    await attempt();
    expect(notes).toEqual([
      "delivery_failed: the webhook answered 500",
      "delivery_failed: the webhook answered 302",
      "delivery_failed: the webhook answered 503",
      "delivery_failed: the webhook answered 404",
      "given_up: the webhook answered 500",
    ]);
    expect(new Set(received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(await listFirings(writing().warehouse, { alertId: id })).toMatchObject([
      { attempt_count: 5, last_action: "given_up" },
    ]);
    server.close();
    await forgetAll();
  });

  it("sends nothing unsigned, and says that nobody answers", async () => {
    const { received, webhook, server } = await receiver([]);
    await saveKept(writing(), alerts, alert({}));
    await checkAlerts(await checking());
    expect(await sendFirings(sending({ ...webhook, secret: "" }))).toMatchObject([
      { state: "delivery_failed", note: "KEY is not set, and nothing is sent unsigned" },
    ]);
    server.close();
    await once(server, "close");
    now += 60_000;
    expect(await sendFirings(sending(webhook))).toMatchObject([
      { state: "delivery_failed", note: expect.stringContaining("did not answer") },
    ]);
    expect(received).toEqual([]);
    await forgetAll();
  });

  it("is kept by analysts over HTTP, checked when it is saved, and tried before", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cartwright-alerts-"));
    const credentials = new Credentials(folder, fixedClock());
    const bearer = (role: "viewer" | "analyst") => `Bearer ${credentials.createToken({ name: role, role }).secret}`;
    const [viewer, analyst] = [bearer("viewer"), bearer("analyst")];
    const server: FastifyInstance = await createServer({ workspace: shop().workspace, credentials, logFile: null });
    const send = (method: "GET" | "POST" | "DELETE", url: string, payload?: object, authorization = analyst) =>
      server.inject({ method, url: `/api/v1${url}`, headers: { authorization }, ...(payload ? { payload } : {}) });
    expect((await send("POST", "/alerts", alert({}), viewer)).statusCode).toBe(403);
    expect((await send("POST", "/alerts/try", alert({}))).json()).toMatchObject({ finding: { isMet: true } });
    expect((await send("GET", "/alerts")).json()).toEqual({ rows: [], is_sent: false });
    const saved = await send("POST", "/alerts", alert({ title: "By HTTP" }));
    expect(saved.json()).toMatchObject({ title: "By HTTP", made_by: "analyst", checked: { state: "fired" } });
    const { id } = saved.json() as { id: string };
    expect((await send("GET", "/alerts/log", undefined, viewer)).json()).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ alert_id: id, last_action: "fired" })]),
    });
    const refused = async (rest: Partial<Record<keyof Alert, unknown>>) =>
      ((await send("POST", "/alerts", { ...alert({}), ...rest })).json() as { detail: string }).detail;
    expect(await refused({ analysis: "nonsense" })).toContain("analysis");
    expect(await refused({ column: "nonsense" })).toContain("column");
    expect(await refused({ where: { nonsense: 1 } })).toContain("where");
    expect(await refused({ params: { period_start: "2025-01-01" } })).toContain("follows from last_days");
    expect(await refused({ condition: { kind: "anomaly" } })).toContain("condition");
    expect((await send("DELETE", `/alerts/${id}`)).statusCode).toBe(204);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is checked by a running server when the data version changes", async () => {
    await saveKept(writing(), alerts, alert({ title: "By the server" }));
    const before = (await listFirings(writing().warehouse)).length;
    const failures: unknown[] = [];
    const tasks = runAlertTasks(shop().workspace, (_task, error) => failures.push(error), 20);
    await expect
      .poll(async () => (await listFirings(writing().warehouse)).length, { timeout: 30_000 })
      .toBe(before + 1);
    await tasks.stop();
    expect(failures).toEqual([]);
    await forgetAll();
  });
});

it("fires on the last day when its revenue is out of the ordinary for its weekday", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-anomaly-"));
  const shop = await openTestShop();
  const lines = Array.from({ length: 100 }, (_, index) => {
    const day = new Date(Date.UTC(2025, 2, 1 + index)).toISOString();
    return `O${index},C${index % 7},${day},P1,1,${index === 99 ? 500 : 10 + (index % 5)}.00`;
  });
  const path = join(folder, "orders.csv");
  writeFileSync(path, `order_id,customer_id,ordered_at,product_id,quantity,unit_price\n${lines.join("\n")}\n`);
  await shop.load([path]);
  const { warehouse, config } = shop.workspace;
  const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
  const strange = alert({
    title: "Strange",
    analysis: "anomalies",
    column: "net_revenue_minor",
    condition: { kind: "anomaly" },
  });
  const finding = await evaluate({ context, currency: "GBP", home: shop.workspace }, strange);
  // The same weekday in the eight weeks before: days 43, 50, ... 92 of prices 10 + 3, 0, 2, 4, 1, 3, 0, 2; their median is 12.
  expect(finding).toMatchObject({ day: "2025-06-08", value: 50_000, reference: 1200, isMet: true });
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
