import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainPropensity } from "../../../ml/propensity/train.ts";

describeCornerShop("model-drift", (query, shop) => {
  it("is empty before shares are kept; then the index of each measure, with a plain warning (by hand)", async () => {
    expect(await query("model-drift")).toEqual([]);
    const run = {
      version: "test",
      seed: 1,
      cutoff_on: "2025-04-21",
      trained_at: "2025-04-21 08:00:00",
      model: "churn",
    };
    const counts = { row_count: 1000, scored_count: 1000, settings: { horizon_days: "90" } };
    const shares = { a: [0.5, 0.5], b: [0.5, 0.5, 0], c: [0.6, 0.4], score: [0.5, 0.5] };
    const later = { a: [0.2, 0.8], b: [0.5, 0.4, 0.1], c: [0.6, 0.4], score: [0.66, 0.34] };
    await shop().workspace.warehouse.insertRows("ops_model_runs", [
      { ...run, ...counts, run_key: 1, cutoff_on: "2025-03-22", training_shares: shares, scored_shares: shares },
      { ...run, ...counts, run_key: 2, trained_run_key: 1, training_shares: shares, scored_shares: later },
      // A challenger has no predictions, so nobody was scored by it.
      { ...run, ...counts, run_key: 3, standing: "challenger", training_shares: { a: [1] } },
      // Scored as of its own cutoff, not later.
      {
        ...run,
        ...counts,
        run_key: 4,
        model: "planted",
        training_shares: { a: shares.a },
        scored_shares: { a: later.a },
      },
      { ...run, model: "clv", run_key: 5 },
    ]);
    // a: -0.3 ln 0.4 + 0.3 ln 1.6 = 0.41589. score: 0.16 ln 1.32 - 0.16 ln 0.68 = 0.10613.
    // b: -0.1 ln 0.8 + 0.0999 ln 1000 = 0.71240. Chance: 0.002 (1 + 1.645 sqrt 2) = 0.0066528; of three bins 0.002 (2 + 3.29) = 0.01058.
    const all = await query("model-drift");
    const rows = all.filter(({ model }) => model === "churn");
    expect(rows.map(({ measure }) => measure)).toEqual(["b", "a", "score", "c"]);
    const of = (name: string) => rows.find(({ measure }) => measure === name);
    expect(Number(of("a")?.stability_index)).toBeCloseTo(0.41589, 5);
    expect(Number(of("b")?.stability_index)).toBeCloseTo(0.7124, 4);
    expect(Number(of("score")?.stability_index)).toBeCloseTo(0.10613, 5);
    expect(Number(of("a")?.chance_index)).toBeCloseTo(0.0066528, 7);
    expect(Number(of("b")?.chance_index)).toBeCloseTo(0.01058, 7);
    expect(of("c")).toMatchObject({ stability_index: 0, state: "stable", warning: null, settings: "horizon_days=90" });
    expect(of("a")).toMatchObject({ state: "shifted", cutoff_on: "2025-03-22", scored_on: "2025-04-21" });
    expect(of("a")).toMatchObject({ warning: "shifted since training: train churn again" });
    const planted = all.find(({ model }) => model === "planted");
    expect(planted).toMatchObject({ state: "shifted", cutoff_on: "2025-04-21" });
    expect(planted?.warning).toBe("shifted within one horizon: training again does not help");
    expect(all[0]).toMatchObject({ model: "churn", measure: "b" });
    expect(of("score")).toMatchObject({ state: "moved", warning: "moved since training: watch it" });
  });

  it("of a training compares the people trained on with those scored, and calls what chance does to a dozen stable", async () => {
    const { warehouse } = shop().workspace;
    const context = {
      warehouse,
      clock: fixedClock(),
      version: "test",
      seed: 1,
      cutoff: "2025-04-21",
      onProgress: () => {},
    };
    const run = await trainPropensity(context, "propensity", 30);
    const rows = (await query("model-drift")).filter(({ model }) => model === "propensity");
    expect(rows).toHaveLength(22);
    // Everyone has the one leaf's score, then and now.
    expect(rows.find(({ measure }) => measure === "score")).toMatchObject({ stability_index: 0, state: "stable" });
    for (const shares of [run?.training_shares, run?.scored_shares])
      for (const bins of Object.values(shares ?? {}))
        expect(bins.reduce((sum, bin) => sum + bin, 0)).toBeCloseTo(1, 12);
    expect(rows.every(({ scored_count }) => scored_count === run?.scored_count)).toBe(true);
  });
});
