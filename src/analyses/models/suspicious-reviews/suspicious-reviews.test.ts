import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("suspicious-reviews", (query) => {
  it("is empty before the first training; ../review-aspects/review-aspects.test.ts holds what it says afterwards", async () => {
    expect(await query("suspicious-reviews")).toEqual([]);
  });
});
