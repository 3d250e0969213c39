import type { Preset } from "../preset.ts";
import { customerColumns, lineColumns, orderColumns, orderRows } from "./order-rows.ts";

/** Shopify's "Export orders" as CSV: a row for each line item, the order's own columns on its first row only. */
export const shopifyOrders: Preset = {
  name: "shopify-orders",
  title: "Shopify orders export (CSV)",
  tables: [
    {
      requires: [
        "Name",
        "Email",
        "Financial Status",
        "Currency",
        "Subtotal",
        "Created at",
        "Lineitem name",
        "Lineitem quantity",
        "Lineitem price",
      ],
      mapping: { kind: "order_lines", columns: lineColumns },
      shape: {
        by: { column: "name" },
        also: [
          { kind: "orders", columns: orderColumns },
          { kind: "customers", columns: customerColumns },
        ],
        rows: orderRows,
      },
    },
  ],
};
