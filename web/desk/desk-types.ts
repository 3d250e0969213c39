/** What the desk's routes answer, as far as the page reads it. Amounts are minor units, instants UTC. */
export interface Rows<T> {
  readonly rows: readonly T[];
}

export interface Today {
  readonly order_count: number;
  readonly revenue_minor: number;
  readonly to_ship_count: number;
  readonly unpaid_count: number;
  readonly return_count: number;
  readonly review_count: number;
  readonly low_stock_count: number;
  readonly abandoned_cart_count: number;
  /** Changes that wait for their delivery to the warehouse. */
  readonly waiting_count: number;
}

export interface DeskOrderRow {
  readonly order_id: number;
  readonly status: string;
  readonly email: string;
  readonly recipient: string;
  readonly country: string;
  readonly total_minor: number;
  readonly placed_at: string;
  readonly unit_count: number;
}

export interface DeskOrder extends DeskOrderRow {
  readonly street: string;
  readonly city: string;
  readonly postal_code: string;
  readonly tracking_code: string;
  readonly lines: readonly {
    readonly order_item_id: number;
    readonly name: string;
    readonly quantity: number;
    readonly returned_quantity: number;
    readonly unit_price_minor: number;
  }[];
  readonly payments: readonly {
    readonly payment_id: number;
    readonly kind: string;
    readonly status: string;
    readonly amount_minor: number;
  }[];
  readonly log: readonly { readonly changed_at: string; readonly to_status: string; readonly note: string }[];
}

export interface ReturnRow {
  readonly return_id: number;
  readonly order_id: number;
  readonly reason: string;
  readonly requested_at: string;
  readonly unit_count: number;
  readonly refund_minor: number;
}

export interface DeskArticle {
  readonly article_id: number;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
  readonly price_minor: number;
  readonly cost_minor: number | null;
  readonly stock_quantity: number;
  readonly reorder_point: number;
  readonly is_active: boolean;
}

export interface Movement {
  readonly movement_id: number;
  readonly quantity: number;
  readonly kind: string;
  readonly order_id: number | null;
  readonly note: string;
  readonly moved_at: string;
}

export interface CategoryRow {
  readonly category_id: number;
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly position: number;
  readonly article_count: number;
}

export interface MarkdownRow {
  readonly article_id: number;
  readonly name: string;
  readonly unit_count: number;
  readonly old_price_minor: number;
  readonly new_price_minor: number;
}

export interface PendingReview {
  readonly review_id: number;
  readonly article_name: string;
  readonly rating: number;
  readonly suggested_rating: number;
  readonly title: string;
  readonly body: string;
  readonly sentiment: number;
  readonly is_verified: boolean;
  readonly created_at: string;
}

export interface MailingCounts {
  readonly mailed_count: number;
  readonly control_count: number;
  readonly without_address_count: number;
  readonly without_consent_count: number;
  readonly inactive_count: number;
}

/** With a mail less without, and its interval of 95 %. */
export interface Difference {
  readonly effect: number;
  readonly lower: number;
  readonly upper: number;
}

export interface MailingRow extends MailingCounts {
  readonly mailing_id: number;
  readonly created_at: string;
  readonly window_days: number;
  readonly is_over: boolean;
  readonly is_rough: boolean;
  readonly mailed_recovered_count: number;
  readonly control_recovered_count: number;
  readonly mailed_recovered_rate: number | null;
  readonly control_recovered_rate: number | null;
  readonly mailed_revenue_minor: number;
  readonly control_revenue_minor: number;
  readonly recovered_rate_difference: Difference | null;
  readonly revenue_per_cart_difference: Difference | null;
}

export interface CouponRow {
  readonly code: string;
  readonly kind: "percent" | "amount" | "shipping";
  /** Per cent off, or minor units off. */
  readonly value: number;
  readonly least_subtotal_minor: number;
  readonly ends_at: string | null;
  readonly most_uses: number | null;
  readonly use_count: number;
}

export interface PriceScheduleRow {
  readonly schedule_id: number;
  readonly article_id: number;
  readonly name: string;
  readonly price_now_minor: number;
  readonly price_minor: number;
  readonly starts_at: string;
}

export interface DeskCustomerRow {
  readonly customer_id: number;
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly is_registered: boolean;
  readonly is_active: boolean;
  readonly loyalty_score: number;
  readonly registered_at: string;
  readonly last_active_at: string;
  readonly order_count: number;
  readonly revenue_minor: number;
}

export interface DeskCustomer extends Omit<DeskCustomerRow, "order_count" | "revenue_minor"> {
  readonly is_verified: boolean;
  readonly accepts_mail: boolean;
  readonly point_count: number;
  /** Of the trained models; null where one has not run. */
  readonly scores: {
    readonly propensity_rate: number | null;
    readonly churn_rate: number | null;
    readonly clv_minor: number | null;
  };
  readonly carts: readonly {
    readonly cart_id: number;
    readonly status: string;
    readonly last_active_at: string;
    readonly abandoned_at: string | null;
    readonly order_id: number | null;
    readonly unit_count: number;
    readonly subtotal_minor: number;
  }[];
  readonly orders: readonly {
    readonly order_id: number;
    readonly status: string;
    readonly placed_at: string;
    readonly total_minor: number;
  }[];
  readonly returns: readonly {
    readonly return_id: number;
    readonly order_id: number;
    readonly status: string;
    readonly requested_at: string;
    readonly refund_minor: number;
  }[];
  readonly reviews: readonly {
    readonly review_id: number;
    readonly article_name: string;
    readonly rating: number;
    readonly status: string;
  }[];
  readonly points: readonly {
    readonly entry_id: number;
    readonly points: number;
    readonly reason: string;
    readonly earned_at: string;
  }[];
  readonly mails: readonly {
    readonly mail_id: number;
    readonly template: string;
    readonly sent_at: string | null;
  }[];
}
