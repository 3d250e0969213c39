import type { Random } from "../../../stats/random.ts";
import { meanLength, sessionLengths } from "../session-length.ts";
import type { Calendar } from "./calendar.ts";
import type { DemoShape } from "./options.ts";
import type { PlacedOrder } from "./orders.ts";
import {
  ANONYMOUS_SHARE,
  CART_EVENT_SHARE,
  CHURN_TAPER,
  EVENT_MIX,
  MEAN_SESSION_LENGTH,
  RESEARCH_SHARE,
} from "./planted.ts";
import { activeDays, type Shopper } from "./shoppers.ts";

/** A visit to come: nobody signed in (`shopper` null), a customer, or one with an order in mind or in hand. */
export interface Visit {
  readonly shopper: Shopper | null;
  /** The order placed in this visit (`isOrdering`) or prepared by it; null for a look around. */
  readonly placed: PlacedOrder | null;
  readonly isOrdering: boolean;
}

/** All visits by day, and what their events have to be like for the whole stream to have the planted mix. */
export interface VisitPlan {
  readonly days: readonly (readonly Visit[])[];
  /** Probabilities of 1, 2, ... views and carts in a visit without an order. */
  readonly lengths: Float64Array;
  /** Probability that an event after the first of an intent visit is a cart. */
  readonly cartRate: number;
}

/** Views of the other kind in a visit with an order, beside one or more of each product bought. */
export const MEAN_EXTRA_VIEWS = 3;
/** Chance of a second view of a product that is bought. */
export const SECOND_VIEW_SHARE = 0.5;

/** Share of visits with an intent to buy: shoppers who order more have it more often, but it never exceeds one half. */
export function intentOf(visit: Visit): number {
  if (visit.placed !== null) return 0.5;
  return visit.shopper === null ? 0.08 : Math.min(0.45, 0.12 * (1 + visit.shopper.orderRate) ** 0.5);
}

/** Visits a shopper makes without an order, relative to the other shoppers. */
function visitWeight(shopper: Shopper, shape: DemoShape, calendar: Calendar): number {
  const [from, to] = activeDays(shopper, shape);
  return shopper.visitRate * (calendar.busyBefore(to) - calendar.busyBefore(from));
}

/** A churner's visits thin out in the days before the end. */
function isTapered(shopper: Shopper, day: number, random: Random): boolean {
  const isLate = shopper.churnedDay !== null && day >= shopper.churnedDay - CHURN_TAPER.days;
  return isLate && !random.chance(CHURN_TAPER.visitMultiplier);
}

/**
 * Plans the visits of the year: one for every order, some to prepare it, and as many others as the planted mix needs.
 */
export function planVisits(
  shape: DemoShape,
  shoppers: readonly Shopper[],
  orders: readonly PlacedOrder[],
  calendar: Calendar,
  random: Random,
): VisitPlan {
  const days: Visit[][] = Array.from({ length: shape.days }, () => []);
  const lines = Math.max(
    1,
    orders.reduce((sum, placed) => sum + placed.bought, 0),
  );
  const allEvents = lines / EVENT_MIX.purchase;
  const allVisits = allEvents / MEAN_SESSION_LENGTH;
  const inOrderVisits = lines * (2 + SECOND_VIEW_SHARE + CART_EVENT_SHARE) + orders.length * MEAN_EXTRA_VIEWS;
  const lengths = sessionLengths(Math.max(1.2, (allEvents - inOrderVisits) / (allVisits - orders.length)));

  let intent = 0;
  let made = 0;
  const add = (day: number, visit: Visit) => {
    days[day]?.push(visit);
    if (visit.isOrdering) return;
    made++;
    intent += intentOf(visit);
  };
  for (const placed of orders) {
    add(placed.day, { shopper: placed.shopper, placed, isOrdering: true });
    if (!random.chance(RESEARCH_SHARE)) continue;
    for (let visit = random.integer(1, 2); visit > 0; visit--) {
      const day = placed.day - random.integer(1, 7);
      if (day >= Math.max(0, placed.shopper.registeredDay))
        add(day, { shopper: placed.shopper, placed, isOrdering: false });
    }
  }
  const others = allVisits - orders.length - made;
  const weights = shoppers.map((shopper) => visitWeight(shopper, shape, calendar));
  const perWeight = (others * (1 - ANONYMOUS_SHARE)) / weights.reduce((sum, weight) => sum + weight, 0);
  shoppers.forEach((shopper, index) => {
    const [from, to] = activeDays(shopper, shape);
    for (let visit = random.poisson(perWeight * (weights[index] ?? 0)); visit > 0; visit--) {
      const day = calendar.drawDay(random, from, to);
      if (!isTapered(shopper, day, random)) add(day, { shopper, placed: null, isOrdering: false });
    }
  });
  while (made < Math.round(allVisits - orders.length)) {
    add(calendar.drawDay(random, 0, shape.days), { shopper: null, placed: null, isOrdering: false });
  }
  const carts = (allEvents * EVENT_MIX.cart_add - lines * CART_EVENT_SHARE) / Math.max(1, intent);
  return { days, lengths, cartRate: Math.min(0.6, carts / (meanLength(lengths) - 1)) };
}
