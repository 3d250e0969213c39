import type { Preset, ShapedRow, SourceRecord } from "../preset.ts";
import { categoryRows } from "./category-rows.ts";

/**
 * Retailrocket, "Retailrocket recommender system dataset": events by the millisecond, properties of items over time, and the
 * tree of categories. It names no prices, and every property but the category is hashed.
 */
export const retailrocket: Preset = {
  name: "retailrocket",
  title: "Retailrocket events, item properties and category tree",
  tables: [
    {
      requires: ["timestamp", "visitorid", "event", "itemid", "transactionid"],
      mapping: {
        kind: "events",
        columns: {
          event_at: "timestamp",
          event_type: { column: "event", values: { view: "view", addtocart: "cart_add", transaction: "purchase" } },
          customer_id: "visitorid",
          product_id: "itemid",
          order_id: "transactionid",
        },
      },
    },
    {
      requires: ["timestamp", "itemid", "property", "value"],
      mapping: { kind: "products", columns: { product_id: "itemid", category_id: "value" } },
      shape: { by: "record", also: [], rows: ([property = {}]) => propertyRows(property) },
    },
    {
      requires: ["categoryid", "parentid"],
      mapping: { kind: "categories", columns: { category_id: "categoryid", category: "path" } },
      shape: { by: "file", also: [], rows: categoryRows },
    },
  ],
};

/** The item's category; properties with hashed names and values say nothing and are passed over. */
const propertyRows = ({ itemid, property, value }: SourceRecord): ShapedRow[] =>
  property === "categoryid"
    ? [{ kind: "products", record: 0, values: { itemid: String(itemid), value: String(value) } }]
    : [];
