import type { Preset } from "../preset.ts";
import { customerColumns, lineColumns, orderColumns, orderRows } from "./order-rows.ts";

/** WooCommerce orders as its REST API gives them (`/wp-json/wc/v3/orders`), an order a line. */
export const woocommerceOrders: Preset = {
  name: "woocommerce-orders",
  title: "WooCommerce orders of the REST API (JSON Lines)",
  tables: [
    {
      requires: ["id", "status", "currency", "date_created_gmt", "line_items", "billing", "total"],
      mapping: { kind: "order_lines", columns: lineColumns },
      shape: {
        by: "record",
        also: [
          { kind: "orders", columns: orderColumns },
          { kind: "customers", columns: customerColumns },
        ],
        rows: ([order = {}]) => orderRows(order),
      },
    },
  ],
};
