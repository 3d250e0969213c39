import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { airline } from "./airline.ts";
import { decompose, isSeasonal } from "./decompose.ts";
import { admissibleForms, fitEts, fitForm, forecastEts } from "./ets.ts";
import { forecastSeries } from "./forecast-series.ts";
import { movingAverage, seasonalNaive } from "./simple-methods.ts";
import { theta } from "./theta.ts";

/** Months of a trend with a season, exactly: 100 + 2t, and +30 in the sixth of every twelve. */
const exact = Float64Array.from({ length: 60 }, (_, at) => 100 + 2 * at + (at % 12 === 5 ? 30 : 0));
const ahead = Float64Array.from({ length: 12 }, (_, step) => 100 + 2 * (60 + step) + (step === 5 ? 30 : 0));
const random = createRandom(8);
const noisy = Float64Array.from(
  { length: 96 },
  (_, at) => (200 + at) * (1 + 0.3 * Math.sin((at * Math.PI) / 6)) * Math.exp(random.normal(0, 0.03)),
);

describe("simple methods (by hand)", () => {
  it("the seasonal naive repeats the last season", () => {
    expect([...seasonalNaive(Float64Array.of(1, 2, 3, 4, 5), 2, 3).values]).toEqual([4, 5, 4]);
    expect([...seasonalNaive(Float64Array.of(7), 12, 2).values]).toEqual([7, 7]);
  });

  it("the moving average is the mean of the last season", () => {
    expect([...movingAverage(Float64Array.of(9, 1, 2, 3, 6), 4, 2).values]).toEqual([3, 3]);
  });
});

describe("decomposition", () => {
  it("finds an additive season exactly where the trend is a line", () => {
    const { indices } = decompose(exact, 12, "additive");
    for (const [place, index] of indices.entries()) expect(index).toBeCloseTo(place === 5 ? 27.5 : -2.5, 10);
  });

  it("tells a season from chance", () => {
    expect(isSeasonal(noisy, 12)).toBe(true);
    expect(
      isSeasonal(
        Float64Array.from({ length: 96 }, () => random.normal()),
        12,
      ),
    ).toBe(false);
  });
});

describe("exponential smoothing", () => {
  it("continues a line with a season that has no noise", () => {
    const { values } = forecastEts(fitEts(exact, 12), 12);
    for (const [step, value] of values.entries()) expect(Math.abs(value - (ahead[step] ?? 0))).toBeLessThan(2);
  });

  it("tries the fifteen forms that R's ets tries, and only additive ones where a value is not positive", () => {
    expect(admissibleForms(noisy, 12)).toHaveLength(15);
    expect(
      admissibleForms(
        noisy.map((value) => value - 200),
        12,
      ),
    ).toHaveLength(6);
    expect(admissibleForms(noisy, 1)).toHaveLength(6);
  });

  it("chooses a multiplicative season where the season grows with the level", () => {
    expect(fitEts(noisy, 12).form.season).toBe("M");
  });

  it("simple smoothing of steps around a level forecasts a flat line between them", () => {
    const steps = Float64Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? 10 : 12));
    const { values } = forecastEts(fitForm(steps, 1, { error: "A", trend: "N", season: "N" }, null), 3);
    expect(new Set(values).size).toBe(1);
    expect(Math.abs((values[0] ?? 0) - 11)).toBeLessThan(0.2);
  });
});

describe("Theta and the airline model", () => {
  it("Theta continues a line at half its slope from a level near its end", () => {
    const line = Float64Array.from({ length: 40 }, (_, at) => 5 + 2 * at);
    const { values } = theta(line, 1, 3);
    expect((values[1] ?? 0) - (values[0] ?? 0)).toBeCloseTo(1, 8);
    expect(Math.abs((values[0] ?? 0) - 84.5)).toBeLessThan(1);
  });

  it("the airline model continues a line with a season exactly", () => {
    const { values } = airline(exact, 12, 12);
    for (const [step, value] of values.entries()) expect(value).toBeCloseTo(ahead[step] ?? 0, 8);
  });
});

describe("forecasts of series", () => {
  const options = { season: 12, horizon: 12, level: 0.9 };

  it("scale with the series, as exactly as the search for the weights ends", () => {
    const [plain] = forecastSeries([noisy], options);
    const [scaled] = forecastSeries([noisy.map((value) => value * 1000)], options);
    for (const [step, value] of (plain?.values ?? []).entries())
      expect(Math.abs((scaled?.values[step] ?? 0) / value / 1000 - 1)).toBeLessThan(0.005);
  });

  it("hold interval around value, wider for a higher level", () => {
    const [narrow] = forecastSeries([noisy], { ...options, level: 0.5 });
    const [wide] = forecastSeries([noisy], { ...options, level: 0.99 });
    for (const [step, value] of (narrow?.values ?? []).entries()) {
      expect(narrow?.lower?.[step]).toBeLessThanOrEqual(value);
      expect(wide?.lower?.[step]).toBeLessThan(narrow?.lower?.[step] ?? 0);
      expect(wide?.upper?.[step]).toBeGreaterThan(narrow?.upper?.[step] ?? 0);
    }
  });

  it("are finite for anything: one value, all equal, zeros, negatives, one huge value, short of a season", () => {
    const hard = [
      [5],
      [5, 6],
      [5, 5, 5, 5, 5, 5, 5, 5],
      new Array(50).fill(0),
      Array.from({ length: 40 }, (_, at) => -at * 3 + (at % 12)),
      Array.from({ length: 40 }, (_, at) => (at === 20 ? 1e12 : 1)),
      Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? 0 : 7)),
      Array.from({ length: 13 }, (_, at) => at + 1),
      Array.from({ length: 30 }, (_, at) => 1e-9 * (1 + (at % 12))),
      Array.from({ length: 60 }, (_, at) => 1.5 ** at),
    ].map((values) => Float64Array.from(values));
    for (const season of [1, 7, 12]) {
      for (const [index, one] of forecastSeries(hard, { ...options, season }).entries()) {
        const all = [...one.values, ...(one.lower ?? []), ...(one.upper ?? [])];
        expect([index, season, all.every(Number.isFinite)]).toEqual([index, season, true]);
        if (hard[index]?.every((value) => value >= 0)) expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
        expect(one.lower === null).toBe((hard[index]?.length ?? 0) < 3);
      }
    }
  });
});
