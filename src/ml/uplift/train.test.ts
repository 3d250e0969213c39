/** Uplift from experiments of a shop whose truth is known: a voucher that moves those with large orders only, and a sham. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, openTestShop, type TestShop } from "../../../test/support/shop.ts";
import { changeExperiment, createExperiment } from "../../experiments/live/journal.ts";
import { segmentSize } from "../../segments/index.ts";
import { createRandom } from "../../stats/random.ts";
import { areaUnderRoc } from "../../stats/ranking-quality.ts";
import { readAsked } from "../propensity/read-shoppers.ts";
import { trainUplift } from "./train.ts";

const customerCount = 1600;
const isLarge = (customer: number): boolean => customer % 2 === 0;

/** Orders of last year, exposures of 1 March (the sham's of 1 February), and what the voucher brought about. */
function plantedFiles(): { readonly orders: string; readonly exposures: string } {
  const random = createRandom(3);
  const orders = ["order_id,ordered_at,customer_id,product_id,quantity,unit_price"];
  const exposures = ["experiment_id,customer_id,variant,exposed_at"];
  const order = (customer: number, name: string, at: string): void => {
    const price = isLarge(customer) ? 90 + random.integer(0, 20) : 10 + random.integer(0, 20);
    orders.push(`${customer}-${name},${at},c${customer},p,1,${price}`);
  };
  for (let customer = 0; customer < customerCount; customer += 1) {
    order(customer, "past", `2025-12-${String(random.integer(1, 28)).padStart(2, "0")}T10:00:00Z`);
    exposures.push(`sham,c${customer},${random.chance(0.5) ? "off" : "on"},2026-02-01T09:00:00Z`);
    if (random.chance(0.2)) order(customer, "february", "2026-02-05T10:00:00Z");
    const isTreated = random.chance(0.5);
    exposures.push(`voucher,c${customer},${isTreated ? "ten" : "none"},2026-03-01T09:00:00Z`);
    if (random.chance(0.2 + (isTreated && isLarge(customer) ? 0.4 : 0)))
      order(customer, "march", "2026-03-01T10:00:00Z");
  }
  // A stranger: nothing is known of them before the exposure.
  exposures.push("voucher,stranger,ten,2026-03-01T09:00:00Z");
  orders.push("stranger-1,2026-03-02T10:00:00Z,stranger,p,1,50", "last,2026-04-01T10:00:00Z,c0,p,1,100");
  return { orders: orders.join("\n"), exposures: exposures.join("\n") };
}

