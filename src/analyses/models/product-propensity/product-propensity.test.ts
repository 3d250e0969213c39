import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("product-propensity", (query) => {
  it("is empty before the first training; ../recommendations/recommendations.test.ts holds what it says afterwards", async () => {
    expect(await query("product-propensity")).toEqual([]);
  });
});
