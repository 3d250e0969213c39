/** The examples of the SQL console run as the reader, and say what was computed by hand. */
import { expect, it } from "vitest";
import { readSqlResult } from "../src/warehouse/console.ts";
import { sqlExamples } from "../web/components/sql-examples.ts";
import { describeCornerShop } from "./support/corner-shop.ts";

/** First rows known from the files of the shop; amounts are pounds. */
const firstRows: Readonly<Record<string, readonly unknown[]>> = {
  "Net revenue by month": ["2025-01-01", 179],
  "Products that sell best": ["Kettle", "9", 270],
  "First and repeat orders by month": ["2025-01-01", "4", "1"],
  "Customers of the largest value": ["C01", "Ada", 180],
  "Events by kind and month": ["2025-01-01", "5", "3", "3"],
  "Refunds by product": ["Toaster", "1", 20],
  "Margin by category": ["kitchen.kettles", 162, 0.6],
  "Segments by RFM, from the view": ["Regular", "5", 305],
};

describeCornerShop("an example of the SQL console", (_query, shop) => {
  it("there are twenty, each with a title of its own and words", () => {
    expect(sqlExamples).toHaveLength(20);
    expect(new Set(sqlExamples.map(({ title }) => title)).size).toBe(20);
    for (const { words } of sqlExamples) expect(words.length).toBeGreaterThan(20);
  });

  it.each(sqlExamples)("$title", async ({ title, sql }) => {
    const { rows } = await readSqlResult(shop().workspace.warehouse, sql);
    expect(rows.length).toBeGreaterThan(0);
    const known = firstRows[title];
    if (known) expect(rows[0]?.map(String)).toEqual(known.map(String));
  });
});
