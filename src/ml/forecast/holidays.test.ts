import { describe, expect, it } from "vitest";
import { configSchema } from "../../config.ts";
import { createRandom } from "../../stats/random.ts";
import { addDays } from "../../warehouse/day-range.ts";
import { forecastHierarchy } from "./forecast-hierarchy.ts";
import { withoutHolidays } from "./holiday-effects.ts";
import { easterOf, holidayCountries, holidaysOf } from "./holidays.ts";

describe("holidays", () => {
  it("move with Easter as the published tables have it, the earliest and the latest among them", () => {
    const published = [
      "1818-03-22",
      "1943-04-25",
      "2000-04-23",
      "2008-03-23",
      "2019-04-21",
      "2024-03-31",
      "2025-04-20",
      "2038-04-25",
    ];
    for (const day of published) expect(easterOf(Number(day.slice(0, 4)))).toBe(day);
  });

  it("of a country are those of its calendar", () => {
    const days = holidaysOf("US", "2024-01-01", "2025-01-01");
    expect(Object.fromEntries(days)).toMatchObject({
      "2024-05-27": "Memorial Day",
      "2024-09-02": "Labor Day",
      "2024-11-28": "Thanksgiving",
      "2024-11-29": "Black Friday",
    });
    expect([...holidaysOf("GB", "2025-05-01", "2025-09-01")]).toEqual([
      ["2025-05-05", "Early May holiday"],
      ["2025-05-26", "Spring holiday"],
      ["2025-08-25", "Summer holiday"],
    ]);
    expect(holidaysOf("DE", "2025-05-29", "2025-05-30").get("2025-05-29")).toBe("Ascension Day");
    expect(configSchema.shape.models.unwrap().shape.holidays.unwrap().options).toEqual(holidayCountries);
  });

  it("count as the mean of their weekday around while others are forecast, and tell by their own past (by hand)", () => {
    const days = Array.from({ length: 63 }, (_, day) => addDays("2025-01-06", day));
    const holidays = new Map([
      ["2025-02-03", "Fair"],
      ["2025-02-10", "Fair"],
    ]);
    const values = Float64Array.from(days, (day) => (holidays.has(day) ? 40 : 10));
    const { values: usual, effectOf } = withoutHolidays(days, values, holidays);
    expect([...new Set(usual)]).toEqual([10]);
    // Twice 40 where 10 is usual, and once more 10: 90 over 30.
    expect(effectOf("Fair")).toBe(3);
    expect(effectOf("Unseen")).toBe(1);
    expect(
      withoutHolidays(
        days,
        values.map((value) => -value),
        holidays,
      ).effectOf("Fair"),
    ).toBe(1);
  });

  it("that move are forecast on the day they fall: nearer than without knowing them", { timeout: 120_000 }, () => {
    const [first, cutoff] = ["2022-01-01", "2025-04-01"];
    const random = createRandom(8);
    const eastern = (day: string): boolean => ["2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20"].includes(day);
    const amountOf = (day: string): number => Math.round((eastern(day) ? 30 : 100) + random.normal(0, 5));
    const days = new Map<string, number>();
    for (let day = first; day < cutoff; day = addDays(day, 1)) days.set(day, amountOf(day));
    const shop = { dimension: "total", series: "total", days, parts: [] } as const;
    const at = (holidays: ReadonlyMap<string, string>): number =>
      forecastHierarchy(shop, { grain: "day", season: 7, horizon: 30, first, cutoff, isWhole: true, holidays })[0]!
        .forecast.values[19]!;
    expect(addDays(cutoff, 19)).toBe("2025-04-20");
    expect(at(new Map())).toBeGreaterThan(85);
    // Three Easters at 30, one more at 100: 0.475 of 100.
    const known = at(holidaysOf("GB", first, "2025-07-01"));
    expect(known).toBeGreaterThan(42);
    expect(known).toBeLessThan(53);
  });
});
