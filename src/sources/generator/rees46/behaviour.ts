import { meanLength } from "../session-length.ts";

/** Events of the two published months, October and November 2019: share of all events. */
export const EVENT_MIX = { view: 0.949, cart: 0.036, purchase: 0.015 } as const;

/**
 * What a visitor with an intent to buy does next, as probabilities given the event before. A visit starts with a view;
 * what is left over is another view. Visitors without the intent only view.
 */
export interface Rees46Behaviour {
  readonly viewToCart: number;
  /** A purchase with no cart event before it: frequent in the published data. */
  readonly viewToPurchase: number;
  readonly cartToPurchase: number;
  /** The same product once more: a further purchase event is a further piece. */
  readonly purchaseToPurchase: number;
  /** Share of sessions with an intent, for the quarter of users who are buyers and for the others. */
  readonly buyerIntent: number;
  readonly otherIntent: number;
  readonly buyerShare: number;
}

const BUYER_SHARE = 0.25;
const BUYER_INTENT = 0.56;
const OTHER_INTENT = 0.08;
const CART_TO_PURCHASE = 0.27;
const PURCHASE_TO_PURCHASE = 0.06;

/** Expected carts and purchases of a session with an intent, over all lengths. */
function expectedEvents(
  lengths: Float64Array,
  viewToCart: number,
  viewToPurchase: number,
): [cart: number, purchase: number] {
  let view = 1;
  let cart = 0;
  let purchase = 0;
  let carts = 0;
  let purchases = 0;
  let atLeast = 1 - (lengths[0] ?? 0);
  for (let event = 1; event < lengths.length; event++) {
    const nextCart = view * viewToCart;
    const nextPurchase = view * viewToPurchase + cart * CART_TO_PURCHASE + purchase * PURCHASE_TO_PURCHASE;
    view = 1 - nextCart - nextPurchase;
    cart = nextCart;
    purchase = nextPurchase;
    carts += atLeast * cart;
    purchases += atLeast * purchase;
    atLeast -= lengths[event] ?? 0;
  }
  return [carts, purchases];
}

/**
 * Solves for the behaviour whose long-run event mix is {@link EVENT_MIX}.
 *
 * @param lengths probabilities of 1, 2, ... events a session
 */
export function solveBehaviour(lengths: Float64Array): Rees46Behaviour {
  const intent = BUYER_SHARE * BUYER_INTENT + (1 - BUYER_SHARE) * OTHER_INTENT;
  const events = meanLength(lengths);
  const wantedCarts = (EVENT_MIX.cart * events) / intent;
  const wantedPurchases = (EVENT_MIX.purchase * events) / intent;
  let viewToCart = 0.2;
  let viewToPurchase = 0.02;
  for (let step = 0; step < 100; step++) {
    const [carts, purchases] = expectedEvents(lengths, viewToCart, viewToPurchase);
    const fromView = purchases - CART_TO_PURCHASE * carts;
    viewToCart *= wantedCarts / carts;
    viewToPurchase *= (wantedPurchases - CART_TO_PURCHASE * wantedCarts) / fromView;
  }
  return {
    viewToCart,
    viewToPurchase,
    cartToPurchase: CART_TO_PURCHASE,
    purchaseToPurchase: PURCHASE_TO_PURCHASE,
    buyerIntent: BUYER_INTENT,
    otherIntent: OTHER_INTENT,
    buyerShare: BUYER_SHARE,
  };
}
