import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("model-runs", (query, shop) => {
  it("is empty before the first training, then the newest run of each model and settings (by hand)", async () => {
    expect(await query("model-runs")).toEqual([]);
    const run = { version: "test", seed: 1, cutoff_on: "2025-04-21", trained_at: "2025-04-21 08:00:00", row_count: 9 };
    const churn = { ...run, model: "churn", settings: { horizon_days: "90" } };
    await shop().workspace.warehouse.insertRows("ops_model_runs", [
      { ...churn, run_key: 1, metrics: { auc: 0.5 } },
      { ...churn, run_key: 2, metrics: { positive_count: 4, auc: 0.7 }, baseline: { auc: 0.6, rfm_auc: 0.65 } },
      { ...churn, run_key: 3, settings: { horizon_days: "30" }, metrics: { positive_count: 4 } },
      { ...run, model: "clv", run_key: 4, settings: {}, metrics: { holdout_root_mean_square_error: 2 } },
    ]);
    const said = { cutoff_on: "2025-04-21", row_count: 9, trained_at: "2025-04-21T08:00:00.000Z" };
    expect(await query("model-runs")).toMatchObject([
      { model: "churn", settings: "horizon_days=30", measure: null, quality: null, baseline_quality: null },
      { ...said, model: "churn", settings: "horizon_days=90", measure: "auc", quality: 0.7, baseline_quality: 0.6 },
      { model: "clv", settings: null, measure: "holdout_root_mean_square_error", quality: 2, baseline_quality: null },
    ]);
  });
});
