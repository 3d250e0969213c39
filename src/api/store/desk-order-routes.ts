/** The desk's orders, returns, reviews and coupons. What names a person is for analysts; changes are for admins. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { runQuery } from "../../store/query.ts";
import { storeRoute } from "./define.ts";
import { afterId, id, minor, pageSize, text } from "./fields.ts";
import { orderParts } from "./order-routes.ts";
import { collect } from "./services.ts";

const orderParams = z.strictObject({ order_id: id });
const statuses = ["created", "paid", "shipped", "delivered", "cancelled", "returned"] as const;
const queue = z.strictObject({ limit: pageSize(500, 50) });

export const deskOrderRoutes = [
  storeRoute({
    name: "desk-orders",
    method: "GET",
    path: "/desk/orders",
    summary: "Orders, newest first",
    access: "analyst",
    query: z.strictObject({ status: z.enum(statuses).optional(), after_id: afterId, limit: pageSize(500, 50) }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "desk-orders", {
        status: query.status,
        after_id: query.after_id,
        most: query.limit,
      }),
    }),
  }),
  storeRoute({
    name: "desk-order",
    method: "GET",
    path: "/desk/orders/:order_id",
    summary: "One order with its customer, lines, payments, returns and log",
    access: "analyst",
    params: orderParams,
    handle: async ({ params, connection }) => {
      const [order] = await runQuery(connection, "desk-order", params);
      if (!order) {
        throw new CartwrightError("store_missing", `there is no order ${params.order_id}`, {
          hint: "list the orders for their ids",
        });
      }
      const log = await runQuery(connection, "order-log", params);
      return { ...order, ...(await orderParts({ connection, params })), log };
    },
  }),
  storeRoute({
    name: "desk-order-ship",
    method: "POST",
    path: "/desk/orders/:order_id/ship",
    summary: "An order has left; a mail says so",
    access: "admin",
    status: 204,
    params: orderParams,
    body: z.strictObject({ tracking_code: text(100).default("") }),
    handle: async ({ params, body, store }) => await store.shipOrder(params.order_id, body.tracking_code),
  }),
  storeRoute({
    name: "desk-order-deliver",
    method: "POST",
    path: "/desk/orders/:order_id/deliver",
    summary: "An order has arrived",
    access: "admin",
    status: 204,
    params: orderParams,
    handle: async ({ params, store }) => await store.deliverOrder(params.order_id),
  }),
  storeRoute({
    name: "desk-order-cancel",
    method: "POST",
    path: "/desk/orders/:order_id/cancel",
    summary: "Cancel an order that has not been shipped; what was paid is refunded",
    access: "admin",
    status: 204,
    params: orderParams,
    body: z.strictObject({ reason: text(200).default("") }),
    handle: async ({ params, body, store, connection, services }) => {
      await store.cancelOrder(params.order_id, body.reason);
      for (const payment of await runQuery(connection, "order-payments", params))
        if (payment.kind === "refund" && payment.status === "pending")
          await collect(services, connection, Number(payment.payment_id));
    },
  }),
  storeRoute({
    name: "desk-returns",
    method: "GET",
    path: "/desk/returns",
    summary: "Returns to decide, the oldest first",
    access: "viewer",
    query: queue,
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "open-returns", { most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-return-decide",
    method: "POST",
    path: "/desk/returns/:return_id/decision",
    summary: "Accept a return (restocked and refunded), or refuse it",
    access: "admin",
    status: 204,
    params: z.strictObject({ return_id: id }),
    body: z.strictObject({ is_accepted: z.boolean() }),
    handle: async ({ params, body, store }) => await store.decideReturn(params.return_id, body.is_accepted),
  }),
  storeRoute({
    name: "desk-reviews",
    method: "GET",
    path: "/desk/reviews",
    summary: "Reviews to moderate, the oldest first",
    access: "viewer",
    query: queue,
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "reviews-to-moderate", { most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-review-decide",
    method: "POST",
    path: "/desk/reviews/:review_id/decision",
    summary: "Approve or reject a review",
    access: "admin",
    status: 204,
    params: z.strictObject({ review_id: id }),
    body: z.strictObject({ is_approved: z.boolean() }),
    handle: async ({ params, body, store }) => await store.moderateReview(params.review_id, body.is_approved),
  }),
  storeRoute({
    name: "desk-coupons",
    method: "GET",
    path: "/desk/coupons",
    summary: "Every coupon with its uses",
    access: "viewer",
    handle: async ({ connection }) => ({ rows: await runQuery(connection, "coupons") }),
  }),
  storeRoute({
    name: "desk-coupon-save",
    method: "PUT",
    path: "/desk/coupons/:code",
    summary: "Add a coupon or change it",
    access: "admin",
    status: 204,
    params: z.strictObject({ code: text(40, 3).regex(/^[A-Za-z0-9-]+$/, "must be letters, digits and -") }),
    body: z.strictObject({
      kind: z.enum(["percent", "amount", "shipping"]),
      value: minor.describe("Per cent off, or minor units off"),
      least_subtotal_minor: minor.default(0),
      ends_at: z.iso.datetime({ offset: true }).optional(),
      most_uses: z.int().min(1).max(1_000_000_000).optional(),
    }),
    handle: async ({ params, body, store }) =>
      await store.saveCoupon({
        code: params.code,
        kind: body.kind,
        value: body.value,
        leastSubtotalMinor: body.least_subtotal_minor,
        ...(body.ends_at === undefined ? {} : { endsAt: body.ends_at }),
        ...(body.most_uses === undefined ? {} : { mostUses: body.most_uses }),
      }),
  }),
];
