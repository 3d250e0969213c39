import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainCustomerSegments } from "../../../ml/customer-segments/train.ts";

describeCornerShop("customer-segments", (query, shop) => {
  const train = async (k: number | "auto") =>
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
    );
  const sumOf = (rows: readonly Readonly<Record<string, unknown>>[], name: string): number =>
    rows.reduce((sum, row) => sum + Number(row.customer_count) * Number(row[name]), 0);

  it("is empty before the first training", async () => {
    expect(await query("customer-segments")).toEqual([]);
  });

  it("is one row for all customers with one cluster (by hand: 58,400 of revenue, 20 orders, 10 customers)", async () => {
    await train(1);
    const [row, ...others] = await query("customer-segments");
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
    const rows = await query("customer-segments");
    expect(rows.map(({ cluster }) => cluster)).toEqual([1, 2, 3]);
    expect(rows.reduce((sum, row) => sum + Number(row.customer_count), 0)).toBe(10);
    expect(sumOf(rows, "mean_monetary_minor")).toBeCloseTo(58_400, 6);
    expect(sumOf(rows, "mean_frequency")).toBeCloseTo(20, 6);
    const values = rows.map((row) => Number(row.mean_monetary_minor));
    expect([...values].sort((a, b) => b - a)).toEqual(values);
  });
});
