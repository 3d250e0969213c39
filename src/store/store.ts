/** The operational store: one typed method per procedure. Nothing here writes a table itself; the rules are in procedures/. */
import type { Querying, StoreRow } from "./connection.ts";

export interface Address {
  readonly recipient: string;
  readonly street: string;
  readonly city: string;
  readonly region?: string;
  readonly postal_code: string;
  /** ISO 3166 code of two letters. */
  readonly country: string;
}

export interface Checkout {
  readonly cartId: number;
  readonly customerId: number;
  /** Random text of at least 8 characters; the same key never orders twice. */
  readonly key: string;
  readonly address: Address;
  readonly coupon?: string | null;
  readonly method?: string;
  readonly channel?: string;
}

export interface CheckoutResult {
  readonly orderId: number;
  readonly paymentId: number;
  readonly totalMinor: number;
  readonly status: string;
  readonly paymentStatus: string;
}

/** What a customer says of themselves; what is not named stays as it is, null takes the birthday back. */
export interface Profile {
  readonly name?: string | undefined;
  readonly country?: string | undefined;
  readonly gender?: "" | "female" | "male" | "other" | undefined;
  readonly born_on?: string | null | undefined;
  /** Agrees to mails that are not about an order. */
  readonly accepts_mail?: boolean | undefined;
}

export interface ReturnedItem {
  readonly order_item_id: number;
  readonly quantity: number;
}

