import { instant, money, nullable, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Everything one customer did, the newest first. See ./README.md for how to read it. */
export const customer360 = defineAnalysis({
  name: "customer-360",
  page: "customers",
  title: "One customer",
  question: "What did this customer look at, buy and send back?",
  grain: "one row per event, order line and return, the newest first",
  params: {
    customer_id: param.text("Natural id of the customer; the one of largest net revenue when empty"),
    limit: param.integer("Most rows shown", { min: 1, max: 1_000_000, default: 200 }),
  },
  filters: [],
  hasPeriod: true,
  columns: {
    occurred_at: instant("When it happened, UTC"),
    activity: text("Kind of event, or order, return, adjustment"),
    product_id: nullable(text("Natural id of the product; null where none is named")),
    product_name: nullable(text("Name of the product; null when unknown")),
    channel: nullable(text("Channel; null when unknown")),
    order_id: nullable(text("Natural id of the order; null for events")),
    quantity: nullable(ordinal("Units, negative for returns; null when unknown")),
    amount_minor: nullable(money("Price at the event, or revenue of the line after discount; null when unknown")),
    customer_id: text("Natural id of the customer"),
    customer_name: nullable(text("Name of the customer; null when unknown")),
  },
  sql: new URL("./customer-360.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
