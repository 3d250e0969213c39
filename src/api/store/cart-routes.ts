/** Cart and wishlist. Every answer of the cart is the cart as it is afterwards. */
import { z } from "zod";
import { runQuery } from "../../store/query.ts";
import { findCart, requireCart, viewCart } from "./cart.ts";
import { articleParams } from "./catalogue-routes.ts";
import { shopperRoute, storeRoute } from "./define.ts";
import { bodyId, text } from "./fields.ts";
import { logStep } from "./step-log.ts";

const quantity = z.int().min(1).max(1000);

export const cartRoutes = [
  storeRoute({
    name: "cart",
    method: "GET",
    path: "/cart",
    summary: "The cart at today's prices",
    access: "anyone",
    handle: async (call) => await viewCart(call),
  }),
  storeRoute({
    name: "cart-quote",
    method: "GET",
    path: "/cart/quote",
    summary: "What the cart comes to with shipping, tax and a coupon, if it were ordered now",
    access: "anyone",
    query: z.strictObject({ coupon: text(40, 1).optional() }),
    handle: async (call) => await call.store.quoteCart((await findCart(call)) ?? 0, call.query.coupon ?? null),
  }),
  storeRoute({
    name: "cart-add",
    method: "POST",
    path: "/cart/items",
    summary: "Put units of an article into the cart, on top of those that are there",
    access: "anyone",
    body: z.strictObject({ article_id: bodyId, quantity: quantity.default(1) }),
    handle: async (call) => {
      const { article_id, quantity: units } = call.body;
      await call.store.addToCart(await requireCart(call), article_id, units);
      await logStep(call, "cart_add", { articleId: article_id, quantity: units });
      return await viewCart(call);
    },
  }),
  storeRoute({
    name: "cart-set",
    method: "PUT",
    path: "/cart/items/:article_id",
    summary: "Make the units of an article in the cart this many; 0 takes it out",
    access: "anyone",
    params: articleParams,
    body: z.strictObject({ quantity: z.int().min(0).max(1000) }),
    handle: async (call) => {
      await call.store.setCartQuantity(await requireCart(call), call.params.article_id, call.body.quantity);
      return await viewCart(call);
    },
  }),
  storeRoute({
    name: "cart-remove",
    method: "DELETE",
    path: "/cart/items/:article_id",
    summary: "Take an article out of the cart",
    access: "anyone",
    params: articleParams,
    handle: async (call) => {
      const cartId = await findCart(call);
      if (cartId === null) return await viewCart(call);
      await call.store.removeFromCart(cartId, call.params.article_id);
      await logStep(call, "cart_remove", { articleId: call.params.article_id });
      return await viewCart(call);
    },
  }),
  shopperRoute({
    name: "wishlist",
    method: "GET",
    path: "/wishlist",
    summary: "The shopper's wishlist",
    handle: async ({ shopper, connection }) => ({
      rows: await runQuery(connection, "wishlist", { customer_id: shopper.customer_id }),
    }),
  }),
  shopperRoute({
    name: "wishlist-add",
    method: "PUT",
    path: "/wishlist/:article_id",
    summary: "Put an article on the wishlist; a mail says so, and another when its price falls or it is back",
    params: articleParams,
    handle: async (call) => {
      const isNew = await call.store.addToWishlist(call.shopper.customer_id, call.params.article_id);
      if (isNew) await logStep(call, "wishlist_add", { articleId: call.params.article_id });
      return { is_new: isNew };
    },
  }),
  shopperRoute({
    name: "wishlist-remove",
    method: "DELETE",
    path: "/wishlist/:article_id",
    summary: "Take an article off the wishlist",
    params: articleParams,
    handle: async (call) => {
      const wasThere = await call.store.removeFromWishlist(call.shopper.customer_id, call.params.article_id);
      if (wasThere) await logStep(call, "wishlist_remove", { articleId: call.params.article_id });
      return { was_there: wasThere };
    },
  }),
  shopperRoute({
    name: "wishlist-move",
    method: "POST",
    path: "/wishlist/:article_id/move",
    summary: "Move an article from the wishlist to the cart, one unit",
    params: articleParams,
    handle: async (call) => {
      await call.store.moveWishlistToCart(call.shopper.customer_id, call.params.article_id);
      await logStep(call, "cart_add", { articleId: call.params.article_id, quantity: 1 });
      return await viewCart(call);
    },
  }),
];
