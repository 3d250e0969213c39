/**
 * What shoppers do, in the event log: the funnel is complete without a page's help. Only for browsers that have agreed; orders,
 * carts and wishlists are kept for everyone, as the shop could not work without them. A purchase is logged by the store when
 * it is paid.
 */
import type { FastifyRequest } from "fastify";
import type { StoreCall } from "./define.ts";

type Step = "cart_add" | "cart_remove" | "wishlist_add" | "wishlist_remove" | "checkout_start" | "review";

interface About {
  readonly articleId?: number;
  readonly quantity?: number;
  readonly priceMinor?: number;
}

/** The visit a page says it is in, by `x-visit-id`; null when it does not say. */
export function visitOf(request: FastifyRequest): string | null {
  const given = request.headers["x-visit-id"];
  return typeof given === "string" && /^[\w-]{1,100}$/.test(given) ? given : null;
}

/** Logs one step of this request's visitor, when they have agreed. */
export async function logStep(call: StoreCall<unknown, unknown, unknown>, step: Step, about: About): Promise<void> {
  const { store, session, shopper, request } = call;
  if (session.consent !== true) return;
  await store.logEvent({
    event_type: step,
    visitor_id: session.visitorId,
    session_id: visitOf(request) ?? session.visitorId,
    ...(shopper === null ? {} : { customer_id: shopper.customer_id }),
    ...(about.articleId === undefined ? {} : { article_id: about.articleId }),
    ...(about.quantity === undefined ? {} : { quantity: about.quantity }),
    ...(about.priceMinor === undefined ? {} : { price_minor: about.priceMinor }),
    channel: "store",
  });
}
