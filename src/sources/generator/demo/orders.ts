import type { Random } from "../../../stats/random.ts";
import { DAY_MS } from "../day.ts";
import { drawBasket, plantedPairs, type Taste } from "./baskets.ts";
import { type Calendar, drawTimeOfDay } from "./calendar.ts";
import { type DemoShape, dayOf } from "./options.ts";
import {
  CANCELLED_SHARE,
  COUPON_PROBABILITY,
  COUPON_RATE,
  PREFERRED_CHANNEL_SHARE,
  PROPENSITY,
  RETURN_DAYS,
} from "./planted.ts";
import { type Article, type Assortment, priceOn } from "./products.ts";
import { activeDays, drawChannel, instant, orderExposure, type Shopper } from "./shoppers.ts";
import type { Channel, DemoOrder, DemoOrderLine, OrderStatus } from "./types.ts";

/** An order with who placed it; `bought` counts its positive lines, which come first. */
export interface PlacedOrder {
  readonly order: DemoOrder;
  readonly shopper: Shopper;
  readonly day: number;
  readonly bought: number;
}

interface Draft {
  readonly shopper: Shopper;
  readonly at: number;
}

/** Free delivery at home from 50 pounds; abroad always paid. */
function shippingFor(country: string, goodsMinor: number): number {
  if (country !== "GB") return 795;
  return goodsMinor >= 5_000 ? 0 : 395;
}

export function channelFor(shopper: Shopper, random: Random): Channel {
  return random.chance(PREFERRED_CHANNEL_SHARE) ? shopper.preferredChannel : drawChannel(random);
}

/** The intercept, log of orders per week, with which the expected number of orders is the one asked for. */
export function solveIntercept(shape: DemoShape, shoppers: readonly Shopper[], calendar: Calendar): number {
  let exposure = 0;
  for (const shopper of shoppers) {
    const { whenNew, later } = orderExposure(shopper, shape, calendar);
    exposure += shopper.orderRate * (whenNew + later);
  }
  return Math.log((7 * shape.orders) / exposure);
}

/** When each shopper orders: a Poisson process whose rate follows the drivers and the calendar. */
function drawTimes(shape: DemoShape, shoppers: readonly Shopper[], calendar: Calendar, random: Random): Draft[] {
  const weekly = Math.exp(solveIntercept(shape, shoppers, calendar));
  const drafts: Draft[] = [];
  for (const shopper of shoppers) {
    const [from, to] = activeDays(shopper, shape);
    const { newUntil, whenNew, later } = orderExposure(shopper, shape, calendar);
    const count = random.poisson((weekly * shopper.orderRate * (whenNew + later)) / 7);
    for (let order = 0; order < count; order++) {
      const isNew = random.uniform() * (whenNew + later) < whenNew;
      const day = isNew ? calendar.drawDay(random, from, newUntil) : calendar.drawDay(random, newUntil, to);
      drafts.push({ shopper, at: instant(shape, day, drawTimeOfDay(random)) });
    }
  }
  return drafts.sort((a, b) => a.at - b.at);
}

function quantityOf(article: Article, random: Random): number {
  const more = article.department.name === "pantry" ? 0.4 : 0.14;
  return 1 + (random.chance(more) ? 1 : 0) + (random.chance(more / 3) ? 1 : 0);
}

/** A return of a line, or null when it stays or would come back after the last day. */
function drawReturn(line: DemoOrderLine, article: Article, shape: DemoShape, random: Random): DemoOrderLine | null {
  if (!random.chance(article.department.returnRate)) return null;
  const pieces = random.chance(0.8) ? line.quantity : random.integer(1, line.quantity);
  const days = random.integer(RETURN_DAYS.from, RETURN_DAYS.to);
  const returned_at = line.ordered_at + days * DAY_MS + random.integer(-6 * 3_600_000, 6 * 3_600_000);
  if (returned_at >= shape.end) return null;
  return {
    ...line,
    ordered_at: returned_at,
    quantity: -pieces,
    discount_minor: Math.round((line.discount_minor * pieces) / line.quantity),
  };
}

/** Status at the end of the last day, from the age of the order. */
function statusAt(end: number, orderedAt: number, random: Random): OrderStatus {
  if (random.chance(CANCELLED_SHARE)) return "cancelled";
  const days = (end - orderedAt) / DAY_MS;
  if (days < 0.2) return "created";
  if (days < 1.5) return "paid";
  return days < 5 ? "shipped" : "delivered";
}

function placeOrder(
  order_id: string,
  { shopper, at }: Draft,
  basket: readonly Article[],
  shape: DemoShape,
  calendar: Calendar,
  random: Random,
): PlacedOrder {
  const day = dayOf(shape, at);
  const sale = calendar.campaign(day);
  const { segment, country, customer_id } = shopper.customer;
  const hasCoupon = sale === null && random.chance(COUPON_PROBABILITY[segment]);
  const rate = sale?.discountRate ?? (hasCoupon ? COUPON_RATE : 0);
  const bought = basket.map((article, index): DemoOrderLine => {
    const unit_price_minor = priceOn(article, day);
    const quantity = quantityOf(article, random);
    return {
      line_id: `${order_id}-${index + 1}`,
      ordered_at: at,
      product_id: article.product.product_id,
      quantity,
      unit_price_minor,
      discount_minor: Math.round(unit_price_minor * quantity * rate),
      unit_cost_minor: article.product.cost_minor,
    };
  });
  let status = statusAt(shape.end, at, random);
  const returns: DemoOrderLine[] = [];
  bought.forEach((line, index) => {
    const article = basket[index];
    const back = status === "delivered" && article ? drawReturn(line, article, shape, random) : null;
    if (back) returns.push({ ...back, line_id: `${order_id}-${bought.length + returns.length + 1}` });
  });
  const pieces = [...bought, ...returns].reduce((sum, line) => sum + line.quantity, 0);
  if (pieces === 0) status = "returned";
  const goods = bought.reduce((sum, line) => sum + line.quantity * line.unit_price_minor - line.discount_minor, 0);
  const order: DemoOrder = {
    order_id,
    ordered_at: at,
    status,
    customer_id,
    channel: channelFor(shopper, random),
    country,
    currency: "GBP",
    tax_minor: Math.round(goods * shopper.taxRate),
    shipping_minor: shippingFor(country, goods),
    lines: [...bought, ...returns],
  };
  return { order, shopper, day, bought: bought.length };
}

/** Makes the year's orders in order of time, returns included. See {@link PROPENSITY} for what drives them. */
export function createOrders(
  shape: DemoShape,
  assortment: Assortment,
  shoppers: readonly Shopper[],
  calendar: Calendar,
  taste: Taste,
  random: Random,
): readonly PlacedOrder[] {
  const pairs = plantedPairs(assortment);
  return drawTimes(shape, shoppers, calendar, random).map((draft, index) => {
    const basket = drawBasket(taste, pairs, draft.shopper, dayOf(shape, draft.at), random);
    return placeOrder(`O${100_001 + index}`, draft, basket, shape, calendar, random);
  });
}
