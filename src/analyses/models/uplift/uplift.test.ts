import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("uplift", (query, shop) => {
  it("weighs the margin of added orders against the cost of treating (by hand)", async () => {
    expect(await query("uplift")).toEqual([]);
    const { warehouse } = shop().workspace;
    const people = await warehouse.query(
      "select toString(customer_key) as customer_key, customer_id from dim_customer where customer_id in ('C01', 'C02', 'C03') order by customer_id",
    );
    const uplifts = [0.05, -0.02, 0.2];
    await warehouse.insertRows(
      "prd_uplift",
      people.map(({ customer_key }, at) => ({
        run_key: 7,
        customer_key,
        uplift_rate: uplifts[at],
        untreated_rate: 0.5,
      })),
    );
    const run = {
      version: "test",
      seed: 1,
      cutoff_on: "2025-04-21",
      trained_at: "2025-04-21 00:00:00",
      model: "uplift",
    };
    await warehouse.insertRows("ops_model_runs", [{ ...run, run_key: 7, settings: { experiment: "voucher" } }]);
    const rows = await query("uplift");
    // 0.2 x 1,000 - 50, 0.05 x 1,000 - 50 (just not above 0), -0.02 x 1,000 - 50.
    expect(rows.map((row) => [row.customer_id, row.expected_profit_minor, row.is_persuadable])).toEqual([
      ["C03", 150, true],
      ["C01", 0, false],
      ["C02", -70, false],
    ]);
    expect(rows[0]).toMatchObject({ uplift_rate: 0.2, untreated_rate: 0.5 });
    const free = await query("uplift", { contact_cost_minor: 0, customer_id: "C01" });
    expect(free).toMatchObject([{ customer_id: "C01", expected_profit_minor: 50, is_persuadable: true }]);
    expect(await query("uplift", { limit: 1, experiment: "voucher" })).toMatchObject([{ customer_id: "C03" }]);
  });
});
