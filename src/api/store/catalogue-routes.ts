/** What is for sale: categories, catalogue with search and facets, articles, what goes with them. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import type { StoreRow } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import { masked } from "../../warehouse/mask.ts";
import { storeRoute } from "./define.ts";
import { afterId, id, pageSize, several, text, wholeNumber } from "./fields.ts";

const filters = {
  q: text(200, 1).optional().describe("What the shopper searches for; one wrong letter still finds"),
  category: text(120, 1).optional().describe("Slug of a category; those below it count"),
  brand: several(text(120, 1)),
  product_type: several(text(60, 1)),
  colour: several(text(40, 1)),
  least_price_minor: wholeNumber(0, 1_000_000_000_000).optional(),
  most_price_minor: wholeNumber(0, 1_000_000_000_000).optional(),
};
const filterSchema = z.strictObject(filters);

const sorts = {
  relevance: "catalogue-relevance",
  newest: "catalogue-newest",
  price_up: "catalogue-price-up",
  price_down: "catalogue-price-down",
} as const;

const bound = (given: z.output<typeof filterSchema>) => ({
  text: given.q,
  category: given.category,
  brands: given.brand,
  product_types: given.product_type,
  colours: given.colour,
  least_price_minor: given.least_price_minor,
  most_price_minor: given.most_price_minor,
});

const cursorSchema = z.tuple([z.string().regex(/^[\d .:+-]{1,40}$/), z.int().min(1)]);

/** A cursor holds the sort key and the id of a page's last row. */
const cursorAfter = (row: StoreRow): string =>
  Buffer.from(JSON.stringify([String(row.cursor_key), Number(row.article_id)])).toString("base64url");

function readCursor(cursor: string | undefined): { after_key?: string; after_id?: number } {
  if (cursor === undefined) return {};
  const [after_key, after_id] = cursorSchema.parse(jsonOf(cursor));
  return { after_key, after_id };
}

const isCursor = (cursor: string): boolean => cursorSchema.safeParse(jsonOf(cursor)).success;

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

export const articleParams = z.strictObject({ article_id: id });

export const catalogueRoutes = [
  storeRoute({
    name: "categories",
    method: "GET",
    path: "/categories",
    summary: "The tree of categories, as a list with parents",
    access: "anyone",
    handle: async ({ connection }) => ({ rows: await runQuery(connection, "categories") }),
  }),
  storeRoute({
    name: "catalogue",
    method: "GET",
    path: "/catalogue",
    summary: "Articles for sale: searched, filtered, sorted, a page at a time",
    access: "anyone",
    query: filterSchema.extend({
      sort: z
        .enum(["relevance", "newest", "price_up", "price_down"])
        .optional()
        .describe("relevance with a search, else newest, when not given"),
      cursor: text(200, 1)
        .refine(isCursor, "must be the next_cursor of the page before")
        .optional()
        .describe("next_cursor of the page before, with the same filters and sort"),
      limit: pageSize(100, 24),
    }),
    handle: async ({ query, connection }) => {
      const { sort = query.q === undefined ? "newest" : "relevance", cursor, limit } = query;
      if (sort === "relevance" && query.q === undefined)
        throw new CartwrightError("invalid_parameter", "sort: relevance needs a search in q", { name: "sort" });
      const values = { ...bound(query), ...readCursor(cursor), most: limit + 1 };
      const found = await runQuery(connection, sorts[sort], values);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        rows: page.map(({ cursor_key: _, ...row }) => row),
        next_cursor: found.length > limit && last ? cursorAfter(last) : null,
      };
    },
  }),
  storeRoute({
    name: "facets",
    method: "GET",
    path: "/catalogue/facets",
    summary: "How many articles each category, brand, type and colour has among those that pass the filters",
    access: "anyone",
    query: filterSchema,
    handle: async ({ query, connection }) => {
      const rows = await runQuery(connection, "facets", bound(query));
      const [all] = rows.filter((row) => row.facet === "all");
      return {
        rows: rows
          .filter((row) => row.facet !== "all")
          .map(({ facet, value, label, article_count }) => ({ facet, value, label, article_count })),
        article_count: all?.article_count ?? 0,
        least_price_minor: all?.least_price_minor ?? null,
        greatest_price_minor: all?.greatest_price_minor ?? null,
      };
    },
  }),
  storeRoute({
    name: "article",
    method: "GET",
    path: "/articles/:article_id",
    summary: "One article with what is available, its stars and its components",
    access: "anyone",
    params: articleParams,
    handle: async ({ params, connection }) => {
      const [row] = await runQuery(connection, "article", params);
      if (!row) {
        throw new CartwrightError("store_missing", `article ${params.article_id} is not for sale`, {
          hint: "choose another article",
        });
      }
      return row;
    },
  }),
  storeRoute({
    name: "article-reviews",
    method: "GET",
    path: "/articles/:article_id/reviews",
    summary: "Approved reviews, newest first; e-mail addresses in their texts are masked",
    access: "anyone",
    params: articleParams,
    query: z.strictObject({ after_id: afterId, limit: pageSize(100, 20) }),
    handle: async ({ params, query, connection }) => ({
      rows: (
        await runQuery(connection, "article-reviews", { ...params, after_id: query.after_id, most: query.limit })
      ).map((row) => masked(row)),
    }),
  }),
  storeRoute({
    name: "review-summary",
    method: "GET",
    path: "/articles/:article_id/reviews/summary",
    summary: "Approved reviews by stars, and how they sound",
    access: "anyone",
    params: articleParams,
    handle: async ({ params, connection }) => (await runQuery(connection, "review-summary", params))[0],
  }),
  storeRoute({
    name: "recommendations",
    method: "GET",
    path: "/articles/:article_id/recommendations",
    summary: "What stands in the same orders, the most frequent first",
    access: "anyone",
    params: articleParams,
    query: z.strictObject({ limit: pageSize(24, 8) }),
    handle: async ({ params, query, connection }) => ({
      rows: await runQuery(connection, "also-bought", { ...params, most: query.limit }),
    }),
  }),
];
