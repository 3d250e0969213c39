import { expect, test } from "vitest";
import type { Row } from "../catalogue-types.ts";
import { createFormat } from "../format.ts";
import { type Fixture, fixtureDays, fixtures } from "../gallery/fixtures.ts";
import { dark, light } from "../tokens.ts";
import { sumOf } from "../values.ts";
import { createColorOf } from "./colors.ts";
import { draw } from "./draw.ts";
import type { ChartContext, Drawing } from "./drawing.ts";
import { funnelSteps } from "./funnel.ts";
import { contrast, textOn } from "./heat-colors.ts";
import { cellsOf } from "./heatmap-cells.ts";
import { leaderboardLines } from "./leaderboard.ts";
import { labelOffsets } from "./line.ts";
import { isUnfinished, shortPeriodText, weekends } from "./periods.ts";
import { rfmCells } from "./rfm-grid.ts";
import { needsLog } from "./scatter.ts";
import { weeklyMean } from "./smooth.ts";
import { sparklinePath, thinned } from "./sparkline.ts";
import { summary } from "./summary.ts";
import { tilesOf } from "./tiles.ts";
import { tooltipHtml } from "./tooltip.ts";

const format = createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "Europe/London" });
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

function fixture(title: string): Fixture {
  const found = fixtures.find((one) => one.title === title);
  if (!found) throw new Error(`no fixture ${title}`);
  return found;
}

const contextOf = ({ entry }: Fixture): ChartContext => ({
  entry,
  tokens: light,
  format,
  colorOf: createColorOf(light.series),
  width: 800,
  covered: fixtureDays,
  grain: null,
});

function drawn(title: string): Drawing {
  const one = fixture(title);
  const drawing = draw(one.entry.chart, one.rows, contextOf(one));
  if (!drawing) throw new Error(`${title} is no canvas chart`);
  return drawing;
}

interface DrawnSeries {
  readonly data: readonly never[];
  readonly label: { readonly formatter: (at: { dataIndex: number }) => string };
  readonly lineStyle: { readonly color: string };
}

function seriesOf(drawing: Drawing, index = 0): DrawnSeries {
  const series = (drawing.option.series as readonly DrawnSeries[])[index];
  if (!series) throw new Error(`no series ${index}`);
  return series;
}
const told = (title: string): string =>
  plain(summary(fixture(title).entry.chart, fixture(title).rows, contextOf(fixture(title))));

test("every fixture is drawn and told without an undefined, a NaN or a null in its words", () => {
  for (const one of fixtures) {
    const context = contextOf(one);
    const drawing = draw(one.entry.chart, one.rows, context);
    const words = [
      summary(one.entry.chart, one.rows, context),
      ...(drawing?.points ?? []),
      ...(drawing?.notes ?? []),
    ].join(" ");
    expect(words, one.title).not.toMatch(/undefined|NaN|null|Infinity/);
    if (one.rows.length > 0) expect(words.length, one.title).toBeGreaterThan(10);
  }
});

test("bars start at zero, whatever the smallest value", () => {
  expect(drawn("Bars").option.xAxis).toMatchObject({ min: 0 });
  expect(drawn("Bars by month").option.yAxis).toMatchObject({ min: 0 });
  expect(drawn("Bars below zero").option.xAxis).not.toMatchObject({ min: 0 });
});

test("an unknown bar is labelled with a dash and has no length", () => {
  expect(seriesOf(drawn("Bars with unknown")).label.formatter({ dataIndex: 1 })).toBe("–");
  expect(drawn("Bars with unknown").points[1]).toContain("–");
});

test("months that the period holds only in part are hatched and said so", () => {
  const drawing = drawn("Bars by month");
  const bars = seriesOf(drawing).data as readonly { itemStyle: { decal?: unknown } }[];
  expect(bars.map((bar) => bar.itemStyle.decal !== undefined)).toEqual([true, true, true, false, true]);
  expect(drawing.points[4]).toContain("unfinished");
});

test("an unknown day is a gap in the line, not a zero", () => {
  const line = seriesOf(drawn("Line with a gap"));
  const values = (line.data as readonly [number, number | null][]).map(([, value]) => value);
  expect(values.slice(10, 13)).toEqual([null, null, null]);
  expect(line).toMatchObject({ connectNulls: false });
});

test("the compared period is the dashed twin in the same hue", () => {
  const [now, before] = [seriesOf(drawn("Line compared")), seriesOf(drawn("Line compared"), 1)];
  expect(before.lineStyle).toMatchObject({ type: "dashed", color: now.lineStyle.color });
  expect(plain(drawn("Line compared").points[0] ?? "")).toContain("+17.6 %");
});

test("up to four lines carry their names, more get a legend that toggles", () => {
  expect(drawn("Lines by brand").option.legend).toMatchObject({ show: false });
  expect(seriesOf(drawn("Lines by brand"))).toHaveProperty("endLabel");
  expect(drawn("Lines with a legend").option.legend).toMatchObject({ type: "scroll" });
});

