import { beforeEach, expect, it } from "vitest";
import { describeCornerShop } from "../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../test/support/shop.ts";
import type { Feature } from "../gbdt/index.ts";
import { featuresOf, readShoppers } from "./read-shoppers.ts";
import { scorePropensity } from "./score-with-champion.ts";
import { trainPropensity } from "./train.ts";

const ours = featuresOf([]).map(
  (feature): Feature =>
    feature.name === "country" ? { ...feature, kind: "categorical", categories: ["France"] } : feature,
);

/** One split: the French get a log-odds of `french`, all others one of `others`. */
function byCountry(french: number, others: number, features: readonly Feature[] = ours) {
  const tree = {
    feature: [features.findIndex(({ name }) => name === "country"), -1, -1],
    threshold: [0, 0, 0],
    leftCategories: [[0], null, null],
    isMissingLeft: [false, false, false],
    left: [1, -1, -1],
    right: [2, -1, -1],
    value: [0, french, others],
    gain: [1, 0, 0],
    cover: [8, 2, 6],
  };
  return {
    scaling: { slope: 1, intercept: 0 },
    model: { objective: "logistic", features, baseMargin: 0, trees: [tree] },
  };
}
// Of those who had ordered before 22 March, C02, C05, C06 and C07 did not come back within 30 days, C01, C03, C04 and C08 did; French are C03 and C04.
// To hold the French for faithful is right about 8 of 16 pairs and ties on 8: 0.75. The opposite: 0.25. One rate for all: 0.5.
const good = byCountry(-1, 1);
const bad = byCountry(1, -1);
const rate = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

describeCornerShop("champion and challenger", (query, shop) => {
  const context = (cutoff = "2025-04-21") => {
    const { warehouse } = shop().workspace;
    return { warehouse, clock: fixedClock(), version: "test", seed: 1, cutoff, onProgress: () => {} };
  };
  const plant = async (trained: object, cutoff_on = "2025-03-22", earlier: object | null = null) =>
    await shop().workspace.warehouse.insertRows("ops_model_runs", [
      {
        run_key: 7,
        model: "churn",
        version: "planted",
        seed: 1,
        settings: { horizon_days: "30" },
        cutoff_on,
        trained_at: "2025-03-22 08:00:00",
        row_count: 8,
        training_shares: { country: [0.25, 0, 0.75], score: [0.25, 0.75, 0] },
        artefact: JSON.stringify({
          ...trained,
          earlier,
          bins: [...ours.map(({ name }) => ({ name, edges: [0] })), { name: "score", edges: [0.5] }],
        }),
      },
    ]);
  const answered = async () => await query("churn", { horizon_days: 30 });

  beforeEach(async () => {
    for (const table of ["ops_model_runs", "prd_churn"])
      await shop().workspace.warehouse.command(`truncate table ${table}`);
  });

  it("a challenger that is worse is recorded with both figures, and the champion answers as of the new day", async () => {
    await plant(good);
    const run = await trainPropensity(context(), "churn", 30);
    expect(run).toMatchObject({
      standing: "challenger",
      standing_reason: "AUC 0.5000 against 0.7500 of run 7, which goes on answering",
      metrics: { auc: 0.5, champion_auc: 0.75 },
    });
    const rows = await answered();
    expect(rows).toHaveLength(10);
    for (const { customer_id, churn_rate } of rows)
      expect(churn_rate).toBeCloseTo(rate(["C03", "C04"].includes(String(customer_id)) ? -1 : 1), 12);
    expect(await query("model-runs")).toMatchObject([
      { standing: "champion", standing_reason: null, cutoff_on: "2025-03-22", scored_on: "2025-04-21" },
      { standing: "challenger", quality: 0.5, scored_on: null },
    ]);
    // Then and now a quarter and a fifth are French: 0.05 ln 1.25 + 0.05 ln (0.8 / 0.75) = 0.0144.
    const drift = (await query("model-drift")).find(({ measure }) => measure === "score");
    expect(Number(drift?.stability_index)).toBeCloseTo(0.01438, 5);

    const forced = await trainPropensity(context(), "churn", 30, true);
    expect(forced).toMatchObject({
      standing: "champion",
      standing_reason: "promoted by hand; AUC 0.5000 against 0.7500 of run 7",
    });
    expect(new Set((await answered()).map(({ churn_rate }) => churn_rate)).size).toBe(1);
  });

  it("a challenger that is better or as good takes the place; the first run has it", async () => {
    expect(await trainPropensity(context(), "churn", 30)).toMatchObject({
      standing: "champion",
      standing_reason: "first run",
    });
    await plant(bad);
    expect(await trainPropensity(context(), "churn", 30)).toMatchObject({
      run_key: "8",
      standing: "champion",
      standing_reason: "AUC 0.5000 against 0.2500 of run 7",
    });
    // Trained on the same days again: each is measured by the model of the horizon before, and they tie.
    expect(await trainPropensity(context(), "churn", 30)).toMatchObject({
      standing: "champion",
      standing_reason: "AUC 0.5000 against 0.5000 of run 8",
    });
  });

  it("a champion that has seen part of the window is measured by its model of the horizon before", async () => {
    await plant(good, "2025-04-10", bad);
    expect(await trainPropensity(context(), "churn", 30)).toMatchObject({ metrics: { champion_auc: 0.25 } });
  });

  it("score makes the same rows at once and in parts, once and twice", async () => {
    await plant(good);
    const said: string[] = [];
    const first = await scorePropensity(context(), "churn", 30);
    const whole = await answered();
    const parts = { ...context(), onProgress: (words: string) => said.push(words) };
    const second = await scorePropensity(parts, "churn", 30, 5);
    expect(await answered()).toEqual(whole);
    expect(said.at(-1)).toMatch(/^scored (\d+) of \1 parts/);
    expect(said.length).toBeGreaterThan(1);
    expect(second.scored_shares).toEqual(first.scored_shares);
    expect(second).toMatchObject({ trained_run_key: "7", scored_count: 10 });
    const sql = "select toUInt8(count()) as rows, toUInt8(uniqExact(run_key)) as runs from prd_churn";
    expect(await shop().sql(sql)).toEqual([{ rows: 10, runs: 1 }]);
  });

  it("every person is in one part and no other", async () => {
    const { warehouse } = context();
    const keys = async (part: number, partCount: number) =>
      (await readShoppers(warehouse, "2025-04-21", 30, { part, partCount })).map(({ customerKey }) => customerKey);
    const parts = [...(await keys(0, 3)), ...(await keys(1, 3)), ...(await keys(2, 3))];
    expect(parts.sort()).toEqual([...(await keys(0, 1))].sort());
  });

  it("score refuses a model of other features, a day its model has seen past, and no model", async () => {
    const score = async (cutoff?: string) => await scorePropensity(context(cutoff), "churn", 30);
    await expect(score()).rejects.toMatchObject({
      code: "model_not_trained",
      remedy: "Run `cartwright train churn --horizon-days 30`.",
    });
    await plant(byCountry(-1, 1, [...ours.slice(1), { name: "shoe_size", kind: "numeric", monotone: 0 }]));
    await expect(score()).rejects.toMatchObject({
      code: "model_features_differ",
      message: expect.stringContaining("only learnt: shoe_size (numeric); only read now: event_count (numeric)"),
    });
    await expect(score("2025-03-21")).rejects.toMatchObject({
      code: "invalid_parameter",
      message: expect.stringContaining("must be 2025-03-22"),
    });
    expect(await shop().sql("select toUInt8(count()) as rows from prd_churn")).toEqual([{ rows: 0 }]);
  });
});
