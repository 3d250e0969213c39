/** The catalogue: one line per analysis, in the order of the dashboard. */
import { associationRules } from "./basket/association-rules/association-rules.ts";
import { frequentlyBoughtTogether } from "./basket/frequently-bought-together/frequently-bought-together.ts";
import { productPairs } from "./basket/product-pairs/product-pairs.ts";
import { cohortRetention } from "./customers/cohort-retention/cohort-retention.ts";
import { rfmGrid } from "./customers/rfm-grid/rfm-grid.ts";
import { rfmScores } from "./customers/rfm-scores/rfm-scores.ts";
import { rfmSegments } from "./customers/rfm-segments/rfm-segments.ts";
import { dataQuality } from "./data/data-quality/data-quality.ts";
import { eventMix } from "./data/event-mix/event-mix.ts";
import { freshness } from "./data/freshness/freshness.ts";
import { pipelineRuns } from "./data/pipeline-runs/pipeline-runs.ts";
import { rejects } from "./data/rejects/rejects.ts";
import { storage } from "./data/storage/storage.ts";
import type { Analysis } from "./define.ts";
import { funnel } from "./funnel/funnel/funnel.ts";
import { dailyKpis } from "./overview/daily-kpis/daily-kpis.ts";
import { kpiSummary } from "./overview/kpi-summary/kpi-summary.ts";
import { brandTrends } from "./products/brand-trends/brand-trends.ts";
import { cartAbandonment } from "./products/cart-abandonment/cart-abandonment.ts";
import { productConversion } from "./products/product-conversion/product-conversion.ts";
import { categoryMarginMonthly } from "./sales/category-margin-monthly/category-margin-monthly.ts";
import { discounts } from "./sales/discounts/discounts.ts";
import { priceBands } from "./sales/price-bands/price-bands.ts";
import { refunds } from "./sales/refunds/refunds.ts";
import { revenueByCategory } from "./sales/revenue-by-category/revenue-by-category.ts";
import { revenueByChannel } from "./sales/revenue-by-channel/revenue-by-channel.ts";
import { revenueByCountry } from "./sales/revenue-by-country/revenue-by-country.ts";
import { revenueOverTime } from "./sales/revenue-over-time/revenue-over-time.ts";
import { topProducts } from "./sales/top-products/top-products.ts";
import { weekdayHour } from "./sales/weekday-hour/weekday-hour.ts";
import { sessionComparison } from "./sessions/session-comparison/session-comparison.ts";

export const catalogue: readonly Analysis[] = [
  kpiSummary,
  dailyKpis,
  revenueOverTime,
  revenueByCategory,
  revenueByCountry,
  revenueByChannel,
  topProducts,
  categoryMarginMonthly,
  discounts,
  refunds,
  weekdayHour,
  priceBands,
  funnel,
  productConversion,
  cartAbandonment,
  brandTrends,
  sessionComparison,
  rfmScores,
  rfmSegments,
  rfmGrid,
  cohortRetention,
  associationRules,
  productPairs,
  frequentlyBoughtTogether,
  dataQuality,
  eventMix,
  storage,
  pipelineRuns,
  rejects,
  freshness,
] as readonly unknown[] as readonly Analysis[];

export const findAnalysis = (name: string): Analysis | undefined =>
  catalogue.find((analysis) => analysis.name === name);
