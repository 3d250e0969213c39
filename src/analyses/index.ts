/** The catalogue: one line per analysis, in the order of the dashboard. */
import { associationRules } from "./basket/association-rules/association-rules.ts";
import { frequentlyBoughtTogether } from "./basket/frequently-bought-together/frequently-bought-together.ts";
import { productPairs } from "./basket/product-pairs/product-pairs.ts";
import { clvHistorical } from "./customers/clv-historical/clv-historical.ts";
import { cohortRetention } from "./customers/cohort-retention/cohort-retention.ts";
import { cohortRevenue } from "./customers/cohort-revenue/cohort-revenue.ts";
import { customer360 } from "./customers/customer-360/customer-360.ts";
import { inactiveCustomers } from "./customers/inactive-customers/inactive-customers.ts";
import { ltvTiers } from "./customers/ltv-tiers/ltv-tiers.ts";
import { purchaseFrequency } from "./customers/purchase-frequency/purchase-frequency.ts";
import { rfmGrid } from "./customers/rfm-grid/rfm-grid.ts";
import { rfmMigration } from "./customers/rfm-migration/rfm-migration.ts";
import { rfmScores } from "./customers/rfm-scores/rfm-scores.ts";
import { rfmSegments } from "./customers/rfm-segments/rfm-segments.ts";
import { survival } from "./customers/survival/survival.ts";
import { currencies } from "./data/currencies/currencies.ts";
import { dataQuality } from "./data/data-quality/data-quality.ts";
import { eventMix } from "./data/event-mix/event-mix.ts";
import { eventVolume } from "./data/event-volume/event-volume.ts";
import { freshness } from "./data/freshness/freshness.ts";
import { pipelineRuns } from "./data/pipeline-runs/pipeline-runs.ts";
import { priceHistogram } from "./data/price-histogram/price-histogram.ts";
import { rejects } from "./data/rejects/rejects.ts";
import { sourceHealth } from "./data/source-health/source-health.ts";
import { storage } from "./data/storage/storage.ts";
import { trackingPlanViolations } from "./data/tracking-plan-violations/tracking-plan-violations.ts";
import { trafficQuality } from "./data/traffic-quality/traffic-quality.ts";
import type { Analysis } from "./define.ts";
import { experimentBaseline } from "./experiments/experiment-baseline/experiment-baseline.ts";
import { experiments } from "./experiments/experiments/experiments.ts";
import { funnel } from "./funnel/funnel/funnel.ts";
import { funnelBreakdown } from "./funnel/funnel-breakdown/funnel-breakdown.ts";
import { funnelLosses } from "./funnel/funnel-losses/funnel-losses.ts";
import { paths } from "./funnel/paths/paths.ts";
import { searchTerms } from "./funnel/search-terms/search-terms.ts";
import { timeToConvert } from "./funnel/time-to-convert/time-to-convert.ts";
import { churn } from "./models/churn/churn.ts";
import { clvPredicted } from "./models/clv-predicted/clv-predicted.ts";
import { customerSegments } from "./models/customer-segments/customer-segments.ts";
import { forecast } from "./models/forecast/forecast.ts";
import { modelDrift } from "./models/model-drift/model-drift.ts";
import { modelRuns } from "./models/model-runs/model-runs.ts";
import { productPropensity } from "./models/product-propensity/product-propensity.ts";
import { propensity } from "./models/propensity/propensity.ts";
import { propensityEvaluation } from "./models/propensity-evaluation/propensity-evaluation.ts";
import { recommendationEvaluation } from "./models/recommendation-evaluation/recommendation-evaluation.ts";
import { recommendations } from "./models/recommendations/recommendations.ts";
import { reviewAspects } from "./models/review-aspects/review-aspects.ts";
import { reviewSentiment } from "./models/review-sentiment/review-sentiment.ts";
import { suspiciousReviews } from "./models/suspicious-reviews/suspicious-reviews.ts";
import { uplift } from "./models/uplift/uplift.ts";
import { upliftEvaluation } from "./models/uplift-evaluation/uplift-evaluation.ts";
import { anomalies } from "./overview/anomalies/anomalies.ts";
import { dailyKpis } from "./overview/daily-kpis/daily-kpis.ts";
import { kpiSummary } from "./overview/kpi-summary/kpi-summary.ts";
import { newVsReturning } from "./overview/new-vs-returning/new-vs-returning.ts";
import { abandonedCarts } from "./products/abandoned-carts/abandoned-carts.ts";
import { availabilityForecast } from "./products/availability-forecast/availability-forecast.ts";
import { brandComparison } from "./products/brand-comparison/brand-comparison.ts";
import { brandTrends } from "./products/brand-trends/brand-trends.ts";
import { cartAbandonment } from "./products/cart-abandonment/cart-abandonment.ts";
import { inventoryAlerts } from "./products/inventory-alerts/inventory-alerts.ts";
import { priceHistory } from "./products/price-history/price-history.ts";
import { product360 } from "./products/product-360/product-360.ts";
import { productConversion } from "./products/product-conversion/product-conversion.ts";
import { productDemand } from "./products/product-demand/product-demand.ts";
import { revenueByAttribute } from "./products/revenue-by-attribute/revenue-by-attribute.ts";
import { stockHistory } from "./products/stock-history/stock-history.ts";
import { acquisition } from "./sales/acquisition/acquisition.ts";
import { categoryMarginMonthly } from "./sales/category-margin-monthly/category-margin-monthly.ts";
import { discounts } from "./sales/discounts/discounts.ts";
import { offerAttribution } from "./sales/offer-attribution/offer-attribution.ts";
import { orderCharges } from "./sales/order-charges/order-charges.ts";
import { priceBands } from "./sales/price-bands/price-bands.ts";
import { reconciliation } from "./sales/reconciliation/reconciliation.ts";
import { refunds } from "./sales/refunds/refunds.ts";
import { revenueByCategory } from "./sales/revenue-by-category/revenue-by-category.ts";
import { revenueByChannel } from "./sales/revenue-by-channel/revenue-by-channel.ts";
import { revenueByCountry } from "./sales/revenue-by-country/revenue-by-country.ts";
import { revenueOverTime } from "./sales/revenue-over-time/revenue-over-time.ts";
import { seasonality } from "./sales/seasonality/seasonality.ts";
import { topProducts } from "./sales/top-products/top-products.ts";
import { weekdayHour } from "./sales/weekday-hour/weekday-hour.ts";
import { sessionComparison } from "./sessions/session-comparison/session-comparison.ts";
import { sessionTrends } from "./sessions/session-trends/session-trends.ts";

