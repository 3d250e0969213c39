import { expect, it } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";

// Benjamini and Hochberg (1995), section 3.2: thrombolysis, 15 hypotheses in rising order.
const published = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

it("rejects the four hypotheses of Benjamini and Hochberg (1995), section 3.2, at 0.05", () => {
  const qValues = benjaminiHochberg(Float64Array.from(published));
  expect([...qValues].filter((q) => q <= 0.05)).toHaveLength(4);
  expect(qValues[3]).toBeCloseTo((0.0095 * 15) / 4, 14);
});

it("keeps the order of the tests and never falls where p rises", () => {
  const shuffled = [...published].reverse();
  const qValues = benjaminiHochberg(Float64Array.from(shuffled));
  expect([...qValues].reverse()).toEqual([...benjaminiHochberg(Float64Array.from(published))]);
  expect([...qValues]).toEqual([...qValues].sort((a, b) => b - a));
  expect(benjaminiHochberg(new Float64Array(0))).toHaveLength(0);
});
