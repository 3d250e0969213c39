import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainClv } from "../../../ml/clv/train.ts";

describeCornerShop("clv-predicted", (query, shop) => {
  const train = async (cutoff: string) =>
    await trainClv({
      warehouse: shop().workspace.warehouse,
      clock: fixedClock(),
      version: "test",
      seed: 1,
      cutoff,
      onProgress: () => {},
    });

  it("is empty before the first training, and stays so when there is no customer to learn from", async () => {
    expect(await query("clv-predicted")).toEqual([]);
    expect(await train("2025-01-05")).toBeNull();
    expect(await query("clv-predicted")).toEqual([]);
  });

  it("gives every customer with an order, the most valuable first, and what is longer ahead is worth no less", async () => {
    const run = await train("2025-04-21");
    expect(run).toMatchObject({ model: "clv", row_count: 10, cutoff_on: "2025-04-21" });
    const year = await query("clv-predicted");
    expect(year.map(({ customer_id }) => customer_id).sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `C${String(index + 1).padStart(2, "0")}`),
    );
    const month = new Map((await query("clv-predicted", { horizon_days: 30 })).map((row) => [row.customer_id, row]));
    for (const [at, row] of year.entries()) {
      expect(Number(row.clv_minor)).toBeLessThanOrEqual(Number(year[at - 1]?.clv_minor ?? Number.POSITIVE_INFINITY));
      expect(Number(row.clv_minor)).toBeGreaterThanOrEqual(Number(month.get(row.customer_id)?.clv_minor));
      expect(Number(row.expected_order_count)).toBeGreaterThanOrEqual(0);
    }
    // One order only: under BG/NBD nobody leaves before a repeat. C01 is the one who always comes back.
    for (const id of ["C06", "C07", "C09"]) expect(year.find((row) => row.customer_id === id)?.p_alive_rate).toBe(1);
    expect(year[0]?.customer_id).toBe("C01");
  });

  it("shows the last training only", async () => {
    const again = await train("2025-03-01");
    expect(await query("clv-predicted")).toHaveLength(6);
    expect(await shop().sql("select distinct toString(run_key) as run_key from prd_customer_value")).toEqual([
      { run_key: again?.run_key },
    ]);
    expect(await query("clv-predicted", { horizon_days: 31 })).toEqual([]);
    expect(await query("clv-predicted", { limit: 2 })).toHaveLength(2);
  });
});
