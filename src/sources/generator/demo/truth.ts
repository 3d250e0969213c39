import { plantedPairs } from "./baskets.ts";
import type { Calendar } from "./calendar.ts";
import { DEPARTMENTS } from "./items.ts";
import { type DemoShape, dayText } from "./options.ts";
import { type PlacedOrder, solveIntercept } from "./orders.ts";
import * as planted from "./planted.ts";
import { type Assortment, priceChanges } from "./products.ts";
import type { Shopper } from "./shoppers.ts";

/** Counts of one association over the distinct products bought in each order, cancelled orders included. */
function countPair(orders: readonly PlacedOrder[], antecedent: string, consequent: string) {
  let antecedent_count = 0;
  let consequent_count = 0;
  let pair_count = 0;
  for (const { order, bought } of orders) {
    const products = new Set(order.lines.slice(0, bought).map((line) => line.product_id));
    if (products.has(antecedent)) antecedent_count++;
    if (products.has(consequent)) consequent_count++;
    if (products.has(antecedent) && products.has(consequent)) pair_count++;
  }
  return { antecedent_count, consequent_count, pair_count };
}

function associations(assortment: Assortment, orders: readonly PlacedOrder[]) {
  return plantedPairs(assortment).map(({ antecedent, consequent, attachProbability }) => {
    const counts = countPair(orders, antecedent.product.product_id, consequent.product.product_id);
    const confidence = counts.antecedent_count === 0 ? null : counts.pair_count / counts.antecedent_count;
    return {
      antecedent: antecedent.product.product_id,
      antecedent_name: antecedent.product.name,
      consequent: consequent.product.product_id,
      consequent_name: consequent.product.name,
      attach_probability: attachProbability,
      order_count: orders.length,
      ...counts,
      confidence,
      lift: confidence === null ? null : (confidence * orders.length) / counts.consequent_count,
    };
  });
}

/** The months in which a department sells at least 1.5 times its average, as numbers from 1 to 12. */
function peakMonths(seasons: readonly number[]): readonly number[] {
  return seasons.flatMap((season, month) => (season >= 1.5 ? [month + 1] : []));
}

function churners(shape: DemoShape, shoppers: readonly Shopper[], orders: readonly PlacedOrder[]) {
  const counts = new Map<string, number>();
  for (const { order } of orders) counts.set(order.customer_id, (counts.get(order.customer_id) ?? 0) + 1);
  return shoppers.flatMap(({ customer, churnedDay }) =>
    churnedDay === null
      ? []
      : [
          {
            customer_id: customer.customer_id,
            churned_on: dayText(shape, churnedDay),
            order_count: counts.get(customer.customer_id) ?? 0,
          },
        ],
  );
}

/** What is true of a shop by construction, with units, as written to `truth.json`. */
export function createTruth(
  shape: DemoShape,
  assortment: Assortment,
  shoppers: readonly Shopper[],
  orders: readonly PlacedOrder[],
  calendar: Calendar,
) {
  return {
    about:
      "What is true of this generated shop by construction. Money is in minor units of `currency`, days are UTC, rates and shares are ratios, months run 1..12, monthly and weekly multipliers are relative to an average month or day (January first, Sunday first).",
    shop: {
      seed: shape.seed,
      first_day: shape.firstDay,
      last_day: dayText(shape, shape.days - 1),
      days: shape.days,
      currency: "GBP",
      time_zone: "UTC",
      customer_count: shoppers.length,
      product_count: assortment.articles.length,
      order_count: orders.length,
      order_line_count: orders.reduce((sum, { order }) => sum + order.lines.length, 0),
    },
    clickstream: {
      meaning:
        "Shares of view, cart_add and purchase among these three; their mean number a session; share of bought lines with a cart event.",
      event_mix: planted.EVENT_MIX,
      mean_session_length: planted.MEAN_SESSION_LENGTH,
      cart_event_share: planted.CART_EVENT_SHARE,
      research: {
        meaning: "Share of orders with one or two visits looking at their products one to seven days before.",
        share: planted.RESEARCH_SHARE,
      },
      channel_share: planted.CHANNEL_SHARE,
      preferred_channel_share: planted.PREFERRED_CHANNEL_SHARE,
    },
    associations: {
      meaning:
        "When the antecedent is in a basket the consequent is added with attach_probability. Counts, confidence and lift are over distinct products bought per order, all orders.",
      pairs: associations(assortment, orders),
    },
    propensity: {
      meaning:
        "Orders per week ~ Poisson(exp(intercept + sum coefficient x feature) x gamma x seasons). Features are 0/1, except decades of age above 40 and the natural log of visits a week relative to the median customer.",
      unit: "natural log of orders per customer and week",
      intercept: solveIntercept(shape, shoppers, calendar),
      coefficients: planted.PROPENSITY,
      gamma: { shape: planted.PROPENSITY_GAMMA_SHAPE, mean: 1 },
      new_customer_days: planted.NEW_CUSTOMER_DAYS,
    },
    seasons: {
      orders_by_month: planted.ORDER_SEASON,
      orders_by_weekday: planted.WEEKDAY_SEASON,
      categories: Object.entries(planted.SEASONAL_DEPARTMENTS).map(([category, by_month]) => ({
        category,
        peak_months: peakMonths(by_month),
        by_month,
      })),
    },
    campaigns: planted.CAMPAIGNS.map(({ name, first, last, discountRate, demandMultiplier }) => ({
      name,
      first_month_day: first,
      last_month_day: last,
      discount_rate: discountRate,
      demand_multiplier: demandMultiplier,
    })),
    coupons: { discount_rate: planted.COUPON_RATE, probability_by_segment: planted.COUPON_PROBABILITY },
    churners: {
      meaning:
        "Customers with no visit and no order on churned_on or later, except reviews of earlier orders. In the 30 days before, visits fall to visit_multiplier.",
      taper: { days: planted.CHURN_TAPER.days, visit_multiplier: planted.CHURN_TAPER.visitMultiplier },
      share_by_segment: planted.CHURN_SHARE,
      customers: churners(shape, shoppers, orders),
    },
    prices: {
      meaning: "Demand for a product follows (price / first price) ^ elasticity.",
      elasticity: planted.PRICE_ELASTICITY,
      changes: priceChanges(assortment, shape),
    },
    returns: {
      meaning:
        "Probability that a bought line of a delivered order comes back, by category; days after the order, both ends included.",
      rate_by_category: Object.fromEntries(DEPARTMENTS.map(({ name, returnRate }) => [name, returnRate])),
      days: planted.RETURN_DAYS,
      cancelled_share: planted.CANCELLED_SHARE,
    },
    reviews: {
      meaning: "Rating = round(quality + normal noise), 1..5; lower by return_drop when the product was sent back.",
      share_of_lines: planted.REVIEW_SHARE,
      noise_standard_deviation: planted.REVIEW_NOISE,
      return_drop: planted.RETURN_RATING_DROP,
      quality: Object.fromEntries(assortment.articles.map(({ product, quality }) => [product.product_id, quality])),
    },
  };
}

export type DemoTruth = ReturnType<typeof createTruth>;
