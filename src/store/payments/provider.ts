/** Who takes the money. A provider is asked with the payment's own id, and answers the same when it is asked again. */

export type PaymentAnswer =
  | { readonly kind: "succeeded" | "failed"; readonly reference: string }
  /** It will say later, by a callback. */
  | { readonly kind: "pending" };

export interface PaymentRequest {
  readonly payment_id: number;
  readonly order_id: number;
  readonly kind: "charge" | "refund";
  readonly amount_minor: number;
  /** ISO 4217. */
  readonly currency: string;
  /** What the shopper pays with, in the provider's words. */
  readonly method: string;
}

/** What a provider says of a payment when it calls back. */
export interface PaymentNotice {
  readonly payment_id: number;
  readonly status: "succeeded" | "failed";
  readonly reference: string;
}

/** A way to pay that a shopper can choose. */
export interface PaymentMethod {
  /** In the provider's words. */
  readonly method: string;
  readonly label: string;
}

export interface PaymentProvider {
  /** What a checkout offers, the usual one first. */
  readonly methods: readonly PaymentMethod[];
  /** Asks for a charge or refund; may take long, never answer, or reject. */
  readonly ask: (request: PaymentRequest) => Promise<PaymentAnswer>;
  /** Whom to tell when it calls back in this process; a provider elsewhere calls the API instead. */
  readonly onNotice: (listener: (notice: PaymentNotice) => void) => void;
}