export const catalogue: readonly Analysis[] = [
  kpiSummary,
  dailyKpis,
  newVsReturning,
  anomalies,
  revenueOverTime,
  revenueByCategory,
  revenueByCountry,
  revenueByChannel,
  reconciliation,
  topProducts,
  acquisition,
  offerAttribution,
  categoryMarginMonthly,
  discounts,
  refunds,
  orderCharges,
  weekdayHour,
  priceBands,
  seasonality,
  funnel,
  funnelBreakdown,
  funnelLosses,
  timeToConvert,
  paths,
  searchTerms,
  productConversion,
  cartAbandonment,
  abandonedCarts,
  brandTrends,
  brandComparison,
  product360,
  priceHistory,
  inventoryAlerts,
  availabilityForecast,
  productDemand,
  stockHistory,
  revenueByAttribute,
  sessionComparison,
  sessionTrends,
  rfmScores,
  rfmSegments,
  rfmGrid,
  rfmMigration,
  ltvTiers,
  clvHistorical,
  survival,
  purchaseFrequency,
  inactiveCustomers,
  customer360,
  cohortRetention,
  cohortRevenue,
  associationRules,
  productPairs,
  frequentlyBoughtTogether,
  propensity,
  propensityEvaluation,
  churn,
  uplift,
  upliftEvaluation,
  forecast,
  clvPredicted,
  customerSegments,
  reviewSentiment,
  reviewAspects,
  suspiciousReviews,
  modelRuns,
  modelDrift,
  recommendations,
  recommendationEvaluation,
  productPropensity,
  experiments,
  experimentBaseline,
  dataQuality,
  priceHistogram,
  eventMix,
  eventVolume,
  storage,
  trackingPlanViolations,
  pipelineRuns,
  rejects,
  sourceHealth,
  freshness,
  trafficQuality,
  currencies,
] as readonly unknown[] as readonly Analysis[];

export const findAnalysis = (name: string): Analysis | undefined =>
  catalogue.find((analysis) => analysis.name === name);
