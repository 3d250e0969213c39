import { expect, it } from "vitest";
import { type Annotation, annotated, annotationSentence, annotationsWithin } from "./annotations.ts";
import type { ChartContext, Drawing } from "./drawing.ts";

const note = (first_on: string, last_on: string, text: string): Annotation => ({
  id: "1",
  kind: "note",
  first_on,
  last_on,
  text,
  made_by: "ada",
});
const sale = note("2025-03-03", "2025-03-05", "Spring sale");
const mail = note("2025-03-04", "2025-03-04", "Newsletter");
const days = ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06"];
const drawing = {
  option: { grid: { top: 12 }, series: [{ type: "line" }] },
  height: 280,
  points: days.map((day) => `${day}: 1`),
} as unknown as Drawing;
const context = {
  annotations: annotationsWithin([mail, sale], "2025-01-01", "2025-12-31"),
  tokens: {},
} as unknown as ChartContext;

it("letters the annotations by their day, and says each at every point it touches", () => {
  const { points, option, height } = annotated(drawing, days, "day", context);
  expect(points).toEqual([
    "2025-03-03: 1; note A: Spring sale",
    "2025-03-04: 1; note A: Spring sale; note B: Newsletter",
    "2025-03-05: 1; note A: Spring sale",
    "2025-03-06: 1",
  ]);
  expect(height).toBe(300);
  const [, marks] = option.series as unknown as [
    object,
    { markLine: { data: unknown[] }; markArea: { data: unknown[] } },
  ];
  expect(marks.markLine.data).toEqual([
    { xAxis: Date.UTC(2025, 2, 3), label: { formatter: "A" } },
    { xAxis: Date.UTC(2025, 2, 4), label: { formatter: "B" } },
  ]);
  expect(marks.markArea.data).toEqual([[{ xAxis: Date.UTC(2025, 2, 3) }, { xAxis: Date.UTC(2025, 2, 5) }]]);
});

it("keeps the letters of the list where the chart shows only some of it", () => {
  const { points } = annotated({ ...drawing, points: ["Thu"] }, ["2025-03-04"], "day", {
    ...context,
    annotations: [note("2025-03-01", "2025-03-01", "Before"), mail],
  });
  expect(points).toEqual(["Thu; note B: Newsletter"]);
});

it("draws a note inside the last month at that month's point, and leaves out what is not in the days", () => {
  const months = ["2025-02-01", "2025-03-01"];
  const { points, option } = annotated({ ...drawing, points: ["Feb", "Mar"] }, months, "month", context);
  expect(points).toEqual(["Feb", "Mar; note A: Spring sale; note B: Newsletter"]);
  const [, marks] = option.series as unknown as [object, { markLine: { data: { xAxis: number }[] } }];
  expect(marks.markLine.data.map(({ xAxis }) => xAxis)).toEqual([Date.UTC(2025, 2, 1), Date.UTC(2025, 2, 1)]);
  expect(annotationsWithin([sale], "2025-03-06", "2025-04-01")).toEqual([]);
  expect(annotated(drawing, ["2025-04-01"], "day", context)).toBe(drawing);
});

it("tells the first two in the sentence", () => {
  expect(annotationSentence([])).toBe("");
  expect(annotationSentence([sale, mail, mail])).toBe(
    " Noted: 3–5 Mar 2025, Spring sale; Tue 4 Mar 2025, Newsletter; and 1 more.",
  );
});
