import { count, day, meanMoney, money, nullable } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const refundLines = (name: string): URL => new URL(`../refunds/refund_lines.${name}.sql`, import.meta.url);

/** Goods, tax and shipping beside each other, never in one sum. See ./README.md for how to read it. */
export const orderCharges = defineAnalysis({
  name: "order-charges",
  page: "sales",
  title: "Tax and shipping",
  question: "What was charged for goods, for tax and for shipping?",
  grain: "one row per day, week or month",
  params: {
    refund_date: param.choice(
      "return: refunds count on the day of the return; order: on the day of the order they belong to",
      ["return", "order"],
      "return",
    ),
    grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month"),
  },
  filters: ["channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    order_count: count("Orders placed in the period with a positive line"),
    gross_revenue_minor: money("Positive order lines after discount"),
    refunds_minor: money("Minus the sum of negative lines"),
    net_revenue_minor: money("Gross revenue minus refunds, as everywhere without tax and shipping"),
    tax_minor: money("Tax of the orders placed in the period"),
    shipping_minor: money("Shipping charged on the orders placed in the period"),
    shipping_order_count: count("Of these orders, those with a charge for shipping"),
    mean_shipping_minor: nullable(meanMoney("shipping_minor / order_count; null without orders")),
  },
  sql: new URL("./order-charges.sql", import.meta.url),
  parts: {
    refund_lines: { by: ["refund_date"], files: { return: refundLines("return"), order: refundLines("order") } },
  },
  chart: { kind: "line", x: "period_on", y: ["tax_minor", "shipping_minor"] },
  metrics: ["gross_revenue_minor", "refunds_minor", "net_revenue_minor", "order_count"],
});
