import type { Preset } from "../preset.ts";

/** Olist, "Brazilian E-Commerce Public Dataset": a person (customer_unique_id) has one customer_id for each order. */
export const olist: Preset = {
  name: "olist",
  title: "Olist marketplace tables",
  tables: [
    {
      requires: ["order_id", "customer_id", "order_status", "order_purchase_timestamp"],
      mapping: {
        kind: "orders",
        columns: {
          order_id: "order_id",
          customer_id: "customer_id",
          status: "order_status",
          placed_at: "order_purchase_timestamp",
          paid_at: "order_approved_at",
          shipped_at: "order_delivered_carrier_date",
          delivered_at: "order_delivered_customer_date",
        },
      },
    },
    {
      requires: ["order_id", "order_item_id", "product_id", "price", "freight_value"],
      mapping: {
        kind: "order_lines",
        columns: {
          order_id: "order_id",
          line_id: "order_item_id",
          product_id: "product_id",
          unit_price: "price",
          shipping: "freight_value",
        },
      },
    },
    {
      requires: ["order_id", "payment_sequential", "payment_type", "payment_value"],
      mapping: {
        kind: "payments",
        columns: {
          order_id: "order_id",
          payment_number: "payment_sequential",
          method: "payment_type",
          instalment_count: "payment_installments",
          amount: "payment_value",
        },
      },
    },
    {
      requires: ["customer_id", "customer_unique_id", "customer_city", "customer_state"],
      mapping: {
        kind: "customers",
        columns: {
          customer_id: "customer_unique_id",
          alias_id: "customer_id",
          postal_code: "customer_zip_code_prefix",
          city: "customer_city",
          region: "customer_state",
          country: { value: "Brazil" },
        },
      },
    },
    {
      requires: ["product_id", "product_category_name", "product_weight_g"],
      mapping: { kind: "products", columns: { product_id: "product_id", category: "product_category_name" } },
    },
    {
      requires: ["product_category_name", "product_category_name_english"],
      mapping: {
        kind: "categories",
        columns: { category_id: "product_category_name", category: "product_category_name_english" },
      },
    },
    {
      requires: ["seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"],
      mapping: {
        kind: "sellers",
        columns: {
          seller_id: "seller_id",
          postal_code: "seller_zip_code_prefix",
          city: "seller_city",
          region: "seller_state",
          country: { value: "Brazil" },
        },
      },
    },
  ],
};
