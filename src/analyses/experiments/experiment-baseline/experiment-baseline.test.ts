import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("experiment-baseline", (query) => {
  it("counts who was seen from 24 March to 20 April: six of seven ordered, for 50, 60, 0, 10, 30, 25 and nothing", async () => {
    const [row] = await query("experiment-baseline");
    expect(row).toMatchObject({
      segment: "all",
      customer_count: 7,
      daily_customer_count: 7 / 28,
      conversion_rate: 6 / 7,
      mean_net_revenue_minor: 2_500,
    });
    expect(row?.standard_deviation_minor).toBeCloseTo(100 * Math.sqrt(3_350 / 6), 6);
    // In the 28 days before C01 spent 30 and C08 90: covariance -100, variances 3350 / 6 and (9000 - 14400 / 7) / 6.
    const spread = Math.sqrt((3_350 / 6) * ((9_000 - 14_400 / 7) / 6));
    expect(row?.covariate_correlation).toBeCloseTo(-100 / spread, 10);
  });

  it("takes a segment as it was when the window began: C03, C04 and C07 were lost, and two of them came back", async () => {
    const [row] = await query("experiment-baseline", { segment: "Lost" });
    expect(row).toMatchObject({
      segment: "Lost",
      customer_count: 3,
      conversion_rate: 2 / 3,
      mean_net_revenue_minor: 2_000,
    });
  });

  it("says nothing of a segment without customers", async () => {
    const [row] = await query("experiment-baseline", { segment: "Can't Lose Them" });
    expect(row).toMatchObject({ customer_count: 0, conversion_rate: null, standard_deviation_minor: null });
  });
});
