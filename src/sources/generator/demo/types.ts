/**
 * The demo shop. Rows carry the names and units of the files they are written to: `_minor` hundredths of a pound, `_at`
 * milliseconds since 1970 in UTC, `_on` a calendar day in UTC.
 */

export const CHANNELS = ["direct", "organic", "paid_search", "email", "social"] as const;
export type Channel = (typeof CHANNELS)[number];

export const SEGMENTS = ["vip", "regular", "occasional", "bargain_hunter"] as const;
export type Segment = (typeof SEGMENTS)[number];

export type OrderStatus = "created" | "paid" | "shipped" | "delivered" | "cancelled" | "returned";

export type EventType =
  | "view"
  | "search"
  | "cart_add"
  | "cart_remove"
  | "wishlist_add"
  | "checkout_start"
  | "purchase"
  | "review";

/** Sizes of the shop. A value out of its limits is a `RangeError`. */
export interface DemoOptions {
  /** Integer in [0, 2^32). Default 1. The shop is a function of these options on any machine, in any time zone. */
  readonly seed?: number;
  /** 10 to 200,000. Default 6,000. */
  readonly customers?: number;
  /** 8 to 2,000, spread evenly over eight categories. Default 120. */
  readonly products?: number;
  /** First calendar day, UTC, as YYYY-MM-DD. Default 2025-11-01. */
  readonly firstDay?: string;
  /** 30 to 1,100. Default 365. */
  readonly days?: number;
  /** Orders to expect; the number made differs from it by chance, about its square root. 10 to 200,000. Default 4,300.
   * Each brings about 180 events. */
  readonly orders?: number;
}

export interface DemoCustomer {
  readonly customer_id: string;
  readonly name: string;
  readonly email: string;
  readonly registered_on: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly city: string;
  readonly postal_code: string;
  readonly gender: "female" | "male" | "other";
  /** Whole years. */
  readonly age: number;
  readonly segment: Segment;
  /** False once the customer has closed the account. */
  readonly is_active: boolean;
}

export interface DemoProduct {
  readonly product_id: string;
  readonly name: string;
  /** Path with dots, the department first. */
  readonly category: string;
  readonly brand: string;
  /** Price on the last day, without tax. */
  readonly price_minor: number;
  readonly cost_minor: number;
  readonly stock_quantity: number;
  readonly color: string;
}

/** A line of an order. A return is a line with a negative quantity, dated on the return. */
export interface DemoOrderLine {
  readonly line_id: string;
  readonly ordered_at: number;
  readonly product_id: string;
  readonly quantity: number;
  /** List price of one piece at the time of the order, without tax. */
  readonly unit_price_minor: number;
  /** Of the whole line, never negative: |quantity| x unit price - discount is what was paid, or given back. */
  readonly discount_minor: number;
  readonly unit_cost_minor: number;
}

export interface DemoOrder {
  readonly order_id: string;
  readonly ordered_at: number;
  /** At the end of the last day. `returned` when every piece came back. */
  readonly status: OrderStatus;
  readonly customer_id: string;
  readonly channel: Channel;
  readonly country: string;
  readonly currency: "GBP";
  /** Charged when ordered, on goods after discount; not reduced by later returns. */
  readonly tax_minor: number;
  readonly shipping_minor: number;
  readonly lines: readonly DemoOrderLine[];
}

export interface DemoEvent {
  readonly event_id: string;
  readonly event_at: number;
  readonly event_type: EventType;
  /** Null when the visitor has not signed in. */
  readonly customer_id: string | null;
  readonly session_id: string;
  readonly product_id: string | null;
  /** List price of one piece at that moment; null without a product. */
  readonly price_minor: number | null;
  /** Pieces put into a cart, taken out or bought; null for other events. */
  readonly quantity: number | null;
  /** Of a purchase; null otherwise. */
  readonly order_id: string | null;
  readonly channel: Channel;
  /** JSON text, or empty. */
  readonly properties: string;
}

export interface DemoReview {
  readonly review_id: string;
  readonly product_id: string;
  readonly customer_id: string;
  readonly reviewed_at: number;
  /** 1 to 5. */
  readonly rating: number;
  readonly title: string;
  readonly body: string;
}
