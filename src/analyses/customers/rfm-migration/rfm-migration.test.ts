import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("rfm-migration", (query) => {
  it("sets the segments of two days beside each other", async () => {
    // 1 February: C01 Champions, C02 and C03 Lost, C04 New. Segments of 21 April are those of the test of rfm-segments.
    expect(await query("rfm-migration", { from: "2025-02-01" })).toEqual([
      move("(none)", "Lost", 3), // C05, C06, C07
      move("(none)", "Regular", 3), // C08, C09, C10
      move("Champions", "Loyal", 1), // C01
      move("Lost", "Lost", 1), // C02
      move("Lost", "Regular", 1), // C03
      move("New", "Regular", 1), // C04
    ]);
  });

  it("stays where it is between one day and the same", async () => {
    const rows = await query("rfm-migration", { from: "2025-04-21", to: "2025-04-21" });
    expect(rows.every((row) => row.from_segment === row.to_segment)).toBe(true);
    expect(rows.reduce((sum, row) => sum + Number(row.customer_count), 0)).toBe(10);
  });

  it("begins 90 days before the day after the last order", async () => {
    const given = { from: "2025-01-21", to: "2025-04-21" };
    expect(await query("rfm-migration")).toEqual(await query("rfm-migration", given));
  });
});

const move = (from_segment: string, to_segment: string, customer_count: number): object => ({
  from_segment,
  to_segment,
  customer_count,
});
