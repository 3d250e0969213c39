import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("rfm-grid", (query) => {
  it("counts the customers of each pair of scores", async () => {
    // Scores are derived in the test of rfm-scores.
    expect(await query("rfm-grid")).toEqual([
      cell(1, 1, 1, 0), // C07
      cell(1, 2, 1, 4000), // C05
      cell(2, 1, 1, 2000), // C06
      cell(2, 2, 1, 3900), // C02
      cell(3, 1, 1, 3000), // C09
      cell(3, 5, 1, 18000), // C01
      cell(4, 2, 2, 22000), // C03 120, C08 100
      cell(5, 2, 2, 5500), // C04 30, C10 25
    ]);
  });

  it("spreads equal customers with ntile", async () => {
    const rows = await query("rfm-grid", { method: "ntile" });
    expect(rows.map((row) => [row.r_score, row.f_score, row.customer_count, row.net_revenue_minor])).toEqual([
      [1, 1, 1, 0], // C07
      [1, 4, 1, 4000], // C05
      [2, 1, 1, 2000], // C06
      [2, 2, 1, 3900], // C02
      [3, 2, 1, 3000], // C09
      [3, 5, 1, 18000], // C01
      [4, 3, 1, 12000], // C03
      [4, 4, 1, 10000], // C08
      [5, 3, 1, 3000], // C04
      [5, 5, 1, 2500], // C10
    ]);
  });

  it("knows nothing of what happened on or after as_of", async () => {
    expect(await query("rfm-grid", { as_of: "2025-02-01" })).toEqual([
      cell(1, 1, 1, 900), // C02
      cell(2, 1, 1, 7000), // C03
      cell(4, 5, 1, 7000), // C01
      cell(5, 1, 1, 3000), // C04
    ]);
  });

  it("holds the customers and the revenue of the segments", async () => {
    const sum = (rows: readonly Readonly<Record<string, unknown>>[], name: string) =>
      rows.reduce((total, row) => total + Number(row[name]), 0);
    const [grid, segments] = [await query("rfm-grid"), await query("rfm-segments")];
    for (const name of ["customer_count", "net_revenue_minor"]) expect(sum(grid, name)).toBe(sum(segments, name));
  });
});

function cell(r_score: number, f_score: number, customer_count: number, net_revenue_minor: number): object {
  return { r_score, f_score, customer_count, net_revenue_minor };
}
