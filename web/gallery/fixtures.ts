/** Rows for every kind of chart in every state a shop can bring about; the gallery shows them and the tests read them. */
import type { CatalogueColumn, CatalogueEntry, Chart, Row, Unit } from "../catalogue-types.ts";

const units: readonly (readonly [RegExp, Unit])[] = [
  [/_minor$/, "money"],
  [/_rate$|_lower$/, "rate"],
  [/_count$|^frequency$|_size$/, "count"],
  [/_seconds$/, "seconds"],
  [/_on$/, "day"],
  [/_month$/, "month"],
  [/_days$/, "days"],
  [/_index$|^rank$|^hour$|^weekday$|^._score$/, "number"],
  [/^is_/, "flag"],
];

const columnFor = (name: string): CatalogueColumn => ({
  name,
  unit: units.find(([pattern]) => pattern.test(name))?.[1] ?? "text",
  meaning: `Shown for the gallery: ${name.replaceAll("_", " ")}`,
  isNullable: true,
});

/** A catalogue entry with the columns named, for a chart that no shop's catalogue carries. */
export function fixtureEntry(title: string, chart: Chart, columns: readonly string[]): CatalogueEntry {
  return {
    name: title.toLowerCase().replaceAll(" ", "-"),
    page: "gallery",
    title,
    question: title,
    grain: "one row per point",
    hasPeriod: true,
    filters: ["category", "brand", "channel", "country"],
    datedBy: null,
    params: [],
    columns: columns.map(columnFor),
    chart,
  };
}

export const fixtureDays = { from: "2019-11-01", to: "2019-11-30" } as const;

const day = (index: number): string => `2019-11-${String(index + 1).padStart(2, "0")}`;
const wave = (index: number): number =>
  Math.round(90_000 + 30_000 * Math.sin(index / 3) + (index % 7 > 4 ? 25_000 : 0));

const dailyRows: readonly Row[] = Array.from({ length: 30 }, (_, index) => ({
  day_on: day(index),
  net_revenue_minor: wave(index),
}));
const brands = ["samsung", "apple", "xiaomi", "huawei", "lucente", "sony"];
const longName =
  "Cordless hammer drill with two batteries, charger, case and a set of forty-two bits for wood, stone and metal";
const countries = ["United Kingdom", "Germany", "France", "EIRE", "Spain", "Netherlands"];

const lineChart: Chart = { kind: "line", x: "day_on", y: "net_revenue_minor" };
const brandChart: Chart = { kind: "line", x: "day_on", y: "purchase_count", series: "brand" };
const barChart: Chart = { kind: "bar", x: "country", y: "net_revenue_minor", horizontal: true };
const monthChart: Chart = { kind: "bar", x: "cohort_month", y: "order_count" };
const funnelChart: Chart = { kind: "funnel", step: "step_name", value: "entity_count", rate: "step_rate" };
const cohortChart: Chart = {
  kind: "heatmap",
  x: "month_index",
  y: "cohort_month",
  value: "retention_rate",
  complete: "is_complete",
  size: "cohort_size",
};
const hourChart: Chart = { kind: "heatmap", x: "hour", y: "weekday", value: "order_count" };
const scatterChart: Chart = {
  kind: "scatter",
  x: "recency_days",
  y: "frequency",
  size: "monetary_minor",
  series: "rfm_segment",
};
const gridChart: Chart = { kind: "heatmap", x: "r_score", y: "f_score", value: "customer_count" };
const leaderChart: Chart = {
  kind: "leaderboard",
  label: "product_name",
  value: "conversion_rate",
  lower: "conversion_rate_lower",
};
const tilesChart: Chart = {
  kind: "tiles",
  tiles: ["net_revenue_minor", "order_count", "refunds_minor", "session_conversion_rate"],
};

const cohortRows: readonly Row[] = Array.from({ length: 6 }, (_, cohort) =>
  Array.from({ length: 6 - cohort }, (_, month) => ({
    cohort_month: `2019-0${cohort + 4}-01`,
    month_index: month,
    cohort_size: 900 - cohort * 110,
    is_complete: cohort + month < 5,
    retention_rate: month === 0 ? 1 : cohort + month === 5 ? null : 0.38 / month + cohort * 0.015,
  })),
).flat();

const funnelRows: readonly Row[] = [
  { step_name: "view", entity_count: 1_012_345, step_rate: 1, overall_rate: 1 },
  { step_name: "cart_add", entity_count: 198_400, step_rate: 0.196, overall_rate: 0.196 },
  { step_name: "purchase", entity_count: 53_760, step_rate: 0.271, overall_rate: 0.0531 },
];

