/** Checkout, orders and returns of a shopper, or of the guest who holds the order's token. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import type { StoreRow } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import { requireCart } from "./cart.ts";
import { type StoreCall, shopperRoute, storeRoute } from "./define.ts";
import { address, afterId, bodyId, email, id, pageSize, text } from "./fields.ts";
import { collect } from "./services.ts";
import { hashOf } from "./shopper-session.ts";
import { visitOf } from "./step-log.ts";

const orderParams = z.strictObject({ order_id: id });
const method = text(40, 1).default("card").describe("What the shopper pays with, in the payment provider's words");

type OrderCall = StoreCall<{ order_id: number }, unknown, unknown>;

/** The order when it is the shopper's, or the guest's by `x-order-token`; for anyone else it is not there. */
async function ownOrder({ params, shopper, request, connection }: OrderCall): Promise<StoreRow> {
  const token = request.headers["x-order-token"];
  const [row] = await runQuery(connection, "own-order", {
    order_id: params.order_id,
    customer_id: shopper?.customer_id,
    token_hash: typeof token === "string" && token !== "" ? hashOf(token) : null,
  });
  if (row) return row;
  throw new CartwrightError("store_missing", `you have no order ${params.order_id}`, {
    hint: "list your orders; a guest sends the order's token as x-order-token",
  });
}

async function viewOrder(call: OrderCall) {
  const { customer_id: _, ...order } = await ownOrder(call);
  return { ...order, ...(await orderParts(call)) };
}

/** Lines, payments and returns of an order. */
export async function orderParts({ connection, params }: Pick<OrderCall, "connection" | "params">) {
  return {
    lines: await runQuery(connection, "order-lines", params),
    payments: await runQuery(connection, "order-payments", params),
    returns: await runQuery(connection, "order-returns", params),
  };
}

const checkoutBody = z.strictObject({
  key: text(200, 16).describe("Random text; the same key never orders twice"),
  address,
  email: email.optional().describe("Of a guest"),
  coupon: text(40, 1).optional(),
  method,
});

export const orderRoutes = [
  storeRoute({
    name: "checkout",
    method: "POST",
    path: "/checkout",
    summary: "Order the cart and pay; safe to repeat with the same key",
    access: "anyone",
    body: checkoutBody,
    handle: async (call) => {
      const { body, shopper, session, store, services, connection } = call;
      if (!shopper && body.email === undefined)
        throw new CartwrightError("missing_parameter", "a guest gives an email address", { name: "email" });
      // A guest's repeated request names the cart it has ordered already, so the token is looked up whatever the cart's state.
      const token = session.requireVisitor();
      const cartId = shopper ? await requireCart(call) : await store.openCart(null, hashOf(token));
      const order = { cartId, key: body.key, address: body.address, coupon: body.coupon ?? null, method: body.method };
      const placed = shopper
        ? await store.processCheckout({ ...order, customerId: shopper.customer_id })
        : await store.checkoutAsGuest({ ...order, email: body.email ?? "" });
      // Before the charge: whenever it succeeds, the purchase is logged in this visit.
      if (session.consent === true)
        await store.noteOrderVisit(placed.orderId, session.visitorId, visitOf(call.request) ?? session.visitorId);
      if (placed.paymentStatus === "pending") await collect(services, connection, placed.paymentId);
      const [row] = await runQuery(connection, "own-order", {
        order_id: placed.orderId,
        customer_id: shopper?.customer_id,
        token_hash: hashOf(token),
      });
      return {
        order_id: placed.orderId,
        status: row?.status,
        total_minor: placed.totalMinor,
        payments: await runQuery(connection, "order-payments", { order_id: placed.orderId }),
        order_token: shopper ? null : token,
        csrf_token: session.csrfToken,
      };
    },
  }),
  shopperRoute({
    name: "orders",
    method: "GET",
    path: "/orders",
    summary: "The shopper's orders, newest first",
    query: z.strictObject({ after_id: afterId, limit: pageSize(100, 20) }),
    handle: async ({ shopper, query, connection }) => ({
      rows: await runQuery(connection, "orders", {
        customer_id: shopper.customer_id,
        after_id: query.after_id,
        most: query.limit,
      }),
    }),
  }),
  storeRoute({
    name: "order",
    method: "GET",
    path: "/orders/:order_id",
    summary: "One order with lines, payments and returns",
    access: "anyone",
    params: orderParams,
    handle: async (call) => await viewOrder(call),
  }),
  storeRoute({
    name: "order-pay",
    method: "POST",
    path: "/orders/:order_id/pay",
    summary: "Pay an order whose payment failed",
    access: "anyone",
    params: orderParams,
    body: z.strictObject({ method }),
    handle: async (call) => {
      await ownOrder(call);
      const paymentId = await call.store.retryPayment(call.params.order_id, call.body.method);
      await collect(call.services, call.connection, paymentId);
      return await viewOrder(call);
    },
  }),
  storeRoute({
    name: "order-cancel",
    method: "POST",
    path: "/orders/:order_id/cancel",
    summary: "Cancel an order that has not been shipped; what was paid is refunded",
    access: "anyone",
    params: orderParams,
    body: z.strictObject({ reason: text(200).default("") }),
    handle: async (call) => {
      await ownOrder(call);
      await call.store.cancelOrder(call.params.order_id, call.body.reason);
      return await viewOrder(call);
    },
  }),
  storeRoute({
    name: "order-return",
    method: "POST",
    path: "/orders/:order_id/returns",
    summary: "Ask to send back units of a shipped or delivered order",
    access: "anyone",
    status: 201,
    params: orderParams,
    body: z.strictObject({
      items: z
        .array(z.strictObject({ order_item_id: bodyId, quantity: z.int().min(1).max(1_000_000) }))
        .min(1)
        .max(200),
      reason: text(500).default(""),
    }),
    handle: async (call) => {
      await ownOrder(call);
      return { return_id: await call.store.requestReturn(call.params.order_id, call.body.items, call.body.reason) };
    },
  }),
  storeRoute({
    name: "payment-callback",
    method: "POST",
    path: "/payments/:payment_id/callback",
    summary:
      "What the payment provider says late; signed in x-signature, hex HMAC-SHA256 of `payment_id.status.reference`",
    access: "anyone",
    status: 204,
    params: z.strictObject({ payment_id: id }),
    body: z.strictObject({ status: z.enum(["succeeded", "failed"]), reference: text(200, 1) }),
    handle: async ({ params, body, request, services, store }) => {
      const signed = `${params.payment_id}.${body.status}.${body.reference}`;
      const wanted = createHmac("sha256", services.callbackSecret).update(signed).digest();
      const given = Buffer.from(String(request.headers["x-signature"] ?? ""), "hex");
      const isSigned = given.length === wanted.length && timingSafeEqual(given, wanted);
      if (services.callbackSecret === "" || !isSigned)
        throw new CartwrightError("request_refused", "the callback is not signed by the payment provider");
      await store.settlePayment(params.payment_id, body.status, body.reference);
    },
  }),
];
