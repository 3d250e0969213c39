/** The shop itself: what a page must know first, what it offers, and whether the browser lets its steps be logged. */
import { z } from "zod";
import { currencyDecimals } from "../../config.ts";
import { CartwrightError } from "../../errors.ts";
import { runQuery } from "../../store/query.ts";
import { storeRoute } from "./define.ts";
import { id, pageSize } from "./fields.ts";
import { offersFor } from "./offers.ts";
import { sessionAnswer } from "./session-answer.ts";

export const shopRoutes = [
  storeRoute({
    name: "shop",
    method: "GET",
    path: "/shop",
    summary: "The shop: name, currency, shipping, how long a cart keeps its articles, how one can pay",
    access: "anyone",
    handle: async ({ connection, services }) => {
      const [row] = await runQuery(connection, "shop");
      return {
        name: services.name,
        currency_decimals: currencyDecimals(services.currency),
        ...row,
        payment_methods: services.payments.methods,
      };
    },
  }),
  storeRoute({
    name: "consent",
    method: "PUT",
    path: "/consent",
    summary: "Say whether this browser's steps may be logged; without a yes nothing is",
    access: "anyone",
    body: z.strictObject({ is_given: z.boolean() }),
    handle: async ({ body, session, shopper }) => {
      session.giveConsent(body.is_given);
      return sessionAnswer(shopper, session);
    },
  }),
  storeRoute({
    name: "offers",
    method: "GET",
    path: "/offers",
    summary:
      "Articles to offer: of the recommendation model when it is trained, else of the store; the answer names its source",
    access: "anyone",
    query: z.strictObject({
      place: z.enum(["home", "product", "cart"]).default("home"),
      article_id: id.optional().describe("The article looked at; needed for the place product"),
      limit: pageSize(24, 8),
    }),
    handle: async (call) => {
      const { place, article_id, limit } = call.query;
      if (place === "product" && article_id === undefined)
        throw new CartwrightError("missing_parameter", "the place product needs article_id", { name: "article_id" });
      return await offersFor(call, place, article_id ?? null, limit);
    },
  }),
  storeRoute({
    name: "trending",
    method: "GET",
    path: "/trending",
    summary: "What sells: articles by units of the last 28 days",
    access: "anyone",
    query: z.strictObject({ limit: pageSize(24, 8) }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "trending-articles", { most: query.limit }),
    }),
  }),
];
