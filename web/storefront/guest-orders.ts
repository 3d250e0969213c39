/** Orders placed without an account: this browser keeps the token that shows each, and nobody else has it. */
const place = "cartwright-guest-orders";

export interface GuestOrder {
  readonly order_id: number;
  readonly token: string;
}

export function guestOrders(): readonly GuestOrder[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? (kept as GuestOrder[]) : [];
  } catch {
    return [];
  }
}

export function keepGuestOrder(order: GuestOrder): void {
  const others = guestOrders().filter((one) => one.order_id !== order.order_id);
  localStorage.setItem(place, JSON.stringify([order, ...others].slice(0, 50)));
}

/** The header that shows a guest's order; empty for orders of an account. */
export function orderHeaders(orderId: number): Record<string, string> {
  const own = guestOrders().find((order) => order.order_id === orderId);
  return own ? { "x-order-token": own.token } : {};
}
