import type { Random } from "../../../stats/random.ts";
import { type AliasTable, buildAliasTable } from "../alias-table.ts";
import { DAY_MS } from "../day.ts";
import type { Taste } from "./baskets.ts";
import { drawTimeOfDay } from "./calendar.ts";
import { type DemoShape, dayOf } from "./options.ts";
import { channelFor } from "./orders.ts";
import { type Assortment, priceOn } from "./products.ts";
import { browsingSteps, orderingSteps, type Step, type StepSources } from "./session-steps.ts";
import { drawChannel, instant } from "./shoppers.ts";
import type { Channel, DemoEvent, DemoReview } from "./types.ts";
import type { Visit, VisitPlan } from "./visits.ts";

/** An event with its time, waiting for its day to be put in order. */
interface Draft {
  readonly at: number;
  readonly step: Step;
  readonly session_id: string;
  readonly customer_id: string | null;
  readonly order_id: string | null;
  readonly channel: Channel;
}

const MEAN_PAUSE_MS = 38_000;

/** What the clickstream is made from. */
export interface EventSources {
  readonly shape: DemoShape;
  readonly assortment: Assortment;
  readonly taste: Taste;
  readonly plan: VisitPlan;
  readonly reviews: readonly DemoReview[];
}

/** Times of a visit's steps: pauses are exponential; purchases of one order share its time and end the visit. */
function timesOf(visit: Visit, steps: readonly Step[], shape: DemoShape, day: number, random: Random): number[] {
  const pauses = steps.map(() => 1_000 + Math.floor(random.exponential(MEAN_PAUSE_MS)));
  const times: number[] = [];
  if (visit.isOrdering && visit.placed !== null) {
    let at = visit.placed.order.ordered_at;
    const dayStart = instant(shape, day, 0);
    for (let index = steps.length - 1; index >= 0; index--) {
      if (steps[index]?.type !== "purchase") at = Math.max(dayStart, at - (pauses[index] ?? 0));
      times[index] = at;
    }
    return times;
  }
  let at = instant(shape, day, drawTimeOfDay(random));
  for (const pause of pauses) {
    times.push(Math.min(at, shape.end - 1));
    at += pause;
  }
  return times;
}

function draftVisit(
  visit: Visit,
  session_id: string,
  day: number,
  shape: DemoShape,
  sources: StepSources,
  random: Random,
) {
  const steps = (visit.isOrdering ? orderingSteps : browsingSteps)(visit, day, sources, random);
  const times = timesOf(visit, steps, shape, day, random);
  const order = visit.isOrdering ? (visit.placed?.order ?? null) : null;
  const customer_id = visit.shopper?.customer.customer_id ?? null;
  const channel = order?.channel ?? (visit.shopper === null ? drawChannel(random) : channelFor(visit.shopper, random));
  return steps.map((step, index): Draft => {
    const order_id = step.type === "purchase" ? (order?.order_id ?? null) : null;
    return { at: times[index] ?? 0, step, session_id, customer_id, order_id, channel };
  });
}

function draftReview(review: DemoReview, session_id: string, assortment: Assortment): Draft {
  const article = assortment.byProductId.get(review.product_id) ?? null;
  const properties = JSON.stringify({ rating: review.rating, review_id: review.review_id });
  const step: Step = { type: "review", article, quantity: null, properties };
  return {
    at: review.reviewed_at,
    step,
    session_id,
    customer_id: review.customer_id,
    order_id: null,
    channel: "email",
  };
}

function finish(draft: Draft, number: number, shape: DemoShape): DemoEvent {
  const { step } = draft;
  return {
    event_id: `E${String(number).padStart(8, "0")}`,
    event_at: draft.at,
    event_type: step.type,
    customer_id: draft.customer_id,
    session_id: draft.session_id,
    product_id: step.article?.product.product_id ?? null,
    price_minor: step.article === null ? null : priceOn(step.article, dayOf(shape, draft.at)),
    quantity: step.quantity,
    order_id: draft.order_id,
    channel: draft.channel,
    properties: step.properties,
  };
}

/**
 * The clickstream in order of time, made a day at a time so that it is never held whole. Every order comes out of one
 * session, whose purchase events carry its number, products, quantities and list prices.
 */
export function* makeEvents(
  { shape, assortment, taste, plan, reviews }: EventSources,
  random: Random,
): Generator<DemoEvent> {
  const lengths: AliasTable = buildAliasTable(plan.lengths);
  const sources: StepSources = { taste, assortment, lengths, cartRate: plan.cartRate };
  let pending: Draft[] = [];
  let sessions = 0;
  let events = 0;
  let nextReview = 0;
  const sessionId = () => `S${String(++sessions).padStart(7, "0")}`;
  for (let day = 0; day < shape.days; day++) {
    const end = instant(shape, day, DAY_MS);
    for (const visit of plan.days[day] ?? [])
      pending.push(...draftVisit(visit, sessionId(), day, shape, sources, random));
    for (; (reviews[nextReview]?.reviewed_at ?? end) < end; nextReview++) {
      const review = reviews[nextReview];
      if (review) pending.push(draftReview(review, sessionId(), assortment));
    }
    pending.sort((a, b) => a.at - b.at);
    const later = pending.findIndex((draft) => draft.at >= end);
    const due = later === -1 ? pending : pending.slice(0, later);
    pending = later === -1 ? [] : pending.slice(later);
    for (const draft of due) yield finish(draft, ++events, shape);
  }
  for (const draft of pending) yield finish(draft, ++events, shape);
}
