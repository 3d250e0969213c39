import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { betaDensity, betaQuantile, betaUpperTail } from "./beta-distribution.ts";
import { betainc } from "./betainc.ts";
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpperTail } from "./chi-squared.ts";
import { erfc } from "./erfc.ts";
import { fCdf, fQuantile, fUpperTail } from "./f-distribution.ts";
import { gammaDensity, gammaQuantile } from "./gamma-distribution.ts";
import { gammaincLower, gammaincUpper } from "./gammainc.ts";
import { gammaincInverse } from "./gammainc-inverse.ts";
import { gammaln } from "./gammaln.ts";
import { noncentralTTails } from "./noncentral-t.ts";
import { normalUpperTail } from "./normal.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { studentCdf, studentDensity, studentQuantile, studentUpperTail } from "./student-t.ts";

type Row = readonly [name: string, args: readonly number[], value: number];

const path = new URL("../../test/reference/special-functions/values.json", import.meta.url);
const rows = JSON.parse(readFileSync(path, "utf8")) as readonly Row[];

const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  gammaln,
  normalUpperTail,
  erfc,
  normalQuantile,
  gammaincLower,
  gammaincUpper,
  betainc,
  studentUpperTail,
  noncentralTLower: (t = 0, degrees = 1, shift = 0) => noncentralTTails(t, degrees, shift).lower,
};

/** The relative error allowed. */
const tolerance = 1e-12;

describe("special functions agree with mpmath 1.3 at 60 digits, to twelve digits and in the tails", () => {
  it.each(Object.keys(functions))("%s", (name) => {
    const wanted = rows.filter(([of]) => of === name);
    expect(wanted.length).toBeGreaterThan(5);
    const wrong = wanted
      .map(([, args, value]) => ({ args, value, found: functions[name]?.(...args) ?? Number.NaN }))
      .filter(({ value, found }) => !(Math.abs(found - value) <= tolerance * Math.max(Math.abs(value), 1e-300)));
    expect(wrong).toEqual([]);
  });
});

describe("quantiles undo their distribution functions", () => {
  const shapes = [0.02, 0.5, 1, 2.5, 30, 400, 1e5];
  const tails = [1e-200, 1e-30, 1e-9, 0.001, 0.025, 0.2, 0.5];
  const close = (found: number, wanted: number) => expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-11);

  it("of the gamma distribution, in both tails", () => {
    // Beyond a shape of 400 the rounding of x itself moves a tail of 1e-200 by more than the bound.
    for (const a of shapes.filter((shape) => shape <= 400)) {
      for (const p of tails) {
        const low = gammaincInverse(a, p, 1 - p);
        if (low > 1e-300) close(gammaincLower(a, low), p);
        close(gammaincUpper(a, gammaincInverse(a, 1 - p, p)), p);
      }
    }
  });

  it("of the beta distribution, in both tails", () => {
    for (const a of shapes) {
      for (const b of shapes) {
        for (const p of tails) {
          const x = betaQuantile(p, a, b);
          if (x > 1e-300 && x < 0.9) close(betainc(a, b, x), p);
        }
      }
    }
  });

  it("of Student's t distribution", () => {
    for (const degrees of [1, 1.5, 2, 4.7, 30, 1e4, 999_999, 1e6, 1e9, 1e12]) {
      for (const p of [1e-20, 1e-6, 0.025, 0.4, 0.49999]) close(studentCdf(studentQuantile(p, degrees), degrees), p);
    }
  });

  it("of the chi-squared and the F distribution", () => {
    for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) {
      close(chiSquaredCdf(chiSquaredQuantile(p, 7), 7), p);
      close(fCdf(fQuantile(p, 4, 11), 4, 11), p);
    }
  });
});

describe("quantiles agree with printed tables", () => {
  it.each([
    ["normal 0.95", normalQuantile(0.95), 1.6448536269514722],
    ["normal 0.975", normalQuantile(0.975), 1.959963984540054],
    ["normal 0.995", normalQuantile(0.995), 2.5758293035489004],
    ["t 0.975, 1 degree: tan(0.475 pi)", studentQuantile(0.975, 1), Math.tan(0.475 * Math.PI)],
    [
      "t 0.975, 2 degrees: 1.9 sqrt(1/2 / (0.975 x 0.025)) / 2",
      studentQuantile(0.975, 2),
      0.95 / Math.sqrt(2 * 0.975 * 0.025),
    ],
    ["chi-squared 0.95, 2 degrees: -2 ln 0.05", chiSquaredQuantile(0.95, 2), -2 * Math.log(0.05)],
    ["gamma 0.3, shape 1, scale 4: -4 ln 0.7", gammaQuantile(0.3, 1, 4), -4 * Math.log(0.7)],
    ["beta 0.2, a 3, b 1: 0.2^(1/3)", betaQuantile(0.2, 3, 1), 0.2 ** (1 / 3)],
  ])("%s", (_, found, wanted) => {
    expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-12);
  });

  it.each([
    [5, 2.570582],
    [10, 2.228139],
    [30, 2.042272],
    [120, 1.97993],
  ])("t 0.975 with %d degrees (Abramowitz and Stegun, table 26.10, further digits from R)", (degrees, wanted) => {
    expect(Math.abs(studentQuantile(0.975, degrees) - wanted)).toBeLessThan(6e-7);
  });
});

describe("identities", () => {
  it("tails sum to 1, and a t squared is an F", () => {
    expect(chiSquaredCdf(3, 5) + chiSquaredUpperTail(3, 5)).toBeCloseTo(1, 14);
    expect(fUpperTail(2.1 ** 2, 1, 13)).toBeCloseTo(2 * studentUpperTail(2.1, 13), 14);
    expect(betaUpperTail(0.3, 2, 5)).toBeCloseTo(betainc(5, 2, 0.7), 14);
  });

  it("densities are the slopes of distribution functions", () => {
    const h = 1e-5;
    const slope = (f: (x: number) => number, x: number) => (f(x + h) - f(x - h)) / (2 * h);
    expect(slope((x) => betainc(2.5, 4, x), 0.3)).toBeCloseTo(betaDensity(0.3, 2.5, 4), 7);
    expect(slope((x) => gammaincLower(3.2, x / 2), 5)).toBeCloseTo(gammaDensity(5, 3.2, 2), 7);
    expect(slope((x) => studentCdf(x, 6.5), 1.1)).toBeCloseTo(studentDensity(1.1, 6.5), 7);
  });

  it("outside their domain they say NaN, at its edges the limit", () => {
    expect(gammaln(-1)).toBeNaN();
    expect(gammaln(0)).toBe(Infinity);
    expect(gammaincLower(0, 1)).toBeNaN();
    expect(betainc(1, -1, 0.5)).toBeNaN();
    expect(normalQuantile(1.1)).toBeNaN();
    expect(studentQuantile(0, 3)).toBe(-Infinity);
    expect(normalUpperTail(50)).toBe(0);
  });
});
