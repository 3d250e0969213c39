import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("recommendation-evaluation", (query) => {
  it("is empty before the first training; ../recommendations/recommendations.test.ts holds what it says afterwards", async () => {
    expect(await query("recommendation-evaluation")).toEqual([]);
  });
});
