/** A live experiment from its draft to its decision: assignment, exposures from a file, readout, journal; by hand on the corner shop. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import type { Role } from "../src/api/role.ts";
import { createServer } from "../src/api/server.ts";
import { assign } from "../src/experiments/assignment/assign.ts";
import type { Experiment } from "../src/experiments/live/journal.ts";
import type { LiveReadout } from "../src/experiments/live/live-readout.ts";
import { saveSegment } from "../src/segments/index.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock } from "./support/shop.ts";

const exposures = `experiment_id,customer_id,variant,exposed_at
voucher,C07,none,2025-02-01T09:00:00Z
voucher,C01,ten,2025-03-01T09:00:00Z
voucher,C08,none,2025-03-01T09:00:00Z
voucher,C05,none,2025-03-04T09:00:00Z
voucher,C03,ten,2025-03-05T09:00:00Z
voucher,C04,twenty,2025-03-06T09:00:00Z
voucher,C02,none,2025-03-10T09:00:00Z
voucher,C06,ten,2025-03-10T09:00:00Z
voucher,C09,ten,2025-03-20T09:00:00Z
voucher,C09,none,2025-03-21T09:00:00Z
voucher,C10,ten,2025-03-25T09:00:00Z
voucher,C11,none,2025-04-10T00:00:00Z
voucher,C07,none,2025-04-16T09:00:00Z
`;

describeCornerShop("a live experiment", (_query, shop) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-live-"));
  let server: FastifyInstance;
  let credentials: Credentials;

  beforeAll(async () => {
    writeFileSync(join(folder, "exposures.csv"), exposures);
    await shop().load([join(folder, "exposures.csv")]);
    credentials = new Credentials(folder, fixedClock());
    server = await createServer({ workspace: shop().workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async <T>(url: string, body?: object, role: Role = "analyst"): Promise<{ status: number; body: T }> => {
    const token = credentials.createToken({ name: role, role }).secret;
    const headers = { authorization: `Bearer ${token}` };
    const answer = body
      ? await server.inject({ method: "POST", url: `/api/v1/experiments${url}`, payload: body, headers })
      : await server.inject({ url: `/api/v1/experiments${url}`, headers });
    return { status: answer.statusCode, body: answer.json() as T };
  };
  const readout = async (query = ""): Promise<LiveReadout> => (await ask<LiveReadout>(`/voucher/readout${query}`)).body;

  it("is drafted, started and stopped, each step with its person and time; never backwards", async () => {
    const variants = [{ name: "none" }, { name: "ten" }];
    const draft = { experiment_id: "voucher", variants, window_days: 14, guardrails: ["average_order_value_minor"] };
    expect((await ask("", draft, "viewer")).status).toBe(403);
    expect((await ask("", { ...draft, variants: [{ name: "none" }] })).body).toMatchObject({
      code: "invalid_parameter",
    });
    expect((await ask("", draft)).status).toBe(201);
    expect((await ask("", draft)).status).toBe(409);
    expect((await ask("/voucher/stop", {})).body).toMatchObject({ code: "experiment_state" });
    await ask("/voucher/start", { at: "2025-03-01T00:00:00Z", note: "agreed with finance" });
    expect((await ask("/voucher/change", { window_days: 7 })).status).toBe(409);
    await ask("/voucher/stop", { at: "2025-04-15T00:00:00Z" });
    const { body } = await ask<Experiment>("/voucher");
    expect(
      body.journal.map(({ sequence, actor, action, status, note }) => [sequence, actor, action, status, note]),
    ).toEqual([
      [1, "analyst", "created", "draft", ""],
      [2, "analyst", "started", "running", "agreed with finance"],
      [3, "analyst", "stopped", "stopped", ""],
    ]);
    expect((await ask("/nothing")).status).toBe(404);
  });

  it("counts orders within 14 days of the first exposure, and says who was left out", async () => {
    const { variants, dropped, immature_count: immature } = await readout();
    expect(variants.map((one) => [one.variant, one.unit_count, one.mean])).toEqual([
      ["none", 3, 1],
      ["ten", 4, 0.75],
    ]);
    expect(dropped).toEqual({
      early_exposure: 1,
      late_exposure: 1,
      unit_in_two_variants: 1,
      unknown_variant: 1,
      immature: 1,
    });
    expect(immature).toBe(1);
  });

  it("has revenue per customer, and average order value of sums by sums", async () => {
    const revenue = await readout("?metric=revenue_per_customer_minor");
    expect(revenue.variants.map((one) => one.mean)).toEqual([5_000, 1_750]);
    const value = await readout("?metric=average_order_value_minor");
    expect(value.method).toBe("ratio_delta_z");
    expect(value.variants.map((one) => [one.unit_count, one.mean?.toFixed(9)])).toEqual([
      [3, "5000.000000000"],
      [3, "2500.000000000"],
    ]);
    expect(value.dropped.immature).toBe(2);
  });

  it("counts the immature when asked, and takes off what customers spent before", async () => {
    const found = await readout("?metric=revenue_per_customer_minor&include_immature=true&adjusted=true");
    expect(found.variants[0]).toMatchObject({ unit_count: 4, mean: 3_750 });
    expect(found.method).toBe("cuped_welch_t");
  });

  it("shows its guardrails, its days in order, and segments with a warning", async () => {
    const found = await readout("?by_segment=true");
    expect(found.guardrails.map((one) => one.metric)).toEqual(["average_order_value_minor"]);
    expect(found.timeline.map((row) => row.exposed_on)).toEqual([
      "2025-03-01",
      "2025-03-04",
      "2025-03-05",
      "2025-03-06",
      "2025-03-10",
      "2025-03-20",
      "2025-03-25",
      "2025-04-10",
    ]);
    expect(found.timeline.at(-1)).toMatchObject({ unit_count: 7, absolute_effect: -0.25 });
    expect(found.segments.map((one) => one.segment)).toContain("Germany");
    expect(found.warnings.at(-1)).toContain("Take a segment for a question");
  });

  it("assigns as the client does while it runs, nobody before, the variant taken once it is decided", async () => {
    const variants = [{ name: "none" }, { name: "ten" }];
    await ask("", { experiment_id: "running-one", variants });
    expect((await ask("/running-one/assignment?unit=u1")).body).toMatchObject({ variant: null, status: "draft" });
    const { body } = await ask<Experiment>("/running-one/start", {});
    for (const unit of ["u1", "u2", "Zoë", "17"]) {
      const answer = await ask<{ variant: string }>(`/running-one/assignment?unit=${encodeURIComponent(unit)}`);
      expect(answer.body.variant).toBe(assign(unit, body.definition));
    }
    expect((await ask("/voucher/decide", { decision: "fifty" })).body).toMatchObject({ code: "invalid_parameter" });
    await ask("/voucher/decide", { decision: "none", note: "no gain" });
    expect((await ask("/voucher/assignment?unit=u1")).body).toMatchObject({ variant: "none", status: "decided" });
  });

  it("for a segment gives a variant to its customers of the day it started, and to nobody else", async () => {
    const { workspace } = shop();
    const rule = { kind: "country", country: ["Germany"] };
    await saveSegment(
      workspace.warehouse,
      workspace.clock,
      { name: "germans", title: "Germans", note: "", rule },
      "test",
    );
    const variants = [{ name: "none" }, { name: "ten" }];
    expect((await ask("", { experiment_id: "for-nobody", variants, segment: "martians" })).body).toMatchObject({
      code: "segment_unknown",
    });
    const { body } = await ask<Experiment>("", { experiment_id: "for-germans", variants, segment: "germans" });
    expect(body.definition.target).toMatchObject({ segment: "germans" });
    await ask("/for-germans/start", { at: "2025-03-01T00:00:00Z" });
    const people = await workspace.warehouse.query("select customer_id, country from dim_customer");
    expect(people.filter((one) => one.country === "Germany").length).toBeGreaterThan(0);
    for (const { customer_id, country } of [...people, { customer_id: "a-stranger", country: "" }]) {
      const { body: answer } = await ask<{ variant: string | null }>(`/for-germans/assignment?unit=${customer_id}`);
      expect(answer.variant).toBe(country === "Germany" ? assign(String(customer_id), body.definition) : null);
    }
  });

  it("ramps up only, and keeps two experiments of a namespace apart", async () => {
    const variants = [{ name: "a" }, { name: "b" }];
    const space = (from: number, to: number) => ({ name: "prices", from, to });
    await ask("", { experiment_id: "price-1", variants, ramp_rate: 0.1, namespace: space(0, 0.5) });
    const clash = await ask<{ detail: string }>("", { experiment_id: "price-2", variants, namespace: space(0.4, 1) });
    expect(clash.body.detail).toContain('overlaps with experiment "price-1"');
    expect((await ask("", { experiment_id: "price-2", variants, namespace: space(0.5, 1) })).status).toBe(201);
    await ask("/price-1/start", {});
    expect((await ask("/price-1/ramp", { ramp_rate: 0.05 })).status).toBe(400);
    expect((await ask<Experiment>("/price-1/ramp", { ramp_rate: 0.5 })).body.definition.ramp_rate).toBe(0.5);
  });

  it("plans, simulates a bandit and runs A/A tests through the API", async () => {
    const plan = await ask("/design?baseline=0.032&effect=0.5&relative=true&daily_units=300");
    expect(plan.body).toMatchObject({ sample_size_per_variant: 2351, duration_days: 16 });
    expect((await ask("/design?baseline=2&effect=1")).body).toMatchObject({ code: "invalid_parameter" });
    expect((await ask("/design?effect=1")).body).toMatchObject({ code: "missing_parameter" });
    const bandit = await ask<{ rows: unknown[] }>("/bandit?rates=0.04,0.06&days=5&units_per_day=200");
    expect(bandit.body.rows).toHaveLength(5);
    expect((await ask<{ rows: unknown[] }>("/aa?runs=20")).body).toMatchObject({ rows: [] });
    expect((await ask("/aa?runs=5")).body).toMatchObject({ code: "invalid_parameter" });
  });
});
