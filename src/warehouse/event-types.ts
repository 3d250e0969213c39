/** The kinds of interaction the warehouse knows, in the order of its enumeration. */
export const eventTypes = [
  "view",
  "search",
  "cart_add",
  "cart_remove",
  "wishlist_add",
  "wishlist_remove",
  "checkout_start",
  "purchase",
  "refund",
  "review",
  "click",
  "page",
  "custom",
] as const;
