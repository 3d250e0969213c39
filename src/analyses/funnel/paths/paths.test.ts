import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("paths", (query) => {
  const table = async (given: object): Promise<unknown[][]> =>
    (await query("paths", { ...given })).map((row) => [row.path, row.session_count, row.purchase_rate]);

  it("counts sessions by the kinds of their events in order", async () => {
    expect(await table({})).toEqual([
      ["view", 3, 0], // Kim twice, S9
      ["view > cart_add > purchase", 3, 1], // S2, S5, S10
      ["view > cart_add", 2, 0], // S1; S6, whose two views count once
      ["cart_add > view > purchase", 1, 1], // S3
      ["purchase", 1, 1], // S14
      ["refund", 1, 0], // S12
      ["view > cart_add > cart_remove", 1, 0], // S11
      ["view > cart_add > view > purchase", 1, 1], // S8
      ["view > purchase", 1, 1], // S4
    ]);
  });

  it("cuts paths, and shows the most frequent", async () => {
    expect(await table({ length: 2, limit: 2 })).toEqual([
      ["view > cart_add", 7, 4 / 7], // S1 S2 S5 S6 S8 S10 S11; S2 S5 S8 S10 buy
      ["view", 3, 0],
    ]);
  });

  it("goes back from a purchase, and on from a cart", async () => {
    expect(await table({ direction: "backward", from_step: "purchase", length: 2 })).toEqual([
      ["cart_add > purchase", 3, 1],
      ["view > purchase", 3, 1], // S3, S4, S8
      ["purchase", 1, 1],
    ]);
    expect(await table({ from_step: "cart_add", length: 2 })).toEqual([
      ["cart_add > purchase", 3, 1],
      ["cart_add", 2, 0],
      ["cart_add > view", 2, 1],
      ["cart_add > cart_remove", 1, 0],
    ]);
  });
});
