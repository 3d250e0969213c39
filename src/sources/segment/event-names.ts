/**
 * What events are called by those who send them, and which kind of interaction each is: the names of Segment's e-commerce
 * specification and those of Google Analytics 4. Compared without regard to case, spaces, dashes and underscores.
 */
import type { EventType } from "../../ingestion/kinds.ts";

const segment: Readonly<Record<string, EventType>> = {
  "Product Viewed": "view",
  "Product Clicked": "click",
  "Products Searched": "search",
  "Product Added": "cart_add",
  "Product Removed": "cart_remove",
  "Product Added to Wishlist": "wishlist_add",
  "Wishlist Product Added to Cart": "cart_add",
  "Product Removed from Wishlist": "wishlist_remove",
  "Checkout Started": "checkout_start",
  "Order Completed": "purchase",
  "Order Refunded": "refund",
  "Product Reviewed": "review",
};

const ga4: Readonly<Record<string, EventType>> = {
  page_view: "page",
  screen_view: "page",
  view_item: "view",
  select_item: "click",
  search: "search",
  view_search_results: "search",
  add_to_cart: "cart_add",
  remove_from_cart: "cart_remove",
  add_to_wishlist: "wishlist_add",
  remove_from_wishlist: "wishlist_remove",
  begin_checkout: "checkout_start",
  purchase: "purchase",
  refund: "refund",
};

const fold = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");

const known: ReadonlyMap<string, EventType> = new Map(
  Object.entries({ ...segment, ...ga4 }).map(([name, type]) => [fold(name), type]),
);

/** The kind of interaction an event's name stands for; `custom` when it is none of the names known. */
export const eventTypeOf = (name: string): EventType => known.get(fold(name)) ?? "custom";

/** Every name that is known, for the guide's table: name -> kind. */
export const eventNames: Readonly<Record<string, EventType>> = { ...segment, ...ga4 };
