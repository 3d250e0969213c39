import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

/*
 * As of 21 April, the day after O25. Sorted, with cut points between the ordered values at positions 1.8, 3.6, 5.4 and 7.2:
 *   days    1 2 9 11 19 22 37 42 47 66              7.6, 15.8, 28, 43
 *   orders  1 1 1 2 2 2 2 2 2 5                     1, 2, 2, 2
 *   pounds  0 20 25 30 30 39 40 100 120 180         24, 30, 39.4, 104
 */
describeCornerShop("rfm-scores", (query) => {
  it("scores by cut points; equal values get equal scores", async () => {
    expect(await query("rfm-scores")).toEqual([
      row("C01", "Ada", "2025-04-02", 19, 5, 18000, "355", "Loyal"), // 30 + 40 + 30 + 30 + 50
      row("C03", "Cleo", "2025-04-12", 9, 2, 12000, "425", "Regular"), // 70 - 10 + 60
      row("C08", "Hal", "2025-04-10", 11, 2, 10000, "424", "Regular"), // 90 + 10
      row("C05", "Eve", "2025-03-05", 47, 2, 4000, "124", "Lost"), // 10 + 30
      row("C02", "Ben", "2025-03-15", 37, 2, 3900, "223", "Lost"), // 9 + 30; O06 is cancelled
      row("C04", "Dan", "2025-04-19", 2, 2, 3000, "522", "Regular"), // 30 + 0
      row("C09", "Ida", "2025-03-30", 22, 1, 3000, "312", "Regular"), // O26 is cancelled
      row("C10", "Jon", "2025-04-20", 1, 2, 2500, "522", "Regular"), // 20 + 5
      row("C06", "Finn", "2025-03-10", 42, 1, 2000, "211", "Lost"), // the sample of February is no order
      row("C07", "Gus", "2025-02-14", 66, 1, 0, "111", "Lost"), // 20 - 20
    ]);
  });

  it("makes bins of equal size with ntile, ties by customer id", async () => {
    const rows = await query("rfm-scores", { method: "ntile", sort: "rfm_code" });
    // days, oldest first: C07 C05 | C06 C02 | C09 C01 | C08 C03 | C04 C10
    // orders: C06 C07 | C09 C02 | C03 C04 | C05 C08 | C10 C01
    // pounds: C07 C06 | C10 C04 | C09 C02 | C05 C08 | C03 C01
    expect(rows.map((one) => [one.customer_id, one.rfm_code, one.rfm_segment])).toEqual([
      ["C10", "552", "Champions"],
      ["C04", "532", "Loyal"],
      ["C08", "444", "Champions"],
      ["C03", "435", "Loyal"],
      ["C01", "355", "Loyal"],
      ["C09", "323", "Regular"],
      ["C02", "223", "Lost"],
      ["C06", "211", "Lost"],
      ["C05", "144", "Can't Lose Them"],
      ["C07", "111", "Lost"],
    ]);
  });

  it("knows nothing of what happened on or after as_of", async () => {
    const rows = await query("rfm-scores", { as_of: "2025-02-01", sort: "recency_days" });
    // days 1 12 17 26, cut points 7.6, 13, 16, 20.6; orders 1 1 1 2, cut points 1, 1, 1, 1.4
    // pounds 9 30 70 70, cut points 21.6, 38, 62, 70: 70 is not above a cut point of 70
    expect(rows.map((one) => [one.customer_id, one.recency_days, one.rfm_code, one.rfm_segment])).toEqual([
      ["C02", 26, "111", "Lost"],
      ["C03", 17, "214", "Lost"],
      ["C01", 12, "454", "Champions"],
      ["C04", 1, "512", "New"],
    ]);
  });

  it("narrows to the orders of a country and to the first rows", async () => {
    const rows = await query("rfm-scores", { country: "Germany", limit: 1 });
    expect(rows).toMatchObject([{ customer_id: "C08", frequency: 2, monetary_minor: 10000 }]);
  });
});

function row(
  customer_id: string,
  customer_name: string,
  last_order_on: string,
  recency_days: number,
  frequency: number,
  monetary_minor: number,
  rfm_code: string,
  rfm_segment: string,
): object {
  const [r_score, f_score, m_score] = [...rfm_code].map(Number);
  return {
    customer_id,
    customer_name,
    last_order_on,
    recency_days,
    frequency,
    monetary_minor,
    r_score,
    f_score,
    m_score,
    rfm_code,
    rfm_segment,
  };
}
