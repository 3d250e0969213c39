/** Reviews, and what a page tells the event log. */
import { z } from "zod";
import { runQuery } from "../../store/query.ts";
import { articleParams } from "./catalogue-routes.ts";
import { shopperRoute, storeRoute } from "./define.ts";
import { bodyId, pageSize, text } from "./fields.ts";
import { logStep, visitOf } from "./step-log.ts";

const title = text(200).default("");
const words = text(5000, 1);
const detail = z.union([text(500), z.number(), z.boolean(), z.null()]);

export const reviewRoutes = [
  storeRoute({
    name: "review-suggest",
    method: "POST",
    path: "/reviews/suggestion",
    summary: "How a text sounds, -1 to 1, and the stars that fit it, while it is written",
    access: "anyone",
    body: z.strictObject({ title, body: words }),
    handle: async ({ body, store }) => {
      const sentiment = await store.analyzeSentiment(`${body.title}. ${body.body}`);
      return { sentiment, suggested_rating: await store.suggestRating(sentiment) };
    },
  }),
  shopperRoute({
    name: "review-add",
    method: "POST",
    path: "/articles/:article_id/reviews",
    summary: "Review an article; shown once approved. Without stars, those that fit the text are taken",
    status: 201,
    params: articleParams,
    body: z.strictObject({ rating: z.int().min(1).max(5).nullable().default(null), title, body: words }),
    handle: async (call) => {
      const { shopper, params, body, store } = call;
      const id = await store.insertReview(shopper.customer_id, params.article_id, body.rating, body.title, body.body);
      await logStep(call, "review", { articleId: params.article_id });
      return { review_id: id, status: "pending" };
    },
  }),
  shopperRoute({
    name: "reviews",
    method: "GET",
    path: "/reviews",
    summary: "The shopper's own reviews, newest first, with what became of them",
    query: z.strictObject({ limit: pageSize(100, 50) }),
    handle: async ({ shopper, query, connection }) => ({
      rows: await runQuery(connection, "own-reviews", { customer_id: shopper.customer_id, most: query.limit }),
    }),
  }),
  storeRoute({
    name: "event",
    method: "POST",
    path: "/events",
    summary:
      "One interaction that only the page sees; steps of cart, wishlist, order and review log themselves. Without consent nothing is kept, and event_id is null",
    access: "anyone",
    status: 201,
    body: z.strictObject({
      event_type: z.enum(["view", "click", "search", "checkout_start"]),
      session_id: text(100, 1).optional().describe("The visit, when the page knows; else the visitor"),
      article_id: bodyId.optional(),
      channel: text(60).default("store"),
      details: z
        .record(text(60, 1), detail)
        .refine((given) => Object.keys(given).length <= 20, "must have at most 20 fields")
        .default({}),
    }),
    handle: async ({ body, store, session, shopper, request }) => {
      if (session.consent !== true) return { event_id: null };
      const visitor = session.visitorId;
      return {
        event_id: await store.logEvent({
          event_type: body.event_type,
          visitor_id: visitor,
          session_id: body.session_id ?? visitOf(request) ?? visitor,
          ...(shopper === null ? {} : { customer_id: shopper.customer_id }),
          ...(body.article_id === undefined ? {} : { article_id: body.article_id }),
          channel: body.channel,
          details: body.details,
        }),
      };
    },
  }),
];
