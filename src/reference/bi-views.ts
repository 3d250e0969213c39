/** The views for BI tools that ask an analysis: their SQL is the analysis's own, with its defaults written out. */
import type { Analysis } from "../analyses/define.ts";
import { findAnalysis } from "../analyses/index.ts";
import { sqlOf, type Values } from "../analyses/run.ts";
import { openScope } from "../warehouse/scopes.ts";

interface BiView {
  readonly name: string;
  readonly analysis: string;
  /** Parameters other than their defaults. */
  readonly values?: Values;
}

const all = 4_000_000_000;

const biViews: readonly BiView[] = [
  { name: "vw_daily_revenue", analysis: "revenue-over-time", values: { grain: "day" } },
  { name: "vw_revenue_by_channel", analysis: "revenue-by-channel" },
  { name: "vw_revenue_by_category", analysis: "revenue-by-category" },
  { name: "vw_category_margin_monthly", analysis: "category-margin-monthly" },
  { name: "vw_customer_rfm_scores", analysis: "rfm-scores" },
  { name: "vw_cohort_retention", analysis: "cohort-retention" },
  { name: "vw_product_pairs", analysis: "product-pairs", values: { limit: all } },
  { name: "mv_sales_funnel", analysis: "funnel" },
  { name: "mv_product_conversion_rates", analysis: "product-conversion", values: { min_views: 1, limit: all } },
  { name: "mv_abandoned_carts", analysis: "abandoned-carts", values: { limit: all } },
  { name: "mv_user_session_analytics", analysis: "session-comparison" },
  { name: "mv_brand_popularity_trends", analysis: "brand-trends", values: { limit: all } },
];

/** Defaults that depend on the data, as a view must compute them. */
const dataDefaults: Readonly<Record<string, string>> = {
  first_day: "assumeNotNull((select min(day_on) from agg_daily))",
  day_after_last: "assumeNotNull((select max(day_on) + 1 from agg_daily))",
  day_after_last_order: "assumeNotNull((select max(ordered_on) + 1 from fct_orders where has_positive_line))",
  "90_days_before_last_order": "assumeNotNull((select max(ordered_on) - 89 from fct_orders where has_positive_line))",
};

const quoted = (text: unknown): string => `'${String(text).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** A value as SQL of its declared type. */
function literal(value: unknown, type: string): string {
  if (typeof value === "string" && type === "Date") return dataDefaults[value] ?? `toDate(${quoted(value)})`;
  if (type === "Identifier") return String(value);
  if (Array.isArray(value)) return `cast([${value.map(quoted).join(", ")}], ${quoted(type)})`;
  if (typeof value === "boolean") return String(value);
  return type === "String" ? quoted(value) : `cast(${quoted(value)}, ${quoted(type)})`;
}

function viewOf({ name, analysis: analysisName, values = {} }: BiView): string {
  const analysis = findAnalysis(analysisName) as Analysis;
  const defaults = Object.fromEntries(
    Object.entries(analysis.allParams).map(([param, { default: fallback }]) => [param, fallback]),
  );
  const given: Values = { ...openScope, time_zone: "UTC", ...defaults, ...values };
  const sql = sqlOf(analysis, given)
    .replace(/^\s*--.*\n/gm, "")
    .replace(/\{(\w+):((?:[^{}])+)\}/g, (_, param: string, type: string) => literal(given[param], type.trim()));
  const changed = Object.entries(values).map(([param, value]) => `${param}=${value}`);
  const how = ["all days of the data", ...changed].join(", ");
  return `-- Grain: ${analysis.grain}. The analysis ${analysisName} over ${how}; generated from it by \`npm run generate\`, not
-- to be edited.
create or replace view ${name} as
${sql.trim()}
`;
}

/** Path from the root -> text of each generated view. */
export const biViewFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(biViews.map((view) => [`src/warehouse/views/${view.name}.sql`, viewOf(view)]));

export const biViewNames: readonly string[] = biViews.map(({ name }) => name);
