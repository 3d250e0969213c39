import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("uplift-evaluation", (query, shop) => {
  it("reads the curve of the newest run, whatever order it was written in, with its intervals (by hand)", async () => {
    expect(await query("uplift-evaluation")).toEqual([]);
    const run = {
      version: "test",
      seed: 1,
      cutoff_on: "2025-04-21",
      trained_at: "2025-04-21 00:00:00",
      model: "uplift",
    };
    const point = (top_rate: number) => ({
      method: "two-model",
      top_rate,
      gain_rate: 0.1 * top_rate,
      gain_error: 0.01,
      two_model_rate: 0.1 * top_rate,
      transformed_outcome_rate: 0.04,
      random_rate: 0.05 * top_rate,
      qini_area: 0.02,
      qini_error: 0.01,
    });
    await shop().workspace.warehouse.insertRows("ops_model_runs", [
      { ...run, run_key: 1, settings: { experiment: "old" }, artefact: JSON.stringify({ curve: [point(0.5)] }) },
      {
        ...run,
        run_key: 2,
        settings: { experiment: "new" },
        artefact: JSON.stringify({ curve: [point(1), point(0)] }),
      },
    ]);
    const rows = await query("uplift-evaluation");
    expect(rows.map((row) => row.top_rate)).toEqual([0, 1]);
    expect(rows[1]).toMatchObject({
      gain_rate: 0.1,
      random_rate: 0.05,
      transformed_outcome_rate: 0.04,
      method: "two-model",
    });
    expect(rows[1]?.gain_lower).toBeCloseTo(0.1 - 0.0196, 12);
    expect(rows[1]?.gain_upper).toBeCloseTo(0.1 + 0.0196, 12);
    expect(rows[1]?.qini_lower).toBeCloseTo(0.02 - 0.022414, 12);
    expect(rows[1]?.qini_upper).toBeCloseTo(0.02 + 0.022414, 12);
    expect((await query("uplift-evaluation", { experiment: "old" })).map((row) => row.top_rate)).toEqual([0.5]);
  });
});