const productRows: readonly Row[] = Array.from({ length: 6 }, (_, index) => ({
  rank: index + 1,
  product_id: String(1000 + index),
  product_name: index === 2 ? longName : `Product ${index + 1}`,
  brand: brands[index] ?? null,
  category: "electronics.audio",
  viewing_session_count: 4000 >> index,
  conversion_rate: index === 5 ? null : 0.14 - index * 0.015,
  conversion_rate_lower: index === 5 ? null : 0.12 - index * 0.022,
}));

const customerRows: readonly Row[] = Array.from({ length: 60 }, (_, index) => {
  const segment = (["Champions", "Loyal", "New", "Lost"] as const)[index % 4] ?? "Lost";
  return {
    customer_id: String(index),
    recency_days: ((index * 37) % 180) + 1,
    frequency: 1 + ((index * 13) % 17),
    monetary_minor: 4000 + ((index * 7919) % 90_000),
    rfm_segment: segment,
  };
});

const gridRows: readonly Row[] = Array.from({ length: 18 }, (_, index) => ({
  r_score: 1 + (index % 5),
  f_score: 1 + Math.floor(index / 5),
  customer_count: 4 + ((index * 37) % 90),
  net_revenue_minor: (4 + ((index * 37) % 90)) * (4000 + index * 1500),
}));

export interface Fixture {
  readonly title: string;
  readonly entry: CatalogueEntry;
  readonly rows: readonly Row[];
  /** Draws the recency by frequency grid instead of the declared chart. */
  readonly isGrid?: boolean;
}

const compared = (rows: readonly Row[], dated: string | null, factor: number): readonly Row[] => [
  ...rows.map((row) => ({ ...row, period: "current" })),
  ...rows.map((row) => ({
    ...Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "number" && /_(minor|count)$/.test(name) ? Math.round(value * factor) : value,
      ]),
    ),
    period: "previous",
    ...(dated ? { aligned_on: row[dated] ?? null } : {}),
  })),
];

const make = (title: string, chart: Chart, rows: readonly Row[], columns: readonly string[]): Fixture => ({
  title,
  entry: fixtureEntry(title, chart, columns),
  rows,
});

const lineColumns = ["day_on", "net_revenue_minor"];
const barColumns = ["country", "net_revenue_minor"];
const tileColumns = ["net_revenue_minor", "order_count", "refunds_minor", "session_conversion_rate"];
const countryRows = countries.map((country, index) => ({
  country,
  net_revenue_minor: Math.round(9_000_000 / (index + 1)),
}));
const figures = {
  net_revenue_minor: 127_111_111,
  order_count: 18_234,
  refunds_minor: 4_123_456,
  session_conversion_rate: 0.0531,
};

const forecastChart: Chart = {
  kind: "forecast",
  x: "period_on",
  y: "value_minor",
  lower: "lower_minor",
  upper: "upper_minor",
  expected: "is_forecast",
  series: "series",
};
const forecastRow = (month: number, value: number, spread: number | null): Row => ({
  series: "total",
  period_on: `2019-${String(month).padStart(2, "0")}-01`,
  value_minor: value,
  lower_minor: spread === null ? null : value - spread,
  upper_minor: spread === null ? null : value + spread,
  is_forecast: spread !== null,
});
const forecastRows = [
  forecastRow(7, 90_000, null),
  forecastRow(8, 100_000, null),
  forecastRow(9, 120_000, 30_000),
  forecastRow(10, 110_000, 40_000),
];

const curveChart: Chart = {
  kind: "curve",
  x: "top_rate",
  y: ["gain_rate", "random_rate"],
  lower: "gain_lower",
  upper: "gain_upper",
};
const curveRows = [0, 0.25, 0.5, 0.75, 1].map((share) => {
  const gain_rate = 0.09 * share * (1.8 - share);
  const spread = 0.02 * Math.sqrt(share);
  return {
    top_rate: share,
    gain_rate,
    random_rate: 0.072 * share,
    gain_lower: gain_rate - spread,
    gain_upper: gain_rate + spread,
  };
});