test("a weekly mean needs seven known days in a row", () => {
  const points = Array.from({ length: 9 }, (_, index) => ({ day: `2019-11-0${index + 1}`, value: index + 1 }));
  expect(weeklyMean(points).map((point) => point.value)).toEqual([null, null, null, null, null, null, 4, 5, 6]);
  expect(weeklyMean(points.filter((_, index) => index !== 4)).every((point) => point.value === null)).toBe(true);
});

test("direct labels never overlap", () => {
  const line = (value: number) => ({
    name: "",
    column: "",
    color: "",
    before: [],
    points: [{ day: "2019-11-01", value }],
  });
  const offsets = labelOffsets([line(100), line(99), line(10)]);
  expect(Math.abs((offsets[0] ?? 0) - (offsets[1] ?? 0))).toBeGreaterThan(10);
  expect(offsets[2]).toBe(0);
});

test("a funnel tells what was lost before each step, and nothing when steps are counted alone", () => {
  const { entry, rows } = fixture("Funnel");
  if (entry.chart.kind !== "funnel") throw new Error("not a funnel");
  const steps = funnelSteps(entry.chart, rows);
  expect(steps.map((step) => step.lost)).toEqual([null, 813_945, 144_640]);
  expect(told("Funnel")).toContain("largest drop is before “added to cart”, where 80.4 % leave");
  expect(drawn("Funnel counted alone").points.join()).toContain("counted alone");
});

test("raw event counts lose nobody between them", () => {
  const one = fixture("Funnel");
  if (one.entry.chart.kind !== "funnel") throw new Error("not a funnel");
  expect(funnelSteps(one.entry.chart, one.rows, true).map((step) => step.lost)).toEqual([null, null, null]);
  const words = summary(one.entry.chart, one.rows, { ...contextOf(one), isEventCount: true });
  expect(words).toContain("counted by itself");
  expect(words).not.toContain("leave");
});

test("open cohort cells are flagged, hold no rate and are not judged", () => {
  const one = fixture("Cohorts");
  if (one.entry.chart.kind !== "heatmap") throw new Error("not a heat map");
  const cells = cellsOf(one.entry.chart, one.rows, contextOf(one));
  const open = cells.cells.filter((cell) => cell.isOpen);
  expect(open).toHaveLength(6);
  expect(open.filter((cell) => cell.value === null)).toHaveLength(5);
  expect(cells.rows[0]).toMatchObject({ label: "Apr 2019", size: 900 });
  expect(cells.hasBaseColumn).toBe(true);
  expect(cells.most).toBeLessThan(1);
  expect(drawn("Cohorts").points.filter((point) => point.includes("not over yet"))).toHaveLength(5);
});

test("retention in the sentence is weighted by the size of the cohorts", () => {
  const rows: readonly Row[] = [
    { cohort_month: "2019-01-01", month_index: 0, cohort_size: 900, is_complete: true, retention_rate: 1 },
    { cohort_month: "2019-01-01", month_index: 1, cohort_size: 900, is_complete: true, retention_rate: 0.1 },
    { cohort_month: "2019-02-01", month_index: 0, cohort_size: 100, is_complete: true, retention_rate: 1 },
    { cohort_month: "2019-02-01", month_index: 1, cohort_size: 100, is_complete: true, retention_rate: 0.6 },
  ];
  const one = fixture("Cohorts");
  expect(plain(summary(one.entry.chart, rows, contextOf(one)))).toContain("15.0 % return");
});

test("text on every step of a heat map reads at 4.5 to 1 or better, in both themes", () => {
  for (const tokens of [light, dark]) {
    for (const step of tokens.sequential)
      expect(contrast(step, textOn(step, tokens)), step).toBeGreaterThanOrEqual(4.5);
  }
});

