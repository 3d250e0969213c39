import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("brand-trends", (query, shop) => {
  it("shows the largest brands by month, products without a brand as one", async () => {
    expect(await query("brand-trends", { grain: "month", limit: 2 })).toEqual([
      // Purchases of January: S2 kettle, S3 lamp, S4 rug. Revenue: rug of O04; O01 30, O02 40, O05 30.
      row("2025-01-01", "(unknown)", 1, 5000, 1 / 3),
      row("2025-01-01", "Acme", 1, 10000, 1 / 3),
      // S5 kettle. O07 30, O10 20, O13 30.
      row("2025-02-01", "(unknown)", 0, 0, 0),
      row("2025-02-01", "Acme", 1, 8000, 1),
      // S14 toaster, S8 rug. O16 90; O15 20, O17 30, O18 30, O20 30.
      row("2025-03-01", "(unknown)", 1, 9000, 1 / 2),
      row("2025-03-01", "Acme", 1, 11000, 1 / 2),
      // S10 toaster, of 1 April in London. O22 50; O21 20, O24 60, O10 -20.
      row("2025-04-01", "(unknown)", 0, 5000, 0),
      row("2025-04-01", "Acme", 1, 6000, 1),
    ]);
  });

  it("shows all brands asked for, however small the limit", async () => {
    const rows = await query("brand-trends", {
      grain: "month",
      brands: "Lumo,Acme",
      limit: 1,
      period_end: "2025-02-01",
    });
    // Lumo: O03 9, O04 20.
    expect(rows).toMatchObject([
      { brand: "Acme", net_revenue_minor: 10000 },
      { brand: "Lumo", purchase_count: 1, net_revenue_minor: 2900, purchase_share_rate: 1 / 3 },
    ]);
  });

  it("has a row for each day and no share on days without a purchase", async () => {
    const rows = await query("brand-trends", { brands: "Acme", period_start: "2025-01-04", period_end: "2025-01-07" });
    expect(rows).toEqual([
      row("2025-01-04", "Acme", 0, 0, null),
      row("2025-01-05", "Acme", 1, 3000, 1), // S2 and O01
      row("2025-01-06", "Acme", 0, 0, 0), // the purchase of the day is a lamp
    ]);
  });

  it("adds up to all purchases that name a product", async () => {
    const rows = await query("brand-trends", { grain: "month", limit: 10 });
    const [events] = await shop().sql("select count() as purchase_count from fct_events where event_type = 'purchase'");
    expect(rows.reduce((sum, one) => sum + Number(one.purchase_count), 0)).toBe(Number(events?.purchase_count));
  });
});

function row(
  period_on: string,
  brand: string,
  purchase_count: number,
  net_revenue_minor: number,
  purchase_share_rate: number | null,
): object {
  return { period_on, brand, purchase_count, net_revenue_minor, purchase_share_rate };
}
