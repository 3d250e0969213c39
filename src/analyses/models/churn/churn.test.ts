import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("churn", (query) => {
  it("is empty before the first training; ../propensity/propensity.test.ts holds what it says afterwards", async () => {
    expect(await query("churn")).toEqual([]);
  });
});