test("tokens keep their contrast: text 7 to 1, everything else 4.5 to 1", () => {
  for (const tokens of [light, dark]) {
    for (const ground of [tokens.surface, tokens.background]) {
      expect(contrast(tokens.text, ground)).toBeGreaterThanOrEqual(7);
      for (const color of [
        tokens.muted,
        tokens.accent,
        tokens.better,
        tokens.worse,
        tokens.caution,
        ...tokens.series,
      ]) {
        expect(contrast(color, ground), color).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

test("a period is named by its grain, not by its first day", () => {
  expect(shortPeriodText("2025-11-01", "month")).toBe("Nov 2025");
  expect(shortPeriodText("2025-11-03", "week")).toBe("3–9 Nov 2025");
  expect(shortPeriodText("2025-11-01", "day")).toBe("Sat 1 Nov 2025");
});

test("the recency by frequency grid has all 25 cells and loses no customer", () => {
  const { rows } = fixture("Recency by frequency");
  const cells = rfmCells(rows);
  expect(cells).toHaveLength(25);
  expect(cells.reduce((sum, cell) => sum + cell.customers, 0)).toBe(sumOf(rows, "customer_count"));
  expect(cells.filter((cell) => cell.customers === 0).every((cell) => cell.meanRevenue === null)).toBe(true);
});

test("a leaderboard's sure part never exceeds its bar, and unknown rates have no bar", () => {
  const { entry, rows } = fixture("Leaderboard");
  if (entry.chart.kind !== "leaderboard") throw new Error("not a leaderboard");
  const lines = leaderboardLines(entry.chart, rows);
  expect(lines[0]?.length).toBe(1);
  for (const line of lines) expect(line.sureLength ?? 0).toBeLessThanOrEqual(line.length);
  expect(lines.at(-1)).toMatchObject({ value: null, length: 0, sureLength: null });
  expect(told("Leaderboard")).toContain("at least 12.0 % with 95 % confidence");
});

test("tiles show changes against the compared period and leave figures about visits out of order-only shops", () => {
  const { entry, rows } = fixture("Tiles");
  if (entry.chart.kind !== "tiles") throw new Error("not tiles");
  const tiles = tilesOf(entry.chart, entry, rows, [], format, true);
  expect(plain(tiles[0]?.change?.text ?? "")).toBe("+11.1 % (£127 k)");
  expect(tiles[2]?.change?.verdict).toBe("worse");
  expect(tilesOf(entry.chart, entry, rows, [], format, false).map((tile) => tile.name)).not.toContain(
    "session_conversion_rate",
  );
});

test("a value keeps its colour while others come and go", () => {
  const book = new Map();
  const colorOf = createColorOf(light.series, book);
  const samsung = colorOf("brand", "samsung");
  for (const brand of ["apple", "xiaomi", "huawei", "sony"]) expect(colorOf("brand", brand)).not.toBe(samsung);
  expect(createColorOf(light.series, book)("brand", "samsung")).toBe(samsung);
});

test("names from the shop's data cannot become markup in a tooltip", () => {
  expect(tooltipHtml("<img src=x onerror=alert(1)>", [{ label: "<b>", value: '"' }])).not.toMatch(/<img|<b>/);
});

test("an axis is logarithmic only over more than two orders of positive values", () => {
  expect(needsLog([1, 5, 500])).toBe(true);
  expect(needsLog([0, 5, 500])).toBe(false);
  expect(needsLog([10, 50, 500])).toBe(false);
});

test("a period is unfinished when the data ends inside it", () => {
  expect(isUnfinished("2019-11-01", "month", { from: "2019-01-01", to: "2019-11-29" })).toBe(true);
  expect(isUnfinished("2019-11-01", "month", { from: "2019-01-01", to: "2019-11-30" })).toBe(false);
  expect(isUnfinished("2019-11-04", "week", { from: "2019-11-05", to: "2019-11-30" })).toBe(true);
  expect(isUnfinished("2019-11-04", "week", null)).toBe(false);
});

test("weekends are bands around Saturday and Sunday", () => {
  const bands = weekends("2019-11-04", "2019-11-12");
  expect(bands.map(([start]) => new Date(start).toISOString())).toEqual(["2019-11-08T12:00:00.000Z"]);
});

test("a small line has gaps where values are unknown, and long courses are averaged", () => {
  expect(sparklinePath([1, 2, null, 2, 1], 10, 10).match(/M/g)).toHaveLength(2);
  expect(sparklinePath([null, 3], 10, 10)).toBe("");
  expect(thinned([2, 4, 6, 8], 2)).toEqual([3, 7]);
});

test("sentences name the best whole period and how the last one moved", () => {
  expect(told("Line")).toBe(
    "Net revenue peaked at £1,449 on Wed 6 Nov 2019; on Sat 30 Nov 2019 it was £828, −10.7 % (£99.26) against the day before.",
  );
  expect(told("Bars")).toBe(
    "United Kingdom leads with £90.0 k net revenue, 40.8 % of all; Germany follows with £45.0 k.",
  );
  expect(told("Bars below zero")).not.toContain("of all");
  expect(told("Empty")).toBe("");
});

test("a forecast says the next period with its interval, in money", () => {
  expect(told("Forecast")).toBe(
    "The shop is expected to reach £1,200 in September 2019, between £900 and £1,500 in 95 of 100 cases.",
  );
});

test("a forecast joins the dashed part and the shaded interval to the last known value (by hand)", () => {
  const [, dashed, start, width] = (drawn("Forecast").option.series as readonly { data: readonly unknown[] }[]).map(
    ({ data }) => data.map((point) => (point as readonly (number | null)[])[1]),
  );
  expect(dashed).toEqual([null, 100_000, 120_000, 110_000]);
  expect(start).toEqual([100_000, 90_000, 70_000]);
  expect(width).toEqual([0, 60_000, 80_000]);
});
