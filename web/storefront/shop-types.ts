/** What the store's API answers, as far as the storefront reads it. Instants are ISO 8601 in UTC, amounts minor units. */

export interface Shop {
  readonly name: string;
  readonly currency: string;
  readonly currency_decimals: number;
  readonly shipping_minor: number;
  readonly free_shipping_from_minor: number | null;
  readonly reservation_minutes: number;
  readonly article_count: number;
  readonly payment_methods: readonly { readonly method: string; readonly label: string }[];
}

export interface Shopper {
  readonly customer_id: number;
  readonly email: string;
  readonly name: string;
  readonly is_verified: boolean;
}

export interface Session {
  readonly shopper: Shopper | null;
  readonly csrf_token: string | null;
  readonly has_consent: boolean | null;
}

/** What a picture is drawn from. */
export interface Pictured {
  readonly article_id: number;
  readonly name: string;
  readonly product_type: string;
  readonly colour: string;
  readonly pattern: string;
  readonly image_url: string;
}

export interface ArticleRow extends Pictured {
  readonly sku: string;
  readonly brand: string;
  readonly category: string;
  readonly price_minor: number;
  readonly is_available: boolean;
}

export interface Article extends Omit<ArticleRow, "is_available"> {
  readonly description: string;
  readonly available_quantity: number;
  readonly review_count: number;
  readonly mean_rating: number | null;
  readonly components: readonly { readonly article_id: number; readonly name: string; readonly quantity: number }[];
}

export interface Category {
  readonly category_id: number;
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly article_count: number;
}

export interface Facets {
  readonly rows: readonly {
    readonly facet: "category" | "brand" | "product_type" | "colour";
    readonly value: string;
    readonly label: string;
    readonly article_count: number;
  }[];
  readonly article_count: number;
  readonly least_price_minor: number | null;
  readonly greatest_price_minor: number | null;
}

export interface Page<T> {
  readonly rows: readonly T[];
}

export interface CataloguePage extends Page<ArticleRow> {
  readonly next_cursor: string | null;
}

export interface Offers extends Page<ArticleRow> {
  readonly source: "model" | "similar" | "popular" | "newest" | "together";
  /** The experiment that chose the ranking; null when it is as always. */
  readonly experiment: { readonly experiment_id: string; readonly variant: string } | null;
}

export interface Review {
  readonly review_id: number;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly is_verified: boolean;
  readonly writer: string;
  readonly created_at: string;
}

export interface OwnReview extends Pick<Review, "review_id" | "rating" | "title" | "body" | "created_at"> {
  readonly article_id: number;
  readonly article_name: string;
  readonly status: "pending" | "approved" | "rejected";
}

export interface ReviewSummary {
  readonly review_count: number;
  readonly mean_rating: number | null;
  readonly one_star_count: number;
  readonly two_star_count: number;
  readonly three_star_count: number;
  readonly four_star_count: number;
  readonly five_star_count: number;
  readonly verified_count: number;
  readonly positive_count: number;
  readonly negative_count: number;
}

export interface CartLine extends Pictured {
  readonly sku: string;
  readonly brand: string;
  readonly quantity: number;
  readonly unit_price_minor: number;
  readonly line_minor: number;
  readonly is_available: boolean;
  readonly available_quantity: number;
  readonly kept_until: string | null;
}

export interface Cart extends Page<CartLine> {
  readonly unit_count: number;
  readonly subtotal_minor: number;
}

export interface Quote {
  readonly subtotal_minor: number;
  readonly discount_minor: number;
  readonly shipping_minor: number;
  readonly tax_minor: number;
  readonly total_minor: number;
}

export interface WishlistRow extends Pictured {
  readonly brand: string;
  readonly price_minor: number;
  readonly is_available: boolean;
}

export interface PostalAddress {
  readonly recipient: string;
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly postal_code: string;
  readonly country: string;
}

export interface SavedAddress extends PostalAddress {
  readonly address_id: number;
  readonly is_default: boolean;
}

export type OrderStatus = "created" | "paid" | "shipped" | "delivered" | "cancelled" | "returned";

export interface OrderRow {
  readonly order_id: number;
  readonly status: OrderStatus;
  readonly total_minor: number;
  readonly placed_at: string;
  readonly tracking_code: string;
  readonly unit_count: number;
  readonly articles: readonly Pictured[] | null;
}

export interface OrderLine extends Pictured {
  readonly order_item_id: number;
  readonly quantity: number;
  readonly unit_price_minor: number;
  readonly discount_minor: number;
  readonly returned_quantity: number;
  readonly requested_quantity: number;
}

export interface Order extends PostalAddress {
  readonly order_id: number;
  readonly status: OrderStatus;
  readonly subtotal_minor: number;
  readonly discount_minor: number;
  readonly shipping_minor: number;
  readonly tax_minor: number;
  readonly total_minor: number;
  readonly coupon_code: string | null;
  readonly tracking_code: string;
  readonly placed_at: string;
  readonly paid_at: string | null;
  readonly shipped_at: string | null;
  readonly delivered_at: string | null;
  readonly cancelled_at: string | null;
  readonly lines: readonly OrderLine[];
  readonly payments: readonly {
    readonly payment_id: number;
    readonly kind: "charge" | "refund";
    readonly status: "pending" | "succeeded" | "failed";
    readonly amount_minor: number;
    readonly requested_at: string;
  }[];
  readonly returns: readonly {
    readonly return_id: number;
    readonly status: "requested" | "accepted" | "refused";
    readonly reason: string;
    readonly requested_at: string;
    readonly decided_at: string | null;
    readonly unit_count: number;
    readonly refund_minor: number;
  }[];
}

export interface Placed {
  readonly order_id: number;
  readonly status: OrderStatus;
  readonly total_minor: number;
  readonly order_token: string | null;
  readonly csrf_token: string | null;
}

export interface Profile {
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly born_on: string | null;
  readonly accepts_mail: boolean;
  readonly is_verified: boolean;
  readonly registered_at: string;
  readonly loyalty_score: number;
  readonly point_count: number;
}

export interface Statistics {
  readonly order_count: number;
  readonly unit_count: number;
  readonly spent_minor: number;
  readonly average_order_minor: number | null;
  readonly first_order_at: string | null;
  readonly last_order_at: string | null;
  readonly favourite_type: string | null;
  readonly review_count: number;
}

export interface LoyaltyEntry {
  readonly entry_id: number;
  readonly order_id: number | null;
  readonly points: number;
  readonly reason: "purchase" | "refund" | "review" | "correction";
  readonly earned_at: string;
}
