import { describe, expect, it } from "vitest";
import { nextPeriod, toPeriods } from "./periods.ts";

describe("whole periods", () => {
  const amounts = new Map([
    ["2024-01-15", 5],
    ["2024-02-03", 10],
    ["2024-02-29", 1],
    ["2024-04-01", 7],
    ["2024-04-20", 2],
  ]);

  it("of months leave out the first when it is cut, and the one of the cutoff; a month of nothing is 0", () => {
    const { periods, values } = toPeriods(amounts, "month", "2024-01-15", "2024-04-21");
    expect(periods).toEqual(["2024-02-01", "2024-03-01"]);
    expect([...values]).toEqual([11, 0]);
    expect(toPeriods(amounts, "month", "2024-01-01", "2024-05-01").periods).toHaveLength(4);
  });

  it("of days are all days before the cutoff", () => {
    const { periods, values } = toPeriods(amounts, "day", "2024-01-15", "2024-02-04");
    expect(periods).toHaveLength(20);
    expect([values[0], values[1], values.at(-1)]).toEqual([5, 0, 10]);
  });

  it("follow each other over the end of a year and a leap day", () => {
    expect([nextPeriod("2023-12-01", "month"), nextPeriod("2024-02-28", "day")]).toEqual(["2024-01-01", "2024-02-29"]);
  });
});
