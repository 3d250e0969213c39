import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { addDays } from "../../warehouse/day-range.ts";
import { forecastHierarchy } from "./forecast-hierarchy.ts";
import { nodesOf, otherSeries, shopHierarchy } from "./shop-hierarchy.ts";

const first = "2024-01-01";
const dayCount = 400;
const random = createRandom(6);
const products = ["a", "b", "c", "d"].map((product_id, at) => ({
  product_id,
  category: at < 2 ? "x" : "y",
  level: 40 * (at + 1),
}));
const productRows = Array.from({ length: dayCount }, (_, day) => addDays(first, day)).flatMap((day_on, day) =>
  products.map(({ product_id, category, level }) => ({
    day_on,
    product_id,
    category,
    net_revenue_minor: Math.round(level * (1 + 0.5 * Math.sin((2 * Math.PI * day) / 7)) + random.normal(0, level / 4)),
    unit_count: 1,
  })),
);
/** The same by category, with a category that nobody names and a product that is not among the largest. */
const rows = [
  ...productRows,
  ...productRows.map((row) => ({ ...row, category: row.product_id === "a" ? "x" : "", net_revenue_minor: 10 })),
];
const shop = shopHierarchy(rows, productRows, ["x", "y"], "net_revenue_minor");
const options = {
  grain: "day",
  season: 7,
  horizon: 28,
  first,
  cutoff: addDays(first, dayCount),
  isWhole: true,
  holidays: new Map(),
} as const;

describe("forecasts of a shop with its categories and products", () => {
  it("stand in a tree whose parts are the whole, with what is beside them", () => {
    expect(nodesOf(shop).map(({ dimension, series }) => `${dimension} ${series}`)).toEqual([
      "total total",
      "category x",
      "product a",
      "product b",
      `rest ${otherSeries}`,
      "category y",
      "product c",
      "product d",
      `rest ${otherSeries}`,
    ]);
    for (const node of nodesOf(shop)) {
      if (node.parts.length === 0) continue;
      for (const [day, amount] of node.days)
        expect(node.parts.reduce((sum, part) => sum + (part.days.get(day) ?? 0), 0)).toBe(amount);
    }
  });

  it("add up to the cent at every node and step, and lie within their intervals", { timeout: 120_000 }, () => {
    const found = forecastHierarchy(shop, options);
    const valuesOf = new Map(found.map(({ node, forecast }) => [node, forecast]));
    for (const { node, forecast } of found) {
      for (const [step, value] of forecast.values.entries()) {
        expect(Number.isInteger(value)).toBe(true);
        expect(forecast.lower![step]!).toBeLessThanOrEqual(value);
        expect(forecast.upper![step]!).toBeGreaterThanOrEqual(value);
        if (node.parts.length === 0) continue;
        expect(node.parts.reduce((sum, part) => sum + valuesOf.get(part)!.values[step]!, 0)).toBe(value);
      }
    }
    // Four products of levels 40, 80, 120 and 160, and 4 x 10 beside: 440 a day over whole weeks.
    const whole = found[0]!.forecast.values.reduce((sum, value) => sum + value, 0) / options.horizon;
    expect(whole).toBeGreaterThan(420);
    expect(whole).toBeLessThan(460);
  });

  it("are none before a period is over", () => {
    expect(forecastHierarchy(shop, { ...options, cutoff: first })).toEqual([]);
  });
});
