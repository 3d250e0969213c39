import { count, day, nullable, ordinal } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What lay in stock each day, and what moved it. See ./README.md for how to read it. */
export const stockHistory = defineAnalysis({
  name: "stock-history",
  page: "products",
  title: "Stock by day",
  question: "How much lay in stock each day, what moved it, and how many products were sold out?",
  grain: "one row per day, shop time zone",
  params: {
    product_id: param.text("Natural id of one product; all products with movements when empty"),
  },
  filters: ["category", "brand"],
  hasPeriod: true,
  datedBy: "day_on",
  columns: {
    day_on: day("Day, shop time zone"),
    on_hand_quantity: nullable(ordinal("Units on hand at the end of the day; null before the first movement")),
    sold_quantity: count("Units that sales took"),
    returned_quantity: count("Units that returns and cancelled orders brought back"),
    restocked_quantity: count("Units that came as first stock and by restocking"),
    corrected_quantity: ordinal("Units that counting found (positive) or missed (negative)"),
    product_count: count("Products whose stock is known"),
    sold_out_product_count: count("Of these, products with nothing on hand at the end of the day"),
  },
  sql: new URL("./stock-history.sql", import.meta.url),
  chart: { kind: "line", x: "day_on", y: ["on_hand_quantity", "sold_quantity", "restocked_quantity"] },
  metrics: [],
});
