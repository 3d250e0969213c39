import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("survival", (query) => {
  it("multiplies the shares that stay, month by month", async () => {
    // Last order before 22 March: C02 (2 months), C05 (1), C06 and C07 (0) are gone. C01, C03, C04 (2), C08, C09, C10 (0) are not.
    expect(await query("survival", { inactive_days: 30 })).toEqual([
      { month_index: 0, at_risk_count: 10, gone_count: 2, survival_rate: expect.closeTo(0.8, 12) },
      { month_index: 1, at_risk_count: 5, gone_count: 1, survival_rate: expect.closeTo(0.8 * 0.8, 12) },
      { month_index: 2, at_risk_count: 4, gone_count: 1, survival_rate: expect.closeTo(0.64 * 0.75, 12) },
    ]);
  });

  it("is 1 while nobody has been silent for long, and 0 when everybody is gone", async () => {
    expect((await query("survival")).map((row) => row.survival_rate)).toEqual([1, 1, 1]);
    const late = await query("survival", { as_of: "2026-04-21" });
    expect(late.at(-1)).toMatchObject({ at_risk_count: 4, gone_count: 4, survival_rate: 0 });
  });
});
