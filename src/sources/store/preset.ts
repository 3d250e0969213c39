import type { Preset } from "../preset.ts";

const same = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** Says which delivery a file is of, so that equal content sent later is not taken for the same file. */
const deliveryColumn = "delivery_id";

/** What the operational store sends to the warehouse, a file a kind of thing; see `src/delivery`. */
export const store: Preset = {
  name: "store",
  title: "Deliveries of the operational store",
  tables: [
    {
      requires: [deliveryColumn, "order_id", "line_id", "unit_price"],
      mapping: {
        kind: "order_lines",
        omit: [deliveryColumn],
        columns: same([
          "order_id",
          "line_id",
          "line_at",
          "customer_id",
          "product_id",
          "quantity",
          "unit_price",
          "discount",
          "unit_cost",
        ]),
      },
    },
    {
      requires: [deliveryColumn, "order_id", "status", "placed_at"],
      mapping: {
        kind: "orders",
        omit: [deliveryColumn],
        columns: same([
          "order_id",
          "customer_id",
          "status",
          "placed_at",
          "paid_at",
          "shipped_at",
          "delivered_at",
          "cancelled_at",
          "channel",
          "country",
          "tax",
          "shipping",
        ]),
      },
    },
    {
      requires: [deliveryColumn, "order_id", "payment_number", "amount"],
      mapping: {
        kind: "payments",
        omit: [deliveryColumn],
        columns: same(["order_id", "payment_number", "method", "amount", "paid_at"]),
      },
    },
    {
      requires: [deliveryColumn, "event_id", "event_type", "event_at"],
      mapping: {
        kind: "events",
        omit: [deliveryColumn],
        columns: same([
          "event_id",
          "event_at",
          "event_type",
          "customer_id",
          "product_id",
          "session_id",
          "channel",
          "price",
          "quantity",
          "order_id",
          "properties",
        ]),
      },
    },
    {
      requires: [deliveryColumn, "customer_id", "registered_on"],
      mapping: {
        kind: "customers",
        omit: [deliveryColumn],
        columns: {
          ...same([
            "customer_id",
            "name",
            "email",
            "address",
            "city",
            "region",
            "postal_code",
            "country",
            "gender",
            "is_active",
            "loyalty_score",
          ]),
          registered_at: "registered_on",
        },
      },
    },
    {
      requires: [deliveryColumn, "product_id", "name", "category"],
      mapping: {
        kind: "products",
        omit: [deliveryColumn],
        columns: same(["product_id", "name", "category", "brand", "price", "cost", "stock_quantity"]),
      },
    },
    {
      requires: [deliveryColumn, "experiment_id", "variant"],
      mapping: {
        kind: "exposures",
        omit: [deliveryColumn],
        columns: same(["experiment_id", "customer_id", "variant", "exposed_at"]),
      },
    },
    {
      requires: [deliveryColumn, "movement_id", "moved_at"],
      mapping: {
        kind: "stock_movements",
        omit: [deliveryColumn],
        columns: same(["movement_id", "product_id", "moved_at", "quantity", "movement_type"]),
      },
    },
    {
      requires: [deliveryColumn, "review_id", "product_id", "rating"],
      mapping: {
        kind: "reviews",
        omit: [deliveryColumn],
        columns: same(["review_id", "product_id", "customer_id", "reviewed_at", "rating", "title", "body"]),
      },
    },
  ],
};
