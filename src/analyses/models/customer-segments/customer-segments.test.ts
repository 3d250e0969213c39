import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainCustomerSegments } from "../../../ml/customer-segments/train.ts";
import type { SegmentFeatures } from "../../../ml/customer-segments/traits.ts";

describeCornerShop("customer-segments", (query, shop) => {
  const train = async (k: number | "auto", features: SegmentFeatures = "rfm") =>
    await trainCustomerSegments(
      {
        warehouse: shop().workspace.warehouse,
        clock: fixedClock(),
        version: "test",
        seed: 1,
        cutoff: "2025-04-21",
        onProgress: () => {},
      },
      k,
      features,
    );
  const sumOf = (rows: readonly Readonly<Record<string, unknown>>[], name: string): number =>
    rows.reduce((sum, row) => sum + Number(row.customer_count) * Number(row[name]), 0);

  it("is empty before the first training", async () => {
    expect(await query("customer-segments")).toEqual([]);
  });

  it("is one row for all customers with one cluster (by hand: 58,400 of revenue, 20 orders, 10 customers)", async () => {
    await train(1);
    const [row, ...others] = await query("customer-segments", { k: "1" });
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      cluster: 1,
      customer_count: 10,
      mean_frequency: 2,
      mean_monetary_minor: 5840,
      silhouette: null,
    });
  });

  it("parts all customers, the most valuable first; the parts sum to the whole", async () => {
    await train(3);
    const rows = await query("customer-segments", { k: "3" });
    expect(rows.map(({ cluster }) => cluster)).toEqual([1, 2, 3]);
    expect(rows.reduce((sum, row) => sum + Number(row.customer_count), 0)).toBe(10);
    expect(sumOf(rows, "mean_monetary_minor")).toBeCloseTo(58_400, 6);
    expect(sumOf(rows, "mean_frequency")).toBeCloseTo(20, 6);
    const values = rows.map((row) => Number(row.mean_monetary_minor));
    expect([...values].sort((a, b) => b - a)).toEqual(values);
  });

  it("keeps runs of other k and features side by side, and says how to train what there is not", async () => {
    await train(2, "clv");
    await train(2, "behaviour");
    for (const asked of [{ k: "1" }, { k: "3" }, { k: "2", features: "clv" }, { k: "2", features: "behaviour" }]) {
      const rows = await query("customer-segments", asked);
      expect(rows).toHaveLength(Number(asked.k));
      expect(rows.reduce((sum, row) => sum + Number(row.customer_count), 0)).toBe(10);
    }
    await expect(query("customer-segments", { k: "2" })).rejects.toMatchObject({
      code: "model_not_trained",
      remedy: "Run `cartwright train customer-segments --k 2 --features rfm`.",
    });
  });
});
