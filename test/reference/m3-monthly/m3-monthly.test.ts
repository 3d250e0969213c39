import { beforeAll, expect, it } from "vitest";
import { forecastSeries, type SeriesForecast } from "../../../src/ml/forecast/forecast-series.ts";
import { seasonalNaive } from "../../../src/ml/forecast/simple-methods.ts";
import { theta } from "../../../src/ml/forecast/theta.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { columnOf } from "../../../src/tables/table.ts";
import { coverage, meanMase, meanSmape, type SplitSeries } from "../../support/forecast-errors.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const path = "m3_monthly/m3_monthly_odd.csv.gz";
const horizon = 18;

describeWithData(path, "forecasts of the M3 competition's monthly series (Makridakis and Hibon 2000)", () => {
  const series: SplitSeries[] = [];
  let forecasts: readonly SeriesForecast[] = [];

  beforeAll(async () => {
    const table = await readTable(sharedData(path));
    const rows = new Map<string, { train: number[]; test: number[] }>();
    const [names, splits, values] = ["sn", "split", "value"].map((name) => columnOf(table, name));
    for (const [row, name] of (names ?? []).entries()) {
      const own = rows.get(name) ?? { train: [], test: [] };
      rows.set(name, own);
      own[splits?.[row] === "test" ? "test" : "train"].push(Number(values?.[row]));
    }
    for (const { train, test } of rows.values())
      series.push({ train: Float64Array.from(train), test: Float64Array.from(test) });
    const options = { season: 12, horizon, level: 0.95 };
    forecasts = forecastSeries(
      series.map(({ train }) => train),
      options,
    );
  });

  it("the sets are the published ones: seasonal naive 17.835 and 1.192", () => {
    const naive = series.map(({ train }) => seasonalNaive(train, 12, horizon).values);
    expect(meanSmape(naive, series)).toBeCloseTo(17.835, 3);
    expect(meanMase(naive, series, 12)).toBeCloseTo(1.192, 3);
  });

  it("Theta as published: sMAPE 14.184", () => {
    const points = series.map(({ train }) => theta(train, 12, horizon).values);
    expect(Math.abs(meanSmape(points, series) - 14.184)).toBeLessThan(0.01);
  });

  it("the average reaches sMAPE 13.97 and MASE 0.86", () => {
    const points = forecasts.map(({ values }) => values);
    const [smape, mase] = [meanSmape(points, series), meanMase(points, series, 12)];
    console.log(`M3 monthly, 714 series: sMAPE ${smape.toFixed(3)} (Theta 14.184), MASE ${mase.toFixed(4)} (0.874)`);
    expect(smape).toBeLessThanOrEqual(13.97);
    expect(mase).toBeLessThanOrEqual(0.86);
  });

  it("95 % intervals hold 93 to 97 % of the months", () => {
    const share = coverage(forecasts, series);
    console.log(`M3 monthly: 95 % intervals hold ${(100 * share).toFixed(1)} %`);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });
});
