/** Trainings over HTTP: each a process of its own, one at a time, with words of where it is, and safe to cancel. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { retrainDays, retrainDue } from "../src/api/retrain.ts";
import { createServer } from "../src/api/server.ts";
import { Trainings } from "../src/api/trainings.ts";
import { ensureBuilt } from "./support/built.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

describe("trainings over HTTP", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-trainings-"));
  const patience = { timeout: 120_000, interval: 100 };
  let shop: TestShop;
  let server: FastifyInstance;
  const tokens: Record<string, string> = {};

  const send = async (
    method: "GET" | "POST" | "DELETE",
    path: string,
    body: object | null = null,
    role = "analyst",
  ) => {
    const answer = await server.inject({
      method,
      url: `/api/v1/${path}`,
      headers: { authorization: `Bearer ${tokens[role]}` },
      ...(body ? { payload: body } : {}),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const trainingOf = async (id: string) =>
    (await send("GET", "trainings")).body.rows.find((one: { id: string }) => one.id === id);
  const ended = async (id: string, state: string) =>
    await vi.waitFor(async () => {
      const training = await trainingOf(id);
      expect(training).toMatchObject({ state });
      return training;
    }, patience);
  const runKeys = async () =>
    (await shop.sql("select toString(run_key) as run_key from ops_model_runs order by run_key")).map(
      (row) => row.run_key,
    );

  beforeAll(async () => {
    await ensureBuilt();
    shop = await openTestShop();
    const lines = ["order_id,ordered_at,customer_id,product_id,quantity,unit_price"];
    // Forty customers in four kinds of their own: one order of 1 a month ago up to four orders of 40.
    for (let customer = 0; customer < 40; customer += 1)
      for (let order = 0; order <= customer % 4; order += 1)
        lines.push(
          `${customer}-${order},2025-0${1 + order}-1${customer % 9}T10:00:00Z,c${customer},p,1,${1 + 13 * (customer % 4) + customer / 100}`,
        );
    writeFileSync(join(folder, "orders.csv"), `${lines.join("\n")}\n`);
    await shop.load([join(folder, "orders.csv")]);
    const credentials = new Credentials(folder, fixedClock());
    for (const role of ["viewer", "analyst"] as const)
      tokens[role] = credentials.createToken({ name: role, role }).secret;
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    await server.ready();
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("start for analysts, with settings that the model has", async () => {
    expect((await send("POST", "models/forecast/train", {}, "viewer")).status).toBe(403);
    expect((await send("POST", "models/forecast/train", { speed: 9 })).status).toBe(400);
    const refused = await send("POST", "models/churn/train", { cutoff: "soon" });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_parameter" } });
    expect((await send("POST", "models/uplift/train", { experiment: "" })).status).toBe(400);
    expect((await send("POST", "models/horoscope/train", {})).status).toBe(404);
    expect((await send("DELETE", "trainings/none")).status).toBe(404);
    expect((await send("GET", "trainings")).body).toEqual({ rows: [] });
  });

  it("run one at a time while the server answers, and record their run", async () => {
    const started = await send("POST", "models/customer-segments/train", { k: 3, seed: 5 });
    expect(started).toMatchObject({ status: 202, body: { state: "running", settings: { k: 3, seed: 5 } } });
    expect(await send("POST", "models/clv/train", {})).toMatchObject({ status: 409, body: { code: "training_busy" } });
    expect((await send("GET", "analyses/kpi-summary")).status).toBe(200);
    const training = await ended(started.body.id, "done");
    expect(training).toMatchObject({ model: "customer-segments", asked_by: "analyst" });
    expect(await runKeys()).toEqual([training.run_key]);
    const segments = await send("GET", "analyses/customer-segments?k=3");
    expect(segments.body.rows).toHaveLength(3);
    const card = (await send("GET", "models/customer-segments/card", null, "viewer")).body;
    expect(card.about).toMatch(/^# /);
    expect(card.run).toMatchObject({ run_key: training.run_key, seed: 5, row_count: 40, settings: { k: "3" } });
    expect((await send("GET", "models/forecast/card")).body.run).toBe(null);
  }, 180_000);

  it("leave nothing when they are cancelled, and the next one runs", async () => {
    const before = await runKeys();
    const started = await send("POST", "models/customer-segments/train", { k: "auto" });
    expect((await send("DELETE", `trainings/${started.body.id}`)).body).toMatchObject({
      state: "cancelled",
      run_key: null,
    });
    expect(await runKeys()).toEqual(before);
    const next = await send("POST", "models/customer-segments/train", { k: 2 });
    expect(next.status).toBe(202);
    await ended(next.body.id, "done");
    expect((await trainingOf(started.body.id)).state).toBe("cancelled");
  }, 180_000);

  it("begin by themselves when the last one is old enough, and not again before", async () => {
    const { warehouse, config } = shop.workspace;
    const settings = { ...config, models: { retrain_days: { "customer-segments": 7, clv: 30 } } };
    const trainings = new Trainings(shop.workspace);
    const dayMs = 86_400_000;
    const at = (days: number) => ({ warehouse, config: settings, clock: { now: () => Date.now() + days * dayMs } });
    const isCalm = () =>
      vi.waitFor(() => expect(trainings.list().some(({ state }) => state === "running")).toBe(false), patience);
    // Never trained comes before trained a moment ago, and one runs at a time.
    expect(await retrainDue(at(0), trainings)).toBe("clv");
    expect(await retrainDue(at(8), trainings)).toBe(null);
    await isCalm();
    expect(await retrainDue(at(6), trainings)).toBe(null);
    expect(await retrainDue(at(8), trainings)).toBe("customer-segments");
    await isCalm();
    expect(trainings.list().map(({ state, asked_by }) => [state, asked_by])).toEqual([
      ["done", "the schedule"],
      ["done", "the schedule"],
    ]);
    expect(() => retrainDays({ config: { ...config, models: { retrain_days: { horoscope: 1 } } } })).toThrow(
      'models.retrain_days names "horoscope"',
    );
  }, 180_000);

  it("that fail say why", async () => {
    const started = await send("POST", "models/propensity/train", { cutoff: "1990-01-01" });
    const training = await ended(started.body.id, "failed");
    expect(training.words).toContain("the data before 1990-01-01 hold nobody to learn propensity from");
  }, 180_000);
});
