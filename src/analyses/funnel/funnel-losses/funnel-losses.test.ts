import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("funnel-losses", (query) => {
  it("values what is lost at what those who went on brought", async () => {
    // Carts after a view: S1 S2 S5 S6 S8 S10 S11, of which S2 30, S5 30, S8 two rugs 100 and S10 20 bought: 180.
    expect(await query("funnel-losses")).toEqual([
      row(1, "view", "cart_add", 12, 5, 18000 / 7),
      row(2, "cart_add", "purchase", 7, 3, 18000 / 4),
    ]);
  });

  it("agrees with the funnel", async () => {
    const funnel = await query("funnel");
    const losses = await query("funnel-losses");
    expect(losses.map((one) => one.session_count)).toEqual(funnel.slice(0, -1).map((one) => one.entity_count));
  });

  it("has no value where nobody went on", async () => {
    const rows = await query("funnel-losses", { period_start: "2025-02-02", period_end: "2025-02-03" });
    expect(rows[1]).toMatchObject({
      session_count: 1,
      lost_session_count: 1,
      continuing_value_minor: null,
      lost_minor: null,
    });
  });
});

function row(step: number, step_name: string, next_step_name: string, sessions: number, lost: number, value: number) {
  return {
    step,
    step_name,
    next_step_name,
    session_count: sessions,
    lost_session_count: lost,
    lost_rate: lost / sessions,
    continuing_value_minor: expect.closeTo(value, 6),
    lost_minor: expect.closeTo(lost * value, 6),
  };
}
