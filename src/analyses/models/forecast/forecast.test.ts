import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { fixedClock } from "../../../../test/support/shop.ts";
import { trainForecast } from "../../../ml/forecast/train.ts";

describeCornerShop("forecast", (query, shop) => {
  it("is empty before the first training", async () => {
    expect(await query("forecast")).toEqual([]);
  });

  it("shows the whole months that were as revenue-over-time has them, and the months after them", async () => {
    const { warehouse } = shop().workspace;
    const context = {
      warehouse,
      clock: fixedClock(),
      version: "test",
      seed: 1,
      cutoff: "2025-04-21",
      onProgress: () => {},
    };
    expect(await trainForecast(context)).toMatchObject({ model: "forecast", cutoff_on: "2025-04-21" });
    const months = await query("revenue-over-time", { grain: "month" });
    const rows = await query("forecast", { horizon: 2 });
    // The shop's first line is of 5 January: January is not whole. April is not over on the 21st.
    expect(rows.map((row) => [row.period_on, row.is_forecast])).toEqual([
      ["2025-02-01", false],
      ["2025-03-01", false],
      ["2025-04-01", true],
      ["2025-05-01", true],
    ]);
    for (const row of rows.filter((one) => one.is_forecast === false)) {
      const same = months.find((month) => month.period_on === row.period_on);
      expect(row).toMatchObject({ value: Number(same?.net_revenue_minor), lower: null, upper: null, method: null });
    }
    for (const row of rows.slice(2)) expect(row).toMatchObject({ series: "total", method: "average" });
  });

  it("has days, units and categories, and intervals where enough is known", async () => {
    const days = await query("forecast", { grain: "day", metric: "unit_count", horizon: 60 });
    const ahead = days.filter((row) => row.is_forecast === true);
    expect(ahead).toHaveLength(60);
    expect(ahead[0]?.period_on).toBe("2025-04-21");
    for (const row of ahead) {
      expect(Number(row.lower)).toBeGreaterThanOrEqual(0);
      expect(Number(row.upper)).toBeGreaterThanOrEqual(Number(row.value));
    }
    const categories = new Set((await query("forecast", { by: "category" })).map(({ series }) => series));
    expect(categories.size).toBeGreaterThan(1);
    expect(categories.has("")).toBe(false);
  });

  it("adds up: the largest categories and products with what is sold beside them are the whole, to the cent", async () => {
    for (const grain of ["month", "day"])
      for (const metric of ["net_revenue_minor", "unit_count"]) {
        const asked = { grain, metric, horizon: 60 };
        const total = await query("forecast", asked);
        for (const by of ["category", "product"]) {
          const parts = await query("forecast", { ...asked, by });
          expect(new Set(parts.map(({ series }) => series)).has("(other)")).toBe(true);
          for (const { period_on, value, is_forecast } of total) {
            const sum = parts
              .filter((row) => row.period_on === period_on)
              .reduce((all, row) => all + Number(row.value), 0);
            if (metric === "net_revenue_minor") {
              expect(sum).toBe(Number(value));
              if (is_forecast) expect(Number.isInteger(Number(value))).toBe(true);
            } else expect(sum).toBeCloseTo(Number(value), 6);
          }
        }
      }
  });
});