export const fixtures: readonly Fixture[] = [
  make("Curve", curveChart, curveRows, Object.keys(curveRows[0] ?? {})),
  make("Forecast", forecastChart, forecastRows, Object.keys(forecastRows[0] ?? {})),
  make("Tiles", tilesChart, compared([figures], null, 0.9), tileColumns),
  make(
    "Tiles of unknown figures",
    tilesChart,
    [{ net_revenue_minor: null, order_count: 0, refunds_minor: null, session_conversion_rate: null }],
    tileColumns,
  ),
  make("Line", lineChart, dailyRows, lineColumns),
  make(
    "Line with a gap",
    lineChart,
    dailyRows.map((row, index) => (index > 9 && index < 13 ? { ...row, net_revenue_minor: null } : row)),
    lineColumns,
  ),
  make("Line compared", lineChart, compared(dailyRows, "day_on", 0.85), lineColumns),
  make("Line of one row", lineChart, dailyRows.slice(0, 1), lineColumns),
  make(
    "Line below zero",
    lineChart,
    dailyRows.map((row, index) => ({ ...row, net_revenue_minor: wave(index) - 100_000 })),
    lineColumns,
  ),
  make(
    "Lines by brand",
    brandChart,
    dailyRows.flatMap((row, index) =>
      brands.slice(0, 3).map((brand, place) => ({
        day_on: row.day_on ?? null,
        brand,
        purchase_count: Math.round(wave(index) / 400 / (place + 1)),
      })),
    ),
    ["day_on", "brand", "purchase_count"],
  ),
  make(
    "Lines with a legend",
    brandChart,
    dailyRows.flatMap((row, index) =>
      brands.map((brand, place) => ({
        day_on: row.day_on ?? null,
        brand,
        purchase_count: Math.round(wave(index) / 400 / (place + 1)),
      })),
    ),
    ["day_on", "brand", "purchase_count"],
  ),
  make("Bars", barChart, countryRows, barColumns),
  make("Bars compared", barChart, compared(countryRows, null, 0.8), barColumns),
  make(
    "Bars with long labels",
    barChart,
    [
      { country: longName, net_revenue_minor: 812_300 },
      { country: "Short", net_revenue_minor: 402_000 },
    ],
    barColumns,
  ),
  make(
    "Bars below zero",
    barChart,
    countryRows.map((row, index) => ({ ...row, net_revenue_minor: (index % 2 ? -1 : 1) * row.net_revenue_minor })),
    barColumns,
  ),
  make(
    "Bars with unknown",
    barChart,
    countryRows.map((row, index) => ({ ...row, net_revenue_minor: index === 1 ? null : row.net_revenue_minor })),
    barColumns,
  ),
  make("Bar of one row", barChart, countryRows.slice(0, 1), barColumns),
  make(
    "Bars by month",
    monthChart,
    [8, 9, 10, 11, 12].map((month) => ({
      cohort_month: `2019-${String(month).padStart(2, "0")}-01`,
      order_count: 4000 + month * 300,
    })),
    ["cohort_month", "order_count"],
  ),
  make("Funnel", funnelChart, funnelRows, ["step_name", "entity_count", "step_rate", "overall_rate"]),
  make(
    "Funnel counted alone",
    funnelChart,
    funnelRows.map((row) => ({ ...row, step_rate: null })),
    ["step_name", "entity_count", "step_rate", "overall_rate"],
  ),
  make("Cohorts", cohortChart, cohortRows, [
    "cohort_month",
    "month_index",
    "cohort_size",
    "is_complete",
    "retention_rate",
  ]),
  make(
    "Heat map",
    hourChart,
    Array.from({ length: 168 }, (_, index) => ({
      weekday: Math.floor(index / 24) + 1,
      hour: index % 24,
      order_count: Math.round(60 * Math.exp(-(((index % 24) - 15) ** 2) / 40)),
    })),
    ["weekday", "hour", "order_count"],
  ),
  make("Scatter", scatterChart, customerRows, [
    "customer_id",
    "recency_days",
    "frequency",
    "monetary_minor",
    "rfm_segment",
  ]),
  {
    ...make("Recency by frequency", gridChart, gridRows, ["r_score", "f_score", "customer_count", "net_revenue_minor"]),
    isGrid: true,
  },
  make("Leaderboard", leaderChart, productRows, [
    "rank",
    "product_id",
    "product_name",
    "brand",
    "category",
    "viewing_session_count",
    "conversion_rate",
    "conversion_rate_lower",
  ]),
  make("Table", { kind: "table" }, productRows, [
    "product_id",
    "product_name",
    "brand",
    "viewing_session_count",
    "conversion_rate",
  ]),
  make("Empty", lineChart, [], lineColumns),
];
