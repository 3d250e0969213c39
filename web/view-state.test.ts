import { expect, test } from "vitest";
import type { CatalogueEntry } from "./catalogue-types.ts";
import { analysisParams, grainFor } from "./query-params.ts";
import {
  comparedDays,
  comparisonCaveat,
  coveredDays,
  effectiveCompare,
  initialView,
  periodDays,
  readView,
  setControl,
  toggleFilter,
  type ViewState,
  writeView,
} from "./view-state.ts";

const coverage = { first: "2019-10-01", last: "2020-02-19" };
const read = (text: string): ViewState => readView(new URLSearchParams(text));

const entry: CatalogueEntry = {
  name: "funnel",
  page: "funnel",
  title: "Funnel",
  question: "?",
  grain: "one row per step",
  hasPeriod: true,
  filters: ["brand"],
  datedBy: null,
  params: [
    {
      name: "basis",
      kind: "choice",
      meaning: "",
      default: "sessions",
      schema: { type: "string", enum: ["sessions", "customers"] },
    },
    { name: "steps", kind: "choices", meaning: "", default: ["view"], schema: { type: "array" } },
    {
      name: "grain",
      kind: "choice",
      meaning: "",
      default: "month",
      schema: { type: "string", enum: ["day", "week", "month"] },
    },
  ],
  columns: [],
  chart: { kind: "table" },
};

test("a whole view survives the address and comes back equal", () => {
  const view: ViewState = {
    period: { kind: "days", from: "2019-11-01", to: "2019-11-30" },
    compare: "custom",
    compareFrom: "2019-10-01",
    compareTo: "2019-10-30",
    filters: {
      category: ["a,b & c"],
      brand: ["samsung", "O'Neill", ""],
      channel: [],
      country: ["Côte d’Ivoire"],
      segment: [],
      traffic: ["people"],
    },
    controls: { funnel: { basis: "customers", steps: ["view", "purchase"] }, "daily-kpis": { show: "order_count" } },
    tables: ["funnel", "rfm-scores"],
    open: "funnel",
    explain: "funnel",
  };
  expect(read(writeView(view).toString())).toEqual(view);
});

test("the default view has an empty address, and an empty address is the default view", () => {
  expect(writeView(initialView).toString()).toBe("");
  expect(read("")).toEqual(initialView);
});

test("what the address cannot mean is left at its default", () => {
  expect(read("period=decade&compare=sideways&from=2019-13-45&to=x")).toEqual(initialView);
  expect(read("from=2019-11-30&to=2019-11-01").period).toEqual({ kind: "days", from: "2019-11-01", to: "2019-11-30" });
});

test("named periods end with the last day of the data and stay within it", () => {
  expect(periodDays({ kind: "preset", preset: "7d" }, coverage)).toEqual({ from: "2020-02-13", to: "2020-02-19" });
  expect(periodDays({ kind: "preset", preset: "12m" }, coverage)).toEqual({ from: "2019-10-01", to: "2020-02-19" });
  expect(periodDays({ kind: "preset", preset: "last_month" }, coverage)).toEqual({
    from: "2020-01-01",
    to: "2020-01-31",
  });
  expect(coveredDays({ kind: "days", from: "2019-01-01", to: "2021-01-01" }, coverage)).toEqual(coverage);
});

test("a bounded period is compared with the one before unless the reader says otherwise; everything is not", () => {
  expect(effectiveCompare(read("period=30d"))).toBe("previous");
  expect(effectiveCompare(read("period=30d&compare=none"))).toBe("none");
  expect(effectiveCompare(initialView)).toBe("none");
  expect(comparedDays(read("period=7d"), coverage)).toEqual({ from: "2020-02-06", to: "2020-02-12" });
  const older = { first: "2018-01-01", last: coverage.last };
  expect(comparedDays(read("period=7d&compare=year"), older)).toEqual({ from: "2019-02-14", to: "2019-02-20" });
});

test("a compared period before the first day is unknown, not zero, and is not asked for", () => {
  const year = read("period=7d&compare=year");
  expect(comparedDays(year, coverage)).toBeNull();
  expect(analysisParams(entry, year, coverage).has("compare")).toBe(false);
  expect(comparisonCaveat(year, coverage)).toContain("not compared");
  expect(comparisonCaveat(read("from=2019-10-31&to=2019-12-02"), coverage)).toContain(
    "of which there is data from 1 Oct 2019",
  );
  expect(comparisonCaveat(read("period=7d"), coverage)).toBe("");
});

test("a question carries half-open days, declared filters and parameters only", () => {
  const view = read(
    "from=2019-11-01&to=2019-11-30&compare=none&brand=a&brand=b,c&country=UK&funnel.basis=customers&funnel.made_up=1",
  );
  const search = analysisParams(entry, view, coverage);
  expect(search.get("period_start")).toBe("2019-11-01");
  expect(search.get("period_end")).toBe("2019-12-01");
  expect(search.getAll("brand")).toEqual(["a", "b,c"]);
  expect(search.has("country")).toBe(false);
  expect(search.get("basis")).toBe("customers");
  expect(search.has("made_up")).toBe(false);
  expect(search.has("compare")).toBe(false);
});

test("a single filter value with a comma is repeated, since only repeated keys keep their commas", () => {
  expect(analysisParams(entry, read("brand=b%2Cc"), coverage).getAll("brand")).toEqual(["b,c", "b,c"]);
});

test("a parameter a card fixes cannot be changed by the address", () => {
  const search = analysisParams(entry, read("funnel.basis=customers"), coverage, { basis: "sessions" });
  expect(search.getAll("basis")).toEqual(["sessions"]);
});

test("the grain suits the length of the period until the reader chooses one", () => {
  const daily = {
    ...entry,
    params: entry.params.map((param) => (param.name === "grain" ? { ...param, default: "day" } : param)),
  };
  expect(grainFor(daily, initialView, coverage)).toBe("week");
  expect(grainFor(daily, read("period=90d"), coverage)).toBe("day");
  expect(grainFor(entry, read("period=90d"), coverage)).toBe("week");
  expect(grainFor(entry, initialView, coverage)).toBe("month");
  expect(grainFor(entry, read("period=30d"), coverage)).toBe("week");
  expect(grainFor(entry, read("period=7d"), coverage)).toBe("day");
  expect(grainFor(entry, read("period=7d&funnel.grain=month"), coverage)).toBe("month");
});

test("a filter value is added once and taken away by the same click", () => {
  const once = toggleFilter(initialView, "brand", "samsung");
  expect(once.filters.brand).toEqual(["samsung"]);
  expect(toggleFilter(once, "brand", "samsung")).toEqual(initialView);
});

test("a control set back to its default leaves the address", () => {
  const set = setControl(initialView, "funnel", "basis", "customers");
  expect(writeView(set).toString()).toBe("funnel.basis=customers");
  expect(writeView(setControl(set, "funnel", "basis", null)).toString()).toBe("");
});
