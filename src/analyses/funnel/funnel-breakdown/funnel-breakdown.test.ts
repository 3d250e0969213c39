import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("funnel-breakdown", (query) => {
  it("follows the sessions of each channel", async () => {
    // App: S3 (cart before view, purchase), S9 (view), S12 (refund). Web: the other eleven, S14 without a view.
    expect(await query("funnel-breakdown")).toEqual([
      row("web", 1, "view", 10, 1, 1),
      row("web", 2, "cart_add", 7, 7 / 10, 7 / 10),
      row("web", 3, "purchase", 4, 4 / 7, 4 / 10),
      row("app", 1, "view", 2, 1, 1),
      row("app", 2, "cart_add", 0, 0, 0),
      row("app", 3, "purchase", 0, null, 0),
    ]);
  });

  it("tells sessions apart by their first or last product", async () => {
    const counts = async (attribution: string): Promise<unknown> =>
      Object.fromEntries(
        (await query("funnel-breakdown", { by: "brand", attribution, steps: "view" })).map((one) => [
          one.breakdown,
          one.entity_count,
        ]),
      );
    // First: Acme S1 S2 S5 S9 S10 and Kim's vase; none S4 S8 S11 and Kim's rug; Lumo S3, S6. Last: S6 ends with a toaster.
    expect(await counts("first")).toEqual({ Acme: 6, "(unknown)": 4, Lumo: 2 });
    expect(await counts("last")).toEqual({ Acme: 7, "(unknown)": 4, Lumo: 1 });
  });

  it.each(["strict", "ordered", "all", "any"])("adds up to the funnel, order %s", async (order) => {
    for (const basis of ["sessions", "customers"]) {
      const whole = await query("funnel", { order, basis });
      const parts = await query("funnel-breakdown", { order, basis, by: "country", limit: 100 });
      for (const { step, entity_count } of whole) {
        const own = parts.filter((part) => part.step === step);
        expect(own.reduce((sum, part) => sum + Number(part.entity_count), 0)).toBe(entity_count);
      }
    }
  });

  it("shows the largest values only", async () => {
    const rows = await query("funnel-breakdown", { limit: 1 });
    expect(new Set(rows.map((one) => one.breakdown))).toEqual(new Set(["web"]));
  });
});

function row(
  breakdown: string,
  step: number,
  step_name: string,
  count: number,
  stepRate: number | null,
  overall: number,
) {
  return { breakdown, step, step_name, entity_count: count, step_rate: stepRate, overall_rate: overall };
}
