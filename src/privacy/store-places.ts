/**
 * Every table of the store, and what it holds of people: the one declaration that the export follows and the erasure
 * (`erase_customer`) is tested against.
 */

export interface StorePlace {
  /** SQL: which rows are a person's; `$1` customer numbers, `$2` e-mail addresses, `$3` visitors. */
  readonly where: string;
  /** Columns that are no data about the person but secrets that open something. */
  readonly secret?: readonly string[];
  /** What erasing does to the rows. */
  readonly becomes: string;
}

const ofCustomer = "customer_id = any ($1::bigint[])";
const ofOrder = `order_id in (select order_id from store.orders where ${ofCustomer})`;
const ofCart = `cart_id in (select cart_id from store.carts where ${ofCustomer})`;

export const storePlaces: Readonly<Record<string, StorePlace>> = {
  customers: {
    where: ofCustomer,
    secret: ["password_hash"],
    becomes: "removed; a customer without name and address stands for the orders",
  },
  addresses: { where: ofCustomer, becomes: "removed" },
  sign_ins: { where: ofCustomer, secret: ["token_hash"], becomes: "removed" },
  mail_tokens: { where: ofCustomer, secret: ["token_hash"], becomes: "removed" },
  mails: { where: "recipient = any ($2::text[])", becomes: "unsent ones removed; of others the recipient and details" },
  carts: {
    where: ofCustomer,
    secret: ["token_hash"],
    becomes: "open ones removed, unless a mailing counts them; others kept",
  },
  cart_items: { where: ofCart, becomes: "with their cart" },
  reservations: { where: ofCart, becomes: "removed" },
  wishlist_items: { where: ofCustomer, becomes: "removed" },
  orders: {
    where: ofCustomer,
    secret: ["idempotency_key"],
    becomes: "kept, without recipient, address and parcel number",
  },
  order_items: { where: ofOrder, becomes: "kept" },
  order_status_log: { where: ofOrder, becomes: "kept, without notes" },
  order_visits: { where: ofOrder, becomes: "removed" },
  payments: { where: ofOrder, becomes: "kept" },
  returns: { where: ofOrder, becomes: "kept, without the reason" },
  return_items: { where: `return_id in (select return_id from store.returns where ${ofOrder})`, becomes: "kept" },
  loyalty_entries: { where: ofCustomer, becomes: "removed" },
  reviews: { where: ofCustomer, becomes: "stars kept, text removed" },
  events: {
    where: `${ofCustomer} or (customer_id is null and visitor_id = any ($3::text[]))`,
    becomes: "kept, without details, under random visitors and sessions",
  },
  exposures: { where: ofCustomer, becomes: "kept" },
  mailing_carts: { where: ofCart, becomes: "kept" },
};

/** Tables of the store that hold nothing of a person, and why. */
export const storeWithoutPeople: Readonly<Record<string, string>> = {
  settings: "the shop's own",
  categories: "categories",
  articles: "articles",
  bundle_items: "articles",
  price_history: "prices",
  price_schedules: "prices",
  stock_movements: "stock, and the order that moved it",
  coupons: "coupons for everyone",
  sentiment_words: "a vocabulary",
  search_words: "words of articles",
  search_word_forms: "words of articles",
  outbox: "numbers of things that wait to be delivered; delivered before an erasure",
  deliveries: "deliveries and counts",
  mailings: "mailings and counts, and who of the shop sent them",
  migrations: "versions of the store",
};
