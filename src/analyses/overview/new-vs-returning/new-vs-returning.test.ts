import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("new-vs-returning", (query) => {
  it("tells the first month of a customer from later ones", async () => {
    expect(await query("new-vs-returning")).toEqual([
      row("2025-01-01", 4, 0, 17900, 0, 0), // C01 to C04
      row("2025-02-01", 2, 1, 3000, 2000, 2000), // C05 10, C07 20; C01 30, C03 -10; O13 30, R12 -10
      row("2025-03-01", 3, 3, 14000, 9000, -500), // C06 20, C08 90, C09 30; C01, C02, C05 30 each; O19 -5
      row("2025-04-01", 1, 4, 2500, 10000, 0), // C10; C01 50, C08 10, C03 60, C04 0, C07 -20
    ]);
  });

  it("asks all orders who is new, whatever the filter", async () => {
    const rows = await query("new-vs-returning", { channel: "app", period_start: "2025-03-01" });
    // O14 of C01 and O18 of C02 in March; O25 of C10, O10 of C07 taken back in April
    expect(rows).toEqual([row("2025-03-01", 0, 2, 0, 6000, 0), row("2025-04-01", 1, 0, 500, -2000, 0)]);
  });

  it("has a row for days without sales", async () => {
    const rows = await query("new-vs-returning", {
      grain: "day",
      period_start: "2025-01-05",
      period_end: "2025-01-07",
    });
    expect(rows).toEqual([row("2025-01-05", 1, 0, 3000, 0, 0), row("2025-01-06", 1, 0, 900, 0, 0)]);
  });
});

function row(period_on: string, fresh: number, back: number, newMinor: number, backMinor: number, other: number) {
  return {
    period_on,
    new_customer_count: fresh,
    returning_customer_count: back,
    new_revenue_minor: newMinor,
    returning_revenue_minor: backMinor,
    other_revenue_minor: other,
  };
}
