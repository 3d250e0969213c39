import type { Channel, Segment } from "./types.ts";

/**
 * What is true of the demo shop by construction. Models and analyses are checked against these numbers, which are written
 * to `truth.json`. Months are January first, weekdays Sunday first.
 */

/** Orders and visits by month of the year, as a multiple of an average month. */
export const ORDER_SEASON = [0.82, 0.85, 0.92, 0.95, 1, 0.97, 0.9, 0.88, 0.98, 1.06, 1.34, 1.5] as const;

/** Orders and visits by weekday, as a multiple of an average day. */
export const WEEKDAY_SEASON = [1.18, 1.08, 1, 0.97, 0.95, 0.88, 0.94] as const;

/** Visits by hour of the day, UTC, in any unit. */
export const HOURS = [4, 2, 1, 1, 1, 2, 5, 9, 12, 14, 15, 16, 17, 16, 15, 15, 16, 18, 21, 24, 25, 21, 14, 8] as const;

/** Departments with a season: demand by month as a multiple of the department's own average. The others have none. */
export const SEASONAL_DEPARTMENTS: Readonly<Record<string, readonly number[]>> = {
  garden: [0.35, 0.5, 1.1, 2.1, 2.5, 1.9, 1.1, 0.8, 0.6, 0.4, 0.3, 0.35],
  toys: [0.55, 0.55, 0.6, 0.7, 0.7, 0.7, 0.75, 0.75, 0.8, 1.1, 2.3, 2.5],
  sports: [1.2, 0.8, 0.8, 0.95, 1.1, 1.7, 1.9, 1.6, 0.7, 0.5, 0.45, 0.3],
};

/** A sale: demand multiplied, every line discounted. Days are month and day, both ends included. */
export const CAMPAIGNS = [
  { name: "black friday", first: "11-24", last: "11-30", discountRate: 0.2, demandMultiplier: 1.9 },
  { name: "new year sale", first: "01-02", last: "01-12", discountRate: 0.15, demandMultiplier: 1.4 },
  { name: "summer sale", first: "06-20", last: "06-30", discountRate: 0.1, demandMultiplier: 1.3 },
] as const;

/** Outside sales a line carries a coupon with this probability, by segment. */
export const COUPON_PROBABILITY: Readonly<Record<Segment, number>> = {
  vip: 0.12,
  regular: 0.08,
  occasional: 0.06,
  bargain_hunter: 0.38,
};
export const COUPON_RATE = 0.1;

export const SEGMENT_SHARE: Readonly<Record<Segment, number>> = {
  vip: 0.08,
  regular: 0.37,
  occasional: 0.35,
  bargain_hunter: 0.2,
};

/** Share of visits by channel. */
export const CHANNEL_SHARE: Readonly<Record<Channel, number>> = {
  direct: 0.24,
  organic: 0.32,
  paid_search: 0.18,
  email: 0.14,
  social: 0.12,
};

/** Share of a customer's visits that come through the channel the customer prefers; the rest follow the shares above. */
export const PREFERRED_CHANNEL_SHARE = 0.65;

/**
 * Drivers of ordering: a customer's orders per week follow a Poisson law with rate
 * exp(intercept + sum of coefficient x feature) x seasons x a gamma factor of mean 1.
 */
export const PROPENSITY = {
  segment_vip: 1.2,
  segment_occasional: -0.9,
  segment_bargain_hunter: -0.2,
  prefers_email: 0.5,
  age_decades_above_40: -0.12,
  log_visits_per_week_over_median: 0.5,
  registered_within_60_days: 0.6,
} as const;
export const PROPENSITY_GAMMA_SHAPE = 2;
export const NEW_CUSTOMER_DAYS = 60;

/** Log-normal visits per week of a customer. */
export const VISITS_SIGMA = 0.7;

/** Share of customers who stop for good within the period, by segment. */
export const CHURN_SHARE: Readonly<Record<Segment, number>> = {
  vip: 0.08,
  regular: 0.16,
  occasional: 0.2,
  bargain_hunter: 0.24,
};
/** Before stopping, a churner visits less for some days. */
export const CHURN_TAPER = { days: 30, visitMultiplier: 0.35 } as const;

/**
 * When the first item is in a basket, the second is put in with this probability, if it is not there already. Names are of
 * items, without brand.
 */
export const ASSOCIATIONS = [
  { antecedent: "Running Shoes", consequent: "Running Socks", attachProbability: 0.5 },
  { antecedent: "Espresso Machine", consequent: "Espresso Beans 1 kg", attachProbability: 0.55 },
  { antecedent: "Yoga Mat", consequent: "Yoga Block Pair", attachProbability: 0.4 },
  { antecedent: "Smartphone", consequent: "Phone Case", attachProbability: 0.6 },
  { antecedent: "Two-Person Tent", consequent: "Sleeping Bag", attachProbability: 0.5 },
  { antecedent: "Repair Shampoo", consequent: "Repair Conditioner", attachProbability: 0.6 },
  { antecedent: "Raised Bed Kit", consequent: "Potting Compost 40 L", attachProbability: 0.65 },
  { antecedent: "Wooden Train Set", consequent: "Track Extension Pack", attachProbability: 0.45 },
] as const;

/** Demand for a product moves with (price / first price) to this power. */
export const PRICE_ELASTICITY = -1.2;
/** Share of products whose price changes within the period, once or twice, by up to this ratio either way. */
export const PRICE_CHANGE_SHARE = 0.4;
export const PRICE_CHANGE_RANGE = 0.22;

/** A customer orders from a favourite department this many times as much as another customer does. Each has two. */
export const FAVOURITE_MULTIPLIER = 4;

export const CANCELLED_SHARE = 0.03;
/** Days from order to return: uniform between these. */
export const RETURN_DAYS = { from: 4, to: 28 } as const;

/** Share of bought lines that get a review. Its rating is the product's quality plus noise, rounded to 1..5. */
export const REVIEW_SHARE = 0.2;
export const REVIEW_NOISE = 1.1;
/** A product sent back is rated lower by this much. */
export const RETURN_RATING_DROP = 1.8;

/** Views, carts and purchases as shares of these three; other kinds of event come on top. As REES46, Oct-Nov 2019. */
export const EVENT_MIX = { view: 0.949, cart_add: 0.036, purchase: 0.015 } as const;
/** Views, carts and purchases a session. */
export const MEAN_SESSION_LENGTH = 4.8;
/** Share of bought lines whose product was put into the cart by an event; the others were bought from the page. */
export const CART_EVENT_SHARE = 0.78;
/** Share of sessions without an order whose visitor has not signed in. */
export const ANONYMOUS_SHARE = 0.3;
/** An order follows visits that look at its products, one to seven days before, with this probability. */
export const RESEARCH_SHARE = 0.6;
