import { describe, expect, it } from "vitest";
import type { Table } from "../../tables/table.ts";
import { readUnits, type UnitColumns } from "./read-units.ts";

function tableOf(lines: string): Table {
  const [header = "", ...rows] = lines.trim().split("\n");
  const names = header.split(",");
  const cells = rows.map((row) => row.split(","));
  return {
    path: "units.csv",
    names,
    rowCount: rows.length,
    columns: new Map(names.map((name, at) => [name, cells.map((row) => row[at] ?? "")])),
  };
}

const columns: UnitColumns = {
  variant: "variant",
  control: "a",
  metric: "value",
  type: null,
  denominator: null,
  unit: null,
  dedupe: "error",
  covariate: null,
  strata: null,
  variants: null,
  weights: null,
  allowNegative: false,
};

const valuesOf = (lines: string, more: Partial<UnitColumns> = {}) => {
  const units = readUnits(tableOf(lines), { ...columns, ...more });
  return { ...units, values: Object.fromEntries(units.arms.map((arm) => [arm.variant, [...arm.metric]])) };
};

describe("dirty rows are left out and counted by reason", () => {
  const dirty = `unit,variant,value
1,a,1
2,b,0
3,a,TRUE
4,b,false
5,,1
6,c,1
7,a,
8,b,abc
9,a,2
10,a,0
10,b,0
11,b,1
11,b,1
,b,1
12,b,null`;

  it("every row is used or dropped, once", () => {
    const found = valuesOf(dirty, { unit: "unit", dedupe: "first", type: "proportion", variants: ["a", "b"] });
    expect(found.dropped).toEqual({
      duplicate_unit: 1,
      missing_metric: 2,
      missing_unit: 1,
      missing_variant: 1,
      non_numeric_metric: 1,
      not_zero_or_one: 1,
      unit_in_two_variants: 2,
      unknown_variant: 1,
    });
    expect(found.values).toEqual({ a: [1, 1], b: [0, 0, 1] });
    const dropped = Object.values(found.dropped).reduce((sum, count) => sum + count, 0);
    expect(dropped + 5).toBe(found.rowCount);
  });

  it("a unit with several rows in one variant is an error unless its first row is asked for", () => {
    expect(() => valuesOf(dirty, { unit: "unit" })).toThrow('the first is "11" in data row 13');
  });

  it("a unit in two variants loses all its rows, also those before", () => {
    const lines = "unit,variant,value\nx,a,1\nx,a,1\nx,b,1\ny,a,1\nz,b,0";
    const found = valuesOf(lines, { unit: "unit" });
    expect(found.dropped).toEqual({ unit_in_two_variants: 3 });
    expect(found.values).toEqual({ a: [1], b: [0] });
  });

  it("negative values among counts are slips; where they are many, meant, or have decimals they stay", () => {
    const counts = ["variant,value", ...Array.from({ length: 400 }, (_, i) => `${i % 2 ? "a" : "b"},${i % 7}`), "a,-3"];
    expect(valuesOf(counts.join("\n")).dropped).toEqual({ negative_count: 1 });
    expect(valuesOf(counts.join("\n"), { allowNegative: true }).dropped).toEqual({});
    expect(valuesOf([...counts, "b,2.5"].join("\n")).dropped).toEqual({});
    expect(valuesOf("variant,value\na,-3\nb,4\na,5").dropped).toEqual({});
  });

  it("a unit without a covariate stays, at the mean of the others", () => {
    const found = valuesOf("variant,value,before\na,3,10\na,4,\nb,5,20\nb,6,x", { covariate: "before" });
    expect([...(found.arms[0]?.covariate ?? [])]).toEqual([10, 15]);
    expect(found.covariateMissingCount).toBe(1);
    expect(found.dropped).toEqual({ non_numeric_covariate: 1 });
  });
});

describe("variants", () => {
  const many = (counts: Readonly<Record<string, number>>) =>
    [
      "variant,value",
      ...Object.entries(counts).flatMap(([name, count]) => Array<string>(count).fill(`${name},1`)),
    ].join("\n");

  it("are every value that is no stray: one with at least 1 % of the largest one's rows", () => {
    const found = valuesOf(many({ a: 300, b: 290, c: 3, "b ": 2 }));
    expect(found.arms.map((arm) => arm.variant)).toEqual(["a", "b", "c"]);
    expect(found.dropped).toEqual({ unknown_variant: 2 });
  });

  it("are as many as there are weights, the most frequent first; or those named", () => {
    expect(valuesOf(many({ a: 30, b: 20, c: 19 }), { weights: [0.5, 0.5] }).dropped).toEqual({ unknown_variant: 19 });
    expect(valuesOf(many({ a: 30, b: 20, c: 19 }), { variants: ["c", "a"] }).arms[1]?.variant).toBe("c");
  });

  it("keep the control and the only other one, however small", () => {
    expect(valuesOf(many({ a: 1000, b: 2 })).arms.map((arm) => arm.metric.length)).toEqual([1000, 2]);
  });

  it("may be called none, and are never hundreds", () => {
    expect(valuesOf("variant,value\na,1\nnone,0\n,1").values).toEqual({ a: [1], none: [0] });
    const ids = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [i === 0 ? "a" : `id${i}`, 2]));
    expect(() => valuesOf(many(ids))).toThrow("holds 60 variants, more than 50");
  });

  it("that are not there are an error that lists those that are", () => {
    expect(() => valuesOf(many({ b: 3, c: 3 }))).toThrow('holds no variant "a"');
    expect(() => valuesOf(many({ a: 3 }))).toThrow('no variant but the control "a"');
    expect(() => valuesOf(many({ a: 3, b: 3 }), { weights: [1, 1, 1] })).toThrow("got 3, and column");
  });
});

describe("metrics", () => {
  it("are a proportion when the values say yes or no, else a mean", () => {
    expect(valuesOf("variant,value\na,1\nb,0").type).toBe("proportion");
    expect(valuesOf("variant,value\na,yes\nb,No").values).toEqual({ a: [1], b: [0] });
    expect(valuesOf("variant,value\na,1\nb,3").type).toBe("mean");
  });

  it("with no usable value at all are an error that says why", () => {
    expect(() => valuesOf("variant,value\na,x\nb,y", { type: "mean" })).toThrow('{"non_numeric_metric":2}');
  });

  it("that are ratios need a denominator", () => {
    expect(() => valuesOf("variant,value\na,1\nb,3", { type: "ratio" })).toThrow("needs a denominator");
  });
});
