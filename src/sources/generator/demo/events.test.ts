import { beforeAll, describe, expect, it } from "vitest";
import { createDemoShop } from "./shop.ts";
import type { DemoEvent } from "./types.ts";

interface Session {
  readonly customer_id: string | null;
  readonly channel: string;
  core: number;
  readonly seen: Set<string>;
  readonly carted: Set<string>;
}

describe("the clickstream of the demo shop", () => {
  const shop = createDemoShop({ seed: 20 });
  const kinds = new Map<string, number>();
  const sessions = new Map<string, Session>();
  const purchases = new Map<string, DemoEvent[]>();
  const orderSessions = new Map<string, Set<string>>();
  const lastVisit = new Map<string, number>();
  const faults: string[] = [];
  let events = 0;
  let withoutCart = 0;
  let withoutView = 0;
  let returning = 0;
  let last = 0;

  const isCore = (type: string) => type === "view" || type === "cart_add" || type === "purchase";

  function sessionOf(event: DemoEvent): Session {
    const found = sessions.get(event.session_id);
    if (found) {
      if (found.customer_id !== event.customer_id || found.channel !== event.channel) faults.push(event.event_id);
      return found;
    }
    const { customer_id, channel } = event;
    const made: Session = { customer_id, channel, core: 0, seen: new Set(), carted: new Set() };
    sessions.set(event.session_id, made);
    if (customer_id !== null && lastVisit.has(customer_id)) returning++;
    return made;
  }

  function takePurchase(event: DemoEvent, session: Session) {
    const { order_id, product_id } = event;
    if (order_id === null || product_id === null) return faults.push(event.event_id);
    purchases.set(order_id, [...(purchases.get(order_id) ?? []), event]);
    orderSessions.set(order_id, (orderSessions.get(order_id) ?? new Set()).add(event.session_id));
    if (!session.carted.has(product_id)) withoutCart++;
    if (!session.seen.has(product_id)) withoutView++;
  }

  beforeAll(() => {
    for (const event of shop.events()) {
      events++;
      if (event.event_at < last) faults.push(`${event.event_id} out of order`);
      last = event.event_at;
      kinds.set(event.event_type, (kinds.get(event.event_type) ?? 0) + 1);
      const session = sessionOf(event);
      if (isCore(event.event_type)) session.core++;
      if (event.event_type === "view") session.seen.add(event.product_id ?? "");
      if (event.event_type === "cart_add") session.carted.add(event.product_id ?? "");
      if (event.event_type === "purchase") takePurchase(event, session);
      else if (event.order_id !== null) faults.push(event.event_id);
      if (event.customer_id !== null && event.event_type !== "review") lastVisit.set(event.customer_id, event.event_at);
    }
  }, 60_000);

  it("is in order of time and each session has one customer and one channel", () => {
    expect(faults).toEqual([]);
    expect(events).toBeGreaterThan(600_000);
  });

  it("has 94.9 % views, 3.6 % carts and 1.5 % purchases among these, each within 0.25 points", () => {
    const counts = ["view", "cart_add", "purchase"].map((kind) => kinds.get(kind) ?? 0);
    const total = counts.reduce((sum, count) => sum + count, 0);
    [94.9, 3.6, 1.5].forEach((percent, index) => {
      expect(Math.abs((100 * (counts[index] ?? 0)) / total - percent)).toBeLessThan(0.25);
    });
  });

  it("has some of every other kind of event, together under 4 %", () => {
    const others = ["search", "cart_remove", "wishlist_add", "checkout_start", "review"].map(
      (kind) => kinds.get(kind) ?? 0,
    );
    for (const count of others) expect(count).toBeGreaterThan(1_000);
    expect(others.reduce((sum, count) => sum + count, 0) / events).toBeLessThan(0.04);
  });

  it("has 4.8 views, carts and purchases a session, median 2, with a long tail", () => {
    const lengths = [...sessions.values()].map(({ core }) => core).filter((core) => core > 0);
    lengths.sort((a, b) => a - b);
    const mean = lengths.reduce((sum, core) => sum + core, 0) / lengths.length;
    expect(Math.abs(mean - 4.8)).toBeLessThan(0.15);
    expect(lengths[lengths.length >> 1]).toBe(2);
    expect(lengths.at(-1)).toBeGreaterThan(100);
    expect(returning).toBeGreaterThan(0.5 * lengths.length);
  });

  it("has every order come out of one session whose purchases agree with its lines", () => {
    expect([...purchases.keys()].sort()).toEqual(shop.orders.map(({ order_id }) => order_id).sort());
    for (const order of shop.orders) {
      const bought = order.lines.filter(({ quantity }) => quantity > 0);
      expect(orderSessions.get(order.order_id)?.size).toBe(1);
      expect(
        purchases.get(order.order_id)?.map(({ product_id, quantity, price_minor, event_at, customer_id, channel }) => ({
          product_id,
          quantity,
          price_minor,
          event_at,
          customer_id,
          channel,
        })),
      ).toEqual(
        bought.map((line) => ({
          product_id: line.product_id,
          quantity: line.quantity,
          price_minor: line.unit_price_minor,
          event_at: line.ordered_at,
          customer_id: order.customer_id,
          channel: order.channel,
        })),
      );
    }
  });

  it("has every purchase follow a view, and about 22 % of them no cart event", () => {
    const total = kinds.get("purchase") ?? 0;
    expect(withoutView).toBe(0);
    expect(Math.abs(withoutCart / total - 0.22)).toBeLessThan(0.03);
  });

  it("has carts left behind by sessions that buy nothing", () => {
    const buying = new Set([...orderSessions.values()].flatMap((ids) => [...ids]));
    const left = [...sessions].filter(([id, { carted }]) => carted.size > 0 && !buying.has(id)).length;
    expect(left).toBeGreaterThan(buying.size);
  });

  it("has no visit of a churner from the day of churning on, and visits of most customers before", () => {
    const { customers } = shop.truth.churners;
    expect(customers.length).toBeGreaterThan(300);
    const late = customers.filter(
      (churner) => (lastVisit.get(churner.customer_id) ?? 0) >= Date.parse(churner.churned_on),
    );
    expect(late).toEqual([]);
    expect(lastVisit.size).toBeGreaterThan(0.95 * shop.customers.length);
  });
});
