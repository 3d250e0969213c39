import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("propensity-evaluation", (query, shop) => {
  it("reads the cuts of the last run, whatever order they were written in (by hand)", async () => {
    const run = {
      version: "test",
      seed: 1,
      cutoff_on: "2025-04-21",
      trained_at: "2025-04-21 00:00:00",
      model: "churn",
    };
    const cut = (top_rate: number, lift: number) => ({
      top_rate,
      customer_count: 4,
      precision_rate: 0.5,
      recall_rate: 1,
      lift,
    });
    await shop().workspace.warehouse.insertRows("ops_model_runs", [
      { ...run, run_key: 1, artefact: JSON.stringify({ evaluation: [cut(1, 9)] }) },
      { ...run, run_key: 2, artefact: JSON.stringify({ evaluation: [cut(1, 1), cut(0.1, 2)] }) },
    ]);
    // Four people, two of them right: twice 1,000 less four times 50.
    const profit_minor = 1800;
    expect(await query("propensity-evaluation", { model: "churn" })).toEqual([
      { ...cut(0.1, 2), profit_minor },
      { ...cut(1, 1), profit_minor },
    ]);
    const dear = { model: "churn", contact_cost_minor: 600 };
    expect((await query("propensity-evaluation", dear))[0]).toMatchObject({ profit_minor: -400 });
    expect(await query("propensity-evaluation")).toEqual([]);
  });
});
