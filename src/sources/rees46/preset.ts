import type { Preset } from "../preset.ts";

const eventValues = { view: "view", cart: "cart_add", remove_from_cart: "cart_remove", purchase: "purchase" };

/** REES46 / Open CDP, "eCommerce behavior data from multi-category store": one event a row, product attributes inline. */
export const rees46: Preset = {
  name: "rees46",
  title: "REES46 event stream",
  tables: [
    {
      requires: [
        "event_time",
        "event_type",
        "product_id",
        "category_id",
        "category_code",
        "brand",
        "price",
        "user_id",
        "user_session",
      ],
      mapping: {
        kind: "events",
        columns: {
          event_at: "event_time",
          event_type: { column: "event_type", values: eventValues },
          product_id: "product_id",
          category_id: "category_id",
          category: "category_code",
          brand: "brand",
          price: "price",
          customer_id: "user_id",
          session_id: "user_session",
        },
      },
    },
  ],
};

/** REES46 cosmetics months without product attributes, and the separate item table, whose rows repeat and complete each other. */
export const rees46Cosmetics: Preset = {
  name: "rees46-cosmetics",
  title: "REES46 cosmetics: events and a separate item table",
  tables: [
    {
      requires: ["event_time", "event_type", "product_id", "price", "user_id", "user_session"],
      mapping: {
        kind: "events",
        columns: {
          event_at: "event_time",
          event_type: { column: "event_type", values: eventValues },
          product_id: "product_id",
          price: "price",
          customer_id: "user_id",
          session_id: "user_session",
        },
      },
    },
    {
      requires: ["product_id", "category_id", "category_code", "brand"],
      mapping: {
        kind: "products",
        columns: { product_id: "product_id", category_id: "category_id", category: "category_code", brand: "brand" },
      },
    },
  ],
};
