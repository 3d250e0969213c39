import { expect, it } from "vitest";
import { forecastSeries } from "../../../src/ml/forecast/forecast-series.ts";
import { readSeries } from "../../../src/ml/forecast/read-series.ts";
import { seasonalNaive } from "../../../src/ml/forecast/simple-methods.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { meanMase } from "../../support/forecast-errors.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const path = "aus_retail/aus_retail_dev.csv.gz";
const horizon = 24;

describeWithData(path, "forecasts of Australian retail turnover (ABS 8501.0)", () => {
  it("have a mean MASE at least a fifth below the seasonal naive's", async () => {
    const { values } = readSeries(await readTable(sharedData(path)), "SeriesID", "Month", "Turnover");
    const series = values
      .filter((one) => one.length >= 60)
      .map((one) => ({ train: one.slice(0, -horizon), test: one.slice(-horizon) }));
    const naive = meanMase(
      series.map(({ train }) => seasonalNaive(train, 12, horizon).values),
      series,
      12,
    );
    expect(naive).toBeCloseTo(1.4645, 4);
    const forecasts = forecastSeries(
      series.map(({ train }) => train),
      { season: 12, horizon, level: 0.95 },
    );
    const own = meanMase(
      forecasts.map((one) => one.values),
      series,
      12,
    );
    console.log(
      `Australian retail, 75 series: MASE ${own.toFixed(4)}, ${(100 * (1 - own / naive)).toFixed(1)} % below ${naive.toFixed(4)}`,
    );
    expect(own).toBeLessThanOrEqual(0.8 * naive);
  });
});
