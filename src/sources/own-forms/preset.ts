import { type Preset, same } from "../preset.ts";

/** The folders an export is split into say nothing that its rows do not. */
const partition = ["month"];

const productNames = ["product_name", "category", "category_id", "brand"];

/** Cartwright's own form of events: columns named as the fields are; further columns are kept as properties. */
export const eventsCsv: Preset = {
  name: "events-csv",
  title: "Events in Cartwright's own form",
  tables: [
    {
      requires: ["event_at", "event_type"],
      mapping: {
        kind: "events",
        ignore: partition,
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
          "currency",
          "properties",
          ...productNames,
        ]),
      },
    },
  ],
};

/** Cartwright's own form of order lines, with customers, products, reviews, payments, spend, costs, exposures and movements of stock beside them. */
export const ordersCsv: Preset = {
  name: "orders-csv",
  title:
    "Order lines, customers, products, reviews, payments, advertising spend, costs of products, exposures and movements of stock in Cartwright's own form",
  tables: [
    {
      requires: ["order_id", "ordered_at", "unit_price"],
      mapping: {
        kind: "order_lines",
        ignore: partition,
        columns: {
          ...same([
            "order_id",
            "line_id",
            "customer_id",
            "product_id",
            "quantity",
            "unit_price",
            "discount",
            "unit_cost",
            "tax",
            "shipping",
            "status",
            "channel",
            "country",
            "currency",
            ...productNames,
          ]),
          line_at: "ordered_at",
        },
      },
    },
    {
      requires: ["review_id", "product_id", "rating"],
      mapping: {
        kind: "reviews",
        columns: same(["review_id", "product_id", "customer_id", "reviewed_at", "rating", "title", "body"]),
      },
    },
    {
      requires: ["order_id", "payment_number", "method", "amount"],
      mapping: {
        kind: "payments",
        columns: same(["order_id", "payment_number", "method", "instalment_count", "amount", "paid_at", "currency"]),
      },
    },
    {
      requires: ["experiment_id", "customer_id", "variant", "exposed_at"],
      mapping: {
        kind: "exposures",
        columns: same(["experiment_id", "customer_id", "variant", "exposed_at"]),
      },
    },
    {
      requires: ["customer_id", "registered_on"],
      mapping: {
        kind: "customers",
        columns: {
          ...same([
            "customer_id",
            "alias_id",
            "name",
            "email",
            "address",
            "city",
            "region",
            "postal_code",
            "country",
            "gender",
            "age",
            "is_active",
            "loyalty_score",
          ]),
          registered_at: "registered_on",
        },
      },
    },
    {
      requires: ["product_id", "name", "category"],
      mapping: {
        kind: "products",
        columns: same([
          "product_id",
          "name",
          "category",
          "category_id",
          "brand",
          "price",
          "cost",
          "stock_quantity",
          "image_url",
        ]),
      },
    },
    {
      requires: ["spent_on", "channel", "spend"],
      mapping: { kind: "spend", columns: same(["spent_on", "channel", "spend", "campaign", "currency"]) },
    },
    {
      requires: ["product_id", "cost", "valid_from"],
      mapping: { kind: "product_costs", columns: same(["product_id", "cost", "valid_from", "currency"]) },
    },
    {
      requires: ["product_id", "moved_at", "quantity", "movement_type"],
      mapping: {
        kind: "stock_movements",
        columns: same(["movement_id", "product_id", "moved_at", "quantity", "movement_type"]),
      },
    },
  ],
};
