/** The cloud that can be turned, and the network. */
import { describe, expect, it } from "vitest";
import type { Row } from "../catalogue-types.ts";
import { createFormat } from "../format.ts";
import { catalogue } from "../generated/catalogue.ts";
import { light } from "../tokens.ts";
import { rfmCloudDrawing } from "./cloud.ts";
import { createColorOf } from "./colors.ts";
import type { ChartContext } from "./drawing.ts";
import { networkDrawing, networkOf, networkSentence } from "./network.ts";
import { edges, projected } from "./projection.ts";

function contextOf(name: string): ChartContext {
  const entry = catalogue.find((one) => one.name === name);
  if (!entry) throw new Error(`no analysis ${name}`);
  const format = createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "UTC" });
  return { entry, tokens: light, format, colorOf: createColorOf(light.series), width: 800, covered: null, grain: null };
}

describe("a body seen from outside", () => {
  it("falls on paper as plane geometry says", () => {
    // From the front and level: what is behind is hidden by what is before it.
    expect(projected([0.5, 1, -0.25], { around: 0, above: 0 })).toEqual([0.5, -0.25]);
    // From above: the depth becomes the height.
    const [x, y] = projected([0.5, 1, -0.25], { around: 0, above: 90 });
    expect([x, y]).toEqual([0.5, expect.closeTo(1, 12)]);
    // A quarter turn brings what was behind to the right.
    expect(projected([0, 1, 0], { around: 90, above: 0 })).toEqual([expect.closeTo(1, 12), expect.closeTo(0, 12)]);
  });

  it("has the twelve edges of a box, each once and of one length", () => {
    expect(edges).toHaveLength(12);
    expect(new Set(edges.map((edge) => JSON.stringify(edge))).size).toBe(12);
    for (const [from, to] of edges)
      expect(from.reduce((sum, value, axis) => sum + Math.abs(value - (to[axis] ?? 0)), 0)).toBe(2);
  });
});

describe("the cloud of customers", () => {
  const customer = (id: string, recency: number, frequency: number, money: number, segment = "Loyal"): Row => ({
    customer_id: id,
    customer_name: null,
    recency_days: recency,
    frequency,
    monetary_minor: money,
    rfm_segment: segment,
  });
  const rows = [
    customer("a", 10, 1, 100),
    customer("b", 20, 2, 1_000_000, "Champions"),
    customer("c", 30, 3, 10_000),
    customer("free", 30, 3, 0),
  ];
  type Scatter = { type: string; name: string; data: readonly (readonly [number, number])[] };
  const scatters = (option: unknown): readonly Scatter[] =>
    (Reflect.get(Object(option), "series") as readonly Scatter[]).filter(({ type }) => type === "scatter");

  it("shows each customer once, those off a logarithmic axis counted in the notes", () => {
    const drawing = rfmCloudDrawing(rows, contextOf("rfm-scores"));
    expect(scatters(drawing.option).map(({ name, data }) => [name, data.length])).toEqual([
      ["Champions", 1],
      ["Loyal", 2],
    ]);
    expect(drawing.notes.join(" ")).toContain("Without 1 who brought no money.");
  });

  it("turns without losing a point, and a full turn brings all back", () => {
    const { turning, option } = rfmCloudDrawing(rows, contextOf("rfm-scores"));
    if (!turning) throw new Error("it cannot be turned");
    const { around, above } = turning.first;
    const turned = scatters(turning.turned({ around: around + 90, above }));
    expect(turned.map(({ data }) => data.length)).toEqual([1, 2]);
    expect(turned[1]?.data).not.toEqual(scatters(option)[1]?.data);
    const back = scatters(turning.turned({ around: around + 360, above }));
    const rounded = (series: readonly Scatter[]) =>
      series.map(({ data }) => data.map((at) => at.map((value) => value.toFixed(9))));
    expect(rounded(back)).toEqual(rounded(scatters(option)));
  });
});

describe("the network of products", () => {
  const pair = (a: string, b: string, count: number): Row => ({
    product_a_id: a,
    product_a_name: a.toUpperCase(),
    product_b_id: b,
    product_b_name: null,
    pair_count: count,
    support_rate: 0.1,
  });
  const rows = [pair("tea", "milk", 9), pair("tea", "cup", 4), pair("hat", "scarf", 2)];

  it("adds up the lines of each product", () => {
    expect(networkOf(rows).nodes).toEqual([
      { id: "tea", name: "TEA", orders: 13, links: 2 },
      { id: "milk", name: "milk", orders: 9, links: 1 },
      { id: "cup", name: "cup", orders: 4, links: 1 },
      { id: "hat", name: "HAT", orders: 2, links: 1 },
      { id: "scarf", name: "scarf", orders: 2, links: 1 },
    ]);
  });

  it("says what it shows, for the ear too", () => {
    const context = contextOf("product-pairs");
    expect(networkSentence(rows, context)).toBe(
      "TEA is bought with 2 of the 5 products shown; the strongest pair is TEA and milk, in 9 orders.",
    );
    expect(networkDrawing(rows, context).points[0]).toBe("TEA: bought with 2 of these, most with milk");
    expect(networkSentence([], context)).toBe("");
  });

  it("keeps the sixty strongest pairs", () => {
    const many = Array.from({ length: 80 }, (_, at) => pair(`p${at}`, "hub", 80 - at));
    const { links, nodes } = networkOf(many);
    expect([links.length, links.at(-1)?.orders, nodes.length]).toEqual([60, 21, 61]);
    expect(networkDrawing(many, contextOf("product-pairs")).notes).toContain("The 60 strongest pairs.");
  });
});
