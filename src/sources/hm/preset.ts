import type { Preset } from "../preset.ts";

/**
 * H&M "Personalized Fashion Recommendations": transactions have no order ids, so a customer's lines of one day and channel
 * are one order. The published prices are scaled by the publisher; they are kept as published.
 */
export const hm: Preset = {
  name: "hm",
  title: "H&M transactions, articles and customers",
  tables: [
    {
      requires: ["t_dat", "customer_id", "article_id", "price", "sales_channel_id"],
      mapping: {
        kind: "order_lines",
        columns: {
          order_id: { columns: ["t_dat", "customer_id", "sales_channel_id"] },
          line_at: "t_dat",
          customer_id: "customer_id",
          product_id: "article_id",
          unit_price: "price",
          channel: { column: "sales_channel_id", values: { "1": "store", "2": "online" } },
        },
      },
    },
    {
      requires: ["article_id", "prod_name", "product_type_name", "product_group_name"],
      mapping: {
        kind: "products",
        columns: { product_id: "article_id", name: "prod_name", category: "product_group_name" },
      },
    },
    {
      requires: ["customer_id", "FN", "Active", "club_member_status", "age", "postal_code"],
      mapping: {
        kind: "customers",
        columns: { customer_id: "customer_id", age: "age", postal_code: "postal_code" },
      },
    },
  ],
};
