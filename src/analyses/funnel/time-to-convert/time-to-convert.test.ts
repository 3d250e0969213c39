import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("time-to-convert", (query) => {
  it("measures from the first look, ties by row order", async () => {
    expect(await query("time-to-convert")).toEqual([
      // C01 to C06 and C08 to C11
      { step: 1, step_name: "view", median_seconds: 0, p90_seconds: 0, entity_count: 10 },
      // C08 60, C01 C09 C10 300 each, C06 600, C04 1200; 0.9 * 5 = 4.5: 600 + 0.5 * 600
      { step: 2, step_name: "cart_add", median_seconds: 300, p90_seconds: expect.closeTo(900, 6), entity_count: 6 },
      // C08 180, C10 600, C04 1800, C01 three days and an hour; 2.7: 1800 + 0.7 * 261000
      { step: 3, step_name: "purchase", median_seconds: 1200, p90_seconds: expect.closeTo(184500, 6), entity_count: 4 },
    ]);
  });

  it("leaves out who took longer than the window", async () => {
    const rows = await query("time-to-convert", { window_hours: 24 });
    expect(rows[2]).toMatchObject({ entity_count: 3, median_seconds: 600 }); // without C01
    const wide = await query("time-to-convert", { window_hours: 1000 });
    expect(wide[2]).toMatchObject({ entity_count: 5 }); // with C06
  });

  it("has no times where nobody came", async () => {
    const rows = await query("time-to-convert", { period_start: "2024-01-01", period_end: "2024-02-01" });
    expect(rows.map((row) => [row.median_seconds, row.entity_count])).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
    ]);
  });
});