describe("uplift from a shop's experiments", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-uplift-"));
  let shop: TestShop;
  const context = () => ({
    warehouse: shop.workspace.warehouse,
    clock: fixedClock(),
    version: "test",
    seed: 1,
    cutoff: "2026-04-02",
    onProgress: () => {},
  });
  const change = async (id: string, action: "started" | "stopped", at: string) =>
    await changeExperiment(shop.workspace.warehouse, fixedClock(), id, { action, actor: "test", note: "", at });

  beforeAll(async () => {
    const { orders, exposures } = plantedFiles();
    writeFileSync(join(folder, "orders.csv"), orders);
    writeFileSync(join(folder, "exposures.csv"), exposures);
    shop = await openTestShop();
    await shop.load([join(folder, "orders.csv"), join(folder, "exposures.csv")]);
    for (const [experiment_id, names] of [
      ["sham", ["off", "on"]],
      ["voucher", ["none", "ten"]],
    ] as const)
      await createExperiment(
        shop.workspace.warehouse,
        fixedClock(),
        { experiment_id, variants: names.map((name) => ({ name })), window_days: 14 },
        "test",
      );
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("needs an experiment that has been stopped", async () => {
    await expect(trainUplift(context(), "UTC")).rejects.toMatchObject({ code: "too_little_data" });
    await change("voucher", "started", "2026-03-01T00:00:00Z");
    await expect(trainUplift(context(), "UTC", "voucher")).rejects.toMatchObject({ code: "experiment_state" });
    await expect(trainUplift(context(), "UTC", "other")).rejects.toMatchObject({ code: "experiment_unknown" });
    await change("voucher", "stopped", "2026-03-10T00:00:00Z");
    await change("sham", "started", "2026-02-01T00:00:00Z");
    await change("sham", "stopped", "2026-02-10T00:00:00Z");
    expect(await shop.query("uplift")).toEqual([]);
    expect(await shop.query("uplift-evaluation")).toEqual([]);
  });

  it("knows of each customer what was before the day of the exposure: the order an hour after it is not seen", async () => {
    const people = await readAsked(shop.workspace.warehouse, new URL("./exposed.sql", import.meta.url), {
      experiment_id: "voucher",
      started_at: "2026-03-01T00:00:00Z",
      ended_at: "2026-03-10T00:00:00Z",
      time_zone: "UTC",
      horizon_days: 1,
      part: 0,
      part_count: 1,
    });
    expect(people).toHaveLength(customerCount); // without the stranger
    const [{ most, seen }] = (await shop.sql(
      `select toFloat64(max(before)) as most, toFloat64(sum(before)) as seen from (
         select customer_key, countIf(ordered_on < '2026-03-01') as before from fct_orders group by customer_key)`,
    )) as [{ most: number; seen: number }];
    expect(Math.max(...people.map(({ orderCount }) => orderCount))).toBe(most);
    expect(people.reduce((sum, { orderCount }) => sum + orderCount, 0)).toBe(seen);
  });

  it("finds those whom the voucher moves, and nobody else", { timeout: 240_000 }, async () => {
    const run = await trainUplift(context(), "UTC");
    expect(run).toMatchObject({
      settings: { experiment: "voucher", treatment: "ten" },
      row_count: customerCount,
      metrics: { unknown_before_count: 1 },
    });
    expect(run.metrics.average_effect).toBeGreaterThan(0.13);
    expect(run.metrics.average_effect).toBeLessThan(0.27);
    // Half of the people gain 0.4: the perfect order's curve rises to 0.2 at a half, the random one's is at 0.1: an area of 0.05.
    expect(run.metrics.qini_lower).toBeGreaterThan(0);
    expect(run.metrics.qini_area).toBeGreaterThan(0.035);
    expect(run.metrics.qini_area).toBeLessThan(0.065);
    const rows = (await shop.query("uplift")).filter((row) => row.customer_id !== "stranger");
    const large = rows.map((row) => Number(isLarge(Number(String(row.customer_id).slice(1)))));
    expect(
      areaUnderRoc(
        rows.map((row) => Number(row.uplift_rate)),
        large,
      ),
    ).toBeGreaterThan(0.95);
    const meanOf = (wanted: number): number => {
      const found = rows.filter((_, row) => large[row] === wanted);
      return found.reduce((sum, row) => sum + Number(row.uplift_rate), 0) / found.length;
    };
    expect(meanOf(1)).toBeGreaterThan(0.2);
    expect(Math.abs(meanOf(0))).toBeLessThan(0.1);
    const curve = await shop.query("uplift-evaluation");
    expect(curve).toHaveLength(21);
    expect(curve[0]).toMatchObject({ top_rate: 0, gain_rate: 0, random_rate: 0, qini_area: 0 });
    expect(Number(curve.at(-1)?.qini_area)).toBeCloseTo(Number(run.metrics.qini_area), 9);
    expect(Number(curve.at(-1)?.qini_lower)).toBeCloseTo(Number(run.metrics.qini_lower), 9);
    expect(Number(curve.at(-1)?.gain_rate)).toBeCloseTo(Number(run.metrics.average_effect), 9);
  });

  it("is a segment of those whom treating pays", async () => {
    const rows = await shop.query("uplift");
    const { customer_count } = await segmentSize(
      shop.workspace.warehouse,
      { kind: "score", model: "uplift", min_score: 0.05 },
      "2026-04-02",
    );
    expect(customer_count).toBe(rows.filter((row) => Number(row.uplift_rate) >= 0.05).length);
    expect(customer_count).toBeGreaterThan(0);
  });

  it("tells a sham from a treatment: its area is chance, and all have the average effect", {
    timeout: 240_000,
  }, async () => {
    const run = await trainUplift({ ...context(), seed: 2 }, "UTC", "sham");
    expect(run.metrics.qini_lower).toBeLessThan(0);
    expect(run.metrics.qini_upper).toBeGreaterThan(0);
    expect(run.standing_reason).toContain("no better than a random order beyond chance");
    const rows = await shop.query("uplift", { experiment: "sham" });
    expect(new Set(rows.map((row) => row.uplift_rate)).size).toBe(1);
    expect((await shop.query("uplift", { experiment: "voucher", limit: 1 }))[0]?.is_persuadable).toBe(true);
    await expect(shop.query("uplift", { experiment: "other" })).rejects.toMatchObject({
      code: "model_not_trained",
      remedy: "Run `cartwright train uplift --experiment other`.",
    });
  });
});
