/**
 * The order that has been sent and not answered yet. It is kept in the browser before it is sent and forgotten when the answer is
 * here, so that after a lost connection, or a reload, the same order is asked for again and never a second one.
 */
import type { PostalAddress } from "./shop-types.ts";
import { randomText } from "./visit.ts";

export interface OrderBody {
  /** The same key never orders twice. */
  readonly key: string;
  readonly address: PostalAddress;
  readonly email?: string;
  readonly coupon?: string;
  readonly method: string;
}

const place = "cartwright-pending-order";

/** What was sent and not answered; null when nothing was. */
export function pendingOrder(): OrderBody | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null") as OrderBody | null;
  } catch {
    return null;
  }
}

/** Keeps an order about to be sent; the key of one that was not answered is used again. */
export function keepPending(body: Omit<OrderBody, "key">): OrderBody {
  const order = { ...body, key: pendingOrder()?.key ?? randomText() };
  localStorage.setItem(place, JSON.stringify(order));
  return order;
}

export const forgetPending = (): void => localStorage.removeItem(place);