export interface StoreEvent {
  readonly event_id?: string;
  readonly happened_at?: string;
  readonly event_type: string;
  readonly visitor_id: string;
  readonly session_id: string;
  readonly customer_id?: number;
  readonly article_id?: number;
  readonly order_id?: number;
  readonly quantity?: number;
  readonly price_minor?: number;
  readonly channel?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Mailing {
  /** Share of the carts that gets no mail, 0 to 0.5. */
  readonly controlRate: number;
  /** Days after the mailing in which an order of the cart counts, 1 to 90. */
  readonly windowDays: number;
  readonly actor: string;
  /** Where the mail leads to. */
  readonly link: string;
  readonly isPreview: boolean;
}

export interface Markdown {
  readonly categoryId: number;
  /** Articles at or below this quantile of units sold, 0 to 1. */
  readonly percentile: number;
  readonly markdownPercent: number;
  readonly days?: number;
  readonly isPreview?: boolean;
  readonly belowCost?: boolean;
}

export interface StoreSettings {
  readonly currency?: string;
  readonly tax_rate?: number;
  readonly shipping_minor?: number;
  readonly free_shipping_from_minor?: number;
  readonly reservation_minutes?: number;
  readonly payment_minutes?: number;
  readonly points_per_unit?: number;
}

/** An article by its SKU; a new one needs name, category (slug) and price. */
export interface Article {
  readonly sku: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
  readonly product_type?: string | undefined;
  readonly colour?: string | undefined;
  readonly pattern?: string | undefined;
  readonly price_minor?: number | undefined;
  readonly cost_minor?: number | undefined;
  readonly reorder_point?: number | undefined;
  readonly image_url?: string | undefined;
  readonly is_active?: boolean | undefined;
}

/** percent: value per cent off; amount: value minor units off; shipping: no shipping cost. */
export interface Coupon {
  readonly code: string;
  readonly kind: "percent" | "amount" | "shipping";
  readonly value: number;
  readonly leastSubtotalMinor?: number;
  readonly endsAt?: string;
  readonly mostUses?: number;
}

const first = (rows: readonly StoreRow[]): StoreRow => rows[0] ?? {};

function readCheckout(rows: readonly StoreRow[]): CheckoutResult {
  const row = first(rows);
  return {
    orderId: Number(row.order_id),
    paymentId: Number(row.payment_id),
    totalMinor: Number(row.total_minor),
    status: String(row.status),
    paymentStatus: String(row.payment_status),
  };
}

/** The store's procedures on a connection, or inside a transaction. */
export function createStore({ query }: Querying) {
  /** Calls a procedure that returns one value. */
  const call = async (name: string, values: readonly unknown[]): Promise<unknown> => {
    const places = values.map((_, index) => `$${index + 1}`).join(", ");
    return Object.values(first(await query(`select store.${name}(${places}) as value`, values)))[0];
  };
  const number = async (name: string, values: readonly unknown[]): Promise<number> => Number(await call(name, values));
  const nothing = async (name: string, values: readonly unknown[]): Promise<void> => {
    await call(name, values);
  };
  return {
    registerCustomer: (email: string, name: string, passwordHash: string) =>
      number("register_customer", [email, name, passwordHash]),
    openGuest: (email: string, name: string) => number("open_guest", [email, name]),
    verifyCustomer: (customerId: number) => number("verify_customer", [customerId]),
    startSignIn: (customerId: number, tokenHash: Buffer) => nothing("start_sign_in", [customerId, tokenHash]),
    endSignIn: (tokenHash: Buffer) => nothing("end_sign_in", [tokenHash]),
    /** The customer the link is for; null when no one is registered with the address. */
    issueMailToken: async (email: string, purpose: "verify" | "reset", tokenHash: Buffer, minutes: number) => {
      const id = await call("issue_mail_token", [email, purpose, tokenHash, minutes]);
      return id === null || id === undefined ? null : Number(id);
    },
    useMailToken: (tokenHash: Buffer, purpose: "verify") => number("use_mail_token", [tokenHash, purpose]),
    resetPassword: (tokenHash: Buffer, passwordHash: string) => number("reset_password", [tokenHash, passwordHash]),
    saveProfile: (customerId: number, profile: Profile) =>
      nothing("save_profile", [customerId, JSON.stringify(profile)]),
    saveAddress: (customerId: number, addressId: number | null, address: Address & { readonly is_default?: boolean }) =>
      number("save_address", [customerId, addressId, JSON.stringify(address)]),
    removeAddress: (customerId: number, addressId: number) => nothing("remove_address", [customerId, addressId]),
    confirmMail: (mailId: number) => nothing("confirm_mail", [mailId]),
    markInactiveCustomers: (days: number) => number("mark_inactive_customers", [days]),
    computeLoyaltyScore: (customerId: number) => number("compute_loyalty_score", [customerId]),

    configure: (settings: StoreSettings) => nothing("configure_store", [JSON.stringify(settings)]),
    saveCategory: (slug: string, name: string, parent: string | null = null, position = 0) =>
      number("save_category", [slug, name, parent, position]),
    saveArticle: (article: Article) => number("save_article", [JSON.stringify(article)]),
    saveBundle: (bundleId: number, components: readonly { readonly sku: string; readonly quantity: number }[]) =>
      nothing("save_bundle", [bundleId, JSON.stringify(components)]),
    saveCoupon: (coupon: Coupon) =>
      nothing("save_coupon", [
        coupon.code,
        coupon.kind,
        coupon.value,
        coupon.leastSubtotalMinor ?? 0,
        coupon.endsAt ?? null,
        coupon.mostUses ?? null,
      ]),

    updateStock: (articleId: number, stock: number, note = "") => number("update_stock", [articleId, stock, note]),
    bulkUpdateStock: (stocks: readonly { readonly sku: string; readonly stock: number }[], note = "") =>
      number("bulk_update_stock", [JSON.stringify(stocks), note]),
    availableQuantity: (articleId: number, cartId: number | null = null) =>
      number("available_quantity", [articleId, cartId]),
    updatePrice: (articleId: number, priceMinor: number, reason = "") =>
      nothing("update_price", [articleId, priceMinor, reason]),
    adjustPrices: (markdown: Markdown) =>
      query("select * from store.adjust_prices($1, $2, $3, $4, $5, $6)", [
        markdown.categoryId,
        markdown.percentile,
        markdown.markdownPercent,
        markdown.days ?? 90,
        markdown.isPreview ?? true,
        markdown.belowCost ?? false,
      ]),
    schedulePrice: (articleId: number, priceMinor: number, startsAt: string) =>
      number("schedule_price", [articleId, priceMinor, startsAt]),
    cancelPrice: (scheduleId: number) => nothing("cancel_price", [scheduleId]),
    applyDuePrices: () => number("apply_due_prices", []),

    openCart: (customerId: number | null, tokenHash: Buffer | null) => number("open_cart", [customerId, tokenHash]),
    addToCart: (cartId: number, articleId: number, quantity: number) =>
      number("add_to_cart", [cartId, articleId, quantity]),
    setCartQuantity: (cartId: number, articleId: number, quantity: number) =>
      number("set_cart_quantity", [cartId, articleId, quantity]),
    removeFromCart: (cartId: number, articleId: number, quantity: number | null = null) =>
      number("remove_from_cart", [cartId, articleId, quantity]),
    /** Mails the carts left behind, but for a control group. @returns counts of those mailed, not mailed and left out */
    mailAbandonedCarts: async (mailing: Mailing): Promise<StoreRow> =>
      first(
        await query("select * from store.mail_abandoned_carts($1, $2, $3, $4, $5)", [
          mailing.controlRate,
          mailing.windowDays,
          mailing.actor,
          mailing.link,
          mailing.isPreview,
        ]),
      ),
    detectAbandonedCarts: (idleHours = 24) => number("detect_abandoned_carts", [idleHours]),
    addToWishlist: async (customerId: number, articleId: number) =>
      (await call("add_to_wishlist", [customerId, articleId])) === true,
    removeFromWishlist: async (customerId: number, articleId: number) =>
      (await call("remove_from_wishlist", [customerId, articleId])) === true,
    moveWishlistToCart: (customerId: number, articleId: number) =>
      number("move_wishlist_to_cart", [customerId, articleId]),

    quoteCart: async (cartId: number, coupon: string | null = null): Promise<StoreRow> =>
      first(await query("select * from store.quote_cart($1, $2)", [cartId, coupon])),
    processCheckout: async (checkout: Checkout): Promise<CheckoutResult> =>
      readCheckout(
        await query("select * from store.process_checkout($1, $2, $3, $4, $5, $6, $7)", [
          checkout.cartId,
          checkout.customerId,
          checkout.key,
          JSON.stringify(checkout.address),
          checkout.coupon ?? null,
          checkout.method ?? "card",
          checkout.channel ?? "store",
        ]),
      ),
    checkoutAsGuest: async (
      checkout: Omit<Checkout, "customerId"> & { readonly email: string },
    ): Promise<CheckoutResult> =>
      readCheckout(
        await query("select * from store.checkout_as_guest($1, $2, $3, $4, $5, $6, $7)", [
          checkout.cartId,
          checkout.email,
          checkout.key,
          JSON.stringify(checkout.address),
          checkout.coupon ?? null,
          checkout.method ?? "card",
          checkout.channel ?? "store",
        ]),
      ),
    /** The visit an order was placed in, of a shopper who agreed to be counted. */
    noteOrderVisit: (orderId: number, visitorId: string, sessionId: string) =>
      nothing("note_order_visit", [orderId, visitorId, sessionId]),
    settlePayment: async (paymentId: number, status: "succeeded" | "failed", reference: string | null = null) =>
      String(await call("settle_payment", [paymentId, status, reference])),
    retryPayment: (orderId: number, method = "card") => number("retry_payment", [orderId, method]),
    cancelOrder: (orderId: number, note = "") => nothing("cancel_order", [orderId, note]),
    expireUnpaidOrders: () => number("expire_unpaid_orders", []),
    shipOrder: (orderId: number, trackingCode: string) => nothing("ship_order", [orderId, trackingCode]),
    deliverOrder: (orderId: number) => nothing("deliver_order", [orderId]),
    requestReturn: (orderId: number, items: readonly ReturnedItem[], reason = "") =>
      number("request_return", [orderId, JSON.stringify(items), reason]),
    decideReturn: (returnId: number, isAccepted: boolean) => nothing("decide_return", [returnId, isAccepted]),

    analyzeSentiment: (text: string) => number("analyze_sentiment", [text]),
    /** Stars, 1 to 5, that a text with this sentiment most often comes with. */
    suggestRating: (sentiment: number) => number("suggest_rating", [sentiment]),
    insertReview: (customerId: number, articleId: number, rating: number | null, title: string, body: string) =>
      number("insert_review", [customerId, articleId, rating, title, body]),
    moderateReview: (reviewId: number, isApproved: boolean) => nothing("moderate_review", [reviewId, isApproved]),

    /** True when the customer has not seen this variant before. */
    noteExposure: async (experimentId: string, customerId: number, variant: string) =>
      (await call("note_exposure", [experimentId, customerId, variant])) === true,
    logEvent: async (event: StoreEvent) => String(await call("log_customer_event", [JSON.stringify(event)])),
    ensureEventPartition: async (day: string) => String(await call("ensure_event_partition", [day])),

    claimDelivery: async (most = 10_000): Promise<number | null> => {
      const id = await call("claim_delivery", [most]);
      return id === null || id === undefined ? null : Number(id);
    },
    confirmDelivery: (deliveryId: number) => nothing("confirm_delivery", [deliveryId]),
  };
}

export type Store = ReturnType<typeof createStore>;
