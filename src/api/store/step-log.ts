/** What shoppers do on the store's routes, in the event log: the funnel is complete without a page's help. */
import type { StoreCall } from "./define.ts";

type Step = "cart_add" | "cart_remove" | "wishlist_add" | "wishlist_remove" | "checkout_start" | "purchase" | "review";

interface About {
  readonly articleId?: number;
  readonly orderId?: number;
  readonly quantity?: number;
  readonly priceMinor?: number;
}

/** Logs one step of this request's visitor. */
export async function logStep(call: StoreCall<unknown, unknown, unknown>, step: Step, about: About): Promise<void> {
  const { store, session, shopper } = call;
  await store.logEvent({
    event_type: step,
    visitor_id: session.visitorId,
    session_id: session.visitorId,
    ...(shopper === null ? {} : { customer_id: shopper.customer_id }),
    ...(about.articleId === undefined ? {} : { article_id: about.articleId }),
    ...(about.orderId === undefined ? {} : { order_id: about.orderId }),
    ...(about.quantity === undefined ? {} : { quantity: about.quantity }),
    ...(about.priceMinor === undefined ? {} : { price_minor: about.priceMinor }),
    channel: "store",
  });
}
