import { createRandom } from "../../../stats/random.ts";
import { createTaste } from "./baskets.ts";
import { createCalendar } from "./calendar.ts";
import { makeEvents } from "./events.ts";
import { demoShape } from "./options.ts";
import { createOrders } from "./orders.ts";
import { createAssortment } from "./products.ts";
import { createReviews } from "./reviews.ts";
import { createShoppers } from "./shoppers.ts";
import { createTruth, type DemoTruth } from "./truth.ts";
import type { DemoCustomer, DemoEvent, DemoOptions, DemoOrder, DemoProduct, DemoReview } from "./types.ts";
import { planVisits } from "./visits.ts";

/** A believable shop whose truth is known. */
export interface DemoShop {
  /** In order of registration. */
  readonly customers: readonly DemoCustomer[];
  readonly products: readonly DemoProduct[];
  /** In order of time. */
  readonly orders: readonly DemoOrder[];
  readonly reviews: readonly DemoReview[];
  readonly truth: DemoTruth;
  /** The clickstream in order of time, made while it is read; every call starts anew and gives the same events. */
  readonly events: () => Iterable<DemoEvent>;
}

/**
 * Makes the demo shop: by default 6,000 customers, 120 products in eight departments, a year of about 4,300 orders in
 * 12,000 lines, and the clickstream of about 750,000 events they come from.
 *
 * A pure function of its options: the same ones give the same shop on any machine. See `DemoOptions` for limits.
 */
export function createDemoShop(options: DemoOptions = {}): DemoShop {
  const shape = demoShape(options);
  const random = createRandom(shape.seed, 0x5409);
  const calendar = createCalendar(shape);
  const assortment = createAssortment(shape, random.fork(1));
  const shoppers = createShoppers(shape, random.fork(2));
  const taste = createTaste(assortment, calendar);
  const placed = createOrders(shape, assortment, shoppers, calendar, taste, random.fork(3));
  const reviews = createReviews(shape, assortment, placed, random.fork(4));
  const plan = planVisits(shape, shoppers, placed, calendar, random.fork(5));
  return {
    customers: shoppers.map(({ customer }) => customer),
    products: assortment.articles.map(({ product }) => product),
    orders: placed.map(({ order }) => order),
    reviews,
    truth: createTruth(shape, assortment, shoppers, placed, calendar),
    events: () =>
      makeEvents({ shape, assortment, taste: createTaste(assortment, calendar), plan, reviews }, random.fork(6)),
  };
}
