import { expect, it } from "vitest";
import { binsOf, createShareCounter } from "./shares.ts";

const matrix = (...rows: number[][]) => ({
  rowCount: rows.length,
  featureCount: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});

it("bins are deciles of those with a value, equal ones joined; categories by position; missing stands last (by hand)", () => {
  const features = [
    { name: "visits", kind: "numeric", monotone: 0 },
    { name: "colour", kind: "categorical", categories: ["red", "blue"] },
  ] as const;
  const then = matrix([1, 0], [1, 0], [1, 1], [1, Number.NaN], [7, 0]);
  const scores = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5);
  const bins = binsOf(then, features, scores);
  // The first eight deciles of 1, 1, 1, 1, 7 are 1, the ninth is 7.
  expect(bins).toEqual([
    { name: "visits", edges: [1, 7] },
    { name: "colour", edges: [0, 1] },
    { name: "score", edges: [0.1, 0.2, 0.3, 0.4, 0.5] },
  ]);
  const counter = createShareCounter(bins);
  counter.add(matrix([0, 0], [8, 1]), Float64Array.of(0.15, 0.9));
  counter.add(matrix([Number.NaN, Number.NaN], [2, 0]), Float64Array.of(0.05, 0.5));
  expect(counter.shares()).toEqual({
    visits: [0.25, 0.25, 0.25, 0.25],
    colour: [0.5, 0.25, 0, 0.25],
    score: [0.25, 0.25, 0, 0, 0.25, 0.25, 0],
  });
});
