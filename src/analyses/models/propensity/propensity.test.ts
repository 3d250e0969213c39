import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainPropensity } from "../../../ml/propensity/train.ts";

describeCornerShop("propensity, churn and propensity-evaluation", (query, shop) => {
  const train = async (model: "propensity" | "churn", horizonDays: number, cutoff = "2025-04-21") =>
    await trainPropensity(
      {
        warehouse: shop().workspace.warehouse,
        clock: fixedClock(),
        version: "test",
        seed: 1,
        cutoff,
        onProgress: () => {},
      },
      model,
      horizonDays,
    );

  it("are empty before the first training", async () => {
    for (const name of ["propensity", "churn", "propensity-evaluation"]) expect(await query(name)).toEqual([]);
  });

  it("propensity gives everyone of the last year; with few rows everyone has about the shop's own rate", async () => {
    const run = await train("propensity", 30);
    const rows = await query("propensity");
    expect(rows.length).toBeGreaterThan(8);
    const rate = Number(run?.metrics.positive_count) / (run?.row_count ?? 0);
    // Too few people to part them: the model's one leaf answers the rate of the last horizon.
    for (const row of rows) expect(row.propensity_rate).toBeCloseTo(rate, 6);
    expect(rows[0]).toMatchObject({ decile: 1, top_reasons: [] });
    expect(await query("propensity", { limit: 1 })).toHaveLength(1);
  });

  it("propensity answers for the run of a cutoff and a horizon, the champion's by default, and says how to train another", async () => {
    const whole = await query("propensity");
    await train("propensity", 30, "2025-04-01");
    await train("propensity", 20, "2025-04-01");
    const early = await query("propensity", { cutoff: "2025-04-01" });
    expect(early).not.toEqual(whole);
    expect(await query("propensity")).toEqual(whole); // a training of an earlier day stands aside
    expect(await query("propensity", { cutoff: "2025-04-21" })).toEqual(whole);
    expect(await query("propensity", { horizon_days: 20, cutoff: "2025-04-01" })).toHaveLength(early.length);
    await expect(query("propensity", { cutoff: "2025-04-21", horizon_days: 20 })).rejects.toMatchObject({
      code: "model_not_trained",
      remedy: "Run `cartwright train propensity --cutoff 2025-04-21 --horizon-days 20`.",
    });
    await train("propensity", 30);
    const { kept } = await shop().workspace.warehouse.queryOne(
      "select toUInt8(uniqExact(run_key)) as kept from prd_propensity",
    );
    expect(kept).toBe(3); // the new run of 21 April has replaced the old one
  });

  it("churn asks those who have ordered, and its rates are of not coming back", async () => {
    const run = await train("churn", 30);
    const rows = await query("churn", { horizon_days: 30 });
    expect(rows).toHaveLength(10); // C01 to C10 have ordered by 21 April
    const rate = Number(run?.metrics.positive_count) / (run?.row_count ?? 0);
    for (const row of rows) expect(row.churn_rate).toBeCloseTo(rate, 6);
    // Before 22 March C01, C02, C03, C04, C05, C06, C07 and C08 had ordered; C01, C03, C04 and C08 came back by 20 April.
    expect(run).toMatchObject({ row_count: 8, metrics: { positive_count: 4 } });
  });

  it("the evaluation reaches everyone at last: recall 1, lift 1, precision the rate of positives", async () => {
    const rows = await query("propensity-evaluation", { model: "churn" });
    const last = rows.at(-1);
    expect(last).toMatchObject({ top_rate: 1, customer_count: 8, precision_rate: 0.5, recall_rate: 1, lift: 1 });
    expect(rows.map((row) => Number(row.top_rate))).toEqual(
      [...rows.map((row) => Number(row.top_rate))].sort((a, b) => a - b),
    );
  });
});
