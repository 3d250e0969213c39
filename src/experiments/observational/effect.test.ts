import { describe, expect, it } from "vitest";
import type { Table } from "../../tables/table.ts";
import { observedEffect } from "./effect.ts";
import { readPanel } from "./panel.ts";

const tableOf = (rows: readonly (readonly [string, string, string])[]): Table => ({
  path: "panel.csv",
  names: ["unit", "week", "sales"],
  rowCount: rows.length,
  columns: new Map([0, 1, 2].map((at) => [["unit", "week", "sales"][at] ?? "", rows.map((row) => row[at] ?? "")])),
});
const columns = { unit: "unit", time: "week", value: "sales" };
const weeks = ["8", "9", "10", "11"];
const series = (unit: string, values: readonly number[]) =>
  values.map((value, at) => [unit, weeks[at] ?? "", String(value)] as const);

describe("the effect of a change that was not randomised", () => {
  const panel = readPanel(
    tableOf([...series("a", [10, 12, 20, 22]), ...series("b", [5, 7, 9, 11]), ...series("c", [6, 6, 7, 7])]),
    columns,
  );

  it("by difference in differences, by hand: 10 of the one, 4 and 1 of the others", () => {
    const found = observedEffect(panel, { treated: ["a"], start: "10", method: "difference" });
    expect(found).toMatchObject({
      is_randomised: false,
      effect: 7.5,
      p_value: null,
      placebos: [{ name: "9", effect: 1 }],
    });
    expect(found.relative_effect).toBeCloseTo(7.5 / 13.5, 12);
    expect(found.caution).toMatch(/^Not randomised/);
  });

  it("by a synthetic control, whose shares sum to 1", () => {
    const found = observedEffect(panel, { treated: ["a"], start: "10", method: "synthetic" });
    expect(Object.values(found.weights ?? {}).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
    expect(found.caution).toMatch(/^Not randomised/);
  });

  it("orders periods as numbers where they are, and adds up rows of one unit and period", () => {
    expect(panel.times).toEqual(["8", "9", "10", "11"]);
    expect([
      ...(readPanel(
        tableOf([
          ["a", "1", "2"],
          ["a", "1", "3"],
        ]),
        columns,
      ).units.get("a") ?? []),
    ]).toEqual([5]);
  });

  it("refuses a gap, a period and a unit that are not there, and a change without a before", () => {
    expect(() =>
      readPanel(
        tableOf([
          ["a", "1", "2"],
          ["b", "2", "2"],
        ]),
        columns,
      ),
    ).toThrow('"a" has no row for week "2"');
    const ask = (treated: string[], start: string) => () =>
      observedEffect(panel, { treated, start, method: "difference" });
    expect(ask(["a"], "12")).toThrow('must be a period of the file, got "12"');
    expect(ask(["z"], "10")).toThrow('must name units of the file, got "z"');
    expect(ask(["a"], "9")).toThrow("needs two periods before it");
    expect(ask(["a", "b", "c"], "10")).toThrow("must leave units that were not");
  });
});
