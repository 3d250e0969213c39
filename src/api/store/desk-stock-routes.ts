/** The desk's stock, articles, categories and prices. Reading is for every role; changes are for admins. */
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { runQuery } from "../../store/query.ts";
import { articleParams } from "./catalogue-routes.ts";
import { storeRoute } from "./define.ts";
import { afterId, bodyId, id, minor, pageSize, text } from "./fields.ts";

const slug = text(120, 1).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by -");
const units = z.int().min(0).max(1_000_000_000);
const note = text(200).default("");
const stocks = z.array(z.strictObject({ sku: text(64, 1), stock: units })).max(10_000);

/** Rows `sku,stock` of a CSV text. @throws invalid_parameter naming the line */
function readStocks(csv: string): z.output<typeof stocks> {
  let rows: readonly Record<string, string>[];
  try {
    rows = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new CartwrightError("invalid_parameter", `the CSV cannot be read: ${(error as Error).message}`, {
      name: "body",
    });
  }
  return rows.map((row, index) => {
    const read = stocks.element.safeParse({
      sku: row.sku,
      stock: /^\d+$/.test(row.stock ?? "") ? Number(row.stock) : NaN,
    });
    if (read.success) return read.data;
    throw new CartwrightError(
      "invalid_parameter",
      `line ${index + 2} needs the columns sku and stock, a whole number of 0 or more; got ${JSON.stringify(row).slice(0, 100)}`,
      { name: "body" },
    );
  });
}

export const deskStockRoutes = [
  storeRoute({
    name: "desk-articles",
    method: "GET",
    path: "/desk/articles",
    summary: "Articles with stock and cost, also those taken off sale",
    access: "viewer",
    query: z.strictObject({
      q: text(200, 1).optional().describe("A SKU, or letters of the name"),
      after_id: afterId.describe("The last id of the page before; ids rise"),
      limit: pageSize(500, 50),
    }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "desk-articles", {
        text: query.q,
        after_id: query.after_id,
        most: query.limit,
      }),
    }),
  }),
  storeRoute({
    name: "desk-article-save",
    method: "PUT",
    path: "/desk/articles",
    summary: "Add an article, or change the one with its SKU; what is not named stays",
    access: "admin",
    body: z.strictObject({
      sku: text(64, 1),
      name: text(200, 1).optional(),
      description: text(5000).optional(),
      category: slug.optional(),
      brand: text(120).optional(),
      product_type: text(60).optional(),
      colour: text(40).optional(),
      pattern: text(40).optional(),
      price_minor: minor.optional(),
      cost_minor: minor.optional(),
      reorder_point: units.optional(),
      image_url: z
        .union([z.url({ protocol: /^https?$/ }).max(500), text(500).regex(/^\/[\w./-]*$/), z.literal("")])
        .optional(),
      is_active: z.boolean().optional(),
    }),
    handle: async ({ body, store }) => ({
      article_id: await store.saveArticle(body),
    }),
  }),
  storeRoute({
    name: "desk-bundle",
    method: "PUT",
    path: "/desk/articles/:article_id/components",
    summary: "Say what a bundle is made of; an empty list makes it a plain article again",
    access: "admin",
    status: 204,
    params: articleParams,
    body: z.strictObject({
      components: z.array(z.strictObject({ sku: text(64, 1), quantity: z.int().min(1).max(1000) })).max(100),
    }),
    handle: async ({ params, body, store }) => await store.saveBundle(params.article_id, body.components),
  }),
  storeRoute({
    name: "desk-stock",
    method: "PUT",
    path: "/desk/articles/:article_id/stock",
    summary: "Set an article's stock to what was counted",
    access: "admin",
    params: articleParams,
    body: z.strictObject({ stock: units, note }),
    handle: async ({ params, body, store }) => ({
      stock_quantity: await store.updateStock(params.article_id, body.stock, body.note),
    }),
  }),
  storeRoute({
    name: "desk-stock-movements",
    method: "GET",
    path: "/desk/articles/:article_id/movements",
    summary: "The ledger of an article's stock, newest first",
    access: "viewer",
    params: articleParams,
    query: z.strictObject({ after_id: afterId, limit: pageSize(500, 50) }),
    handle: async ({ params, query, connection }) => ({
      rows: await runQuery(connection, "stock-movements", { ...params, after_id: query.after_id, most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-stock-bulk",
    method: "POST",
    path: "/desk/stock",
    summary: "Set the stock of many articles; all or nothing",
    access: "admin",
    body: z.strictObject({ stocks, note }),
    handle: async ({ body, store }) => ({ changed_count: await store.bulkUpdateStock(body.stocks, body.note) }),
  }),
  storeRoute({
    name: "desk-stock-csv",
    method: "POST",
    path: "/desk/stock/csv",
    summary: "Set the stock of many articles from a CSV with the columns sku and stock; all or nothing",
    access: "admin",
    bodyType: "text/csv",
    body: z.string("must be sent as text/csv"),
    handle: async ({ body, store }) => ({ changed_count: await store.bulkUpdateStock(readStocks(body), "CSV") }),
  }),
  storeRoute({
    name: "desk-category-save",
    method: "PUT",
    path: "/desk/categories/:slug",
    summary: "Add a category, or rename and move the one with this slug",
    access: "admin",
    params: z.strictObject({ slug }),
    body: z.strictObject({
      name: text(120, 1),
      parent: slug.nullable().default(null),
      position: z.int().min(0).max(1_000_000).default(0),
    }),
    handle: async ({ params, body, store }) => ({
      category_id: await store.saveCategory(params.slug, body.name, body.parent, body.position),
    }),
  }),
  storeRoute({
    name: "desk-price",
    method: "PUT",
    path: "/desk/articles/:article_id/price",
    summary: "Give an article a new price; the history keeps the reason",
    access: "admin",
    status: 204,
    params: articleParams,
    body: z.strictObject({ price_minor: minor, reason: text(200).default("") }),
    handle: async ({ params, body, store }) =>
      await store.updatePrice(params.article_id, body.price_minor, body.reason),
  }),
  storeRoute({
    name: "desk-price-history",
    method: "GET",
    path: "/desk/articles/:article_id/prices",
    summary: "Every price an article has had, newest first",
    access: "viewer",
    params: articleParams,
    query: z.strictObject({ limit: pageSize(500, 50) }),
    handle: async ({ params, query, connection }) => ({
      rows: await runQuery(connection, "price-history", { ...params, most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-markdown",
    method: "POST",
    path: "/desk/markdown",
    summary: "Mark down what sells least in a category; a preview changes nothing",
    access: "admin",
    body: z.strictObject({
      category_id: bodyId,
      percentile: z.number().min(0).max(1).describe("Articles at or below this quantile of units sold"),
      markdown_percent: z.number().min(0).max(90),
      days: z.int().min(1).max(3650).default(90),
      is_preview: z.boolean().default(true),
      below_cost: z.boolean().default(false),
    }),
    handle: async ({ body, store }) => ({
      rows: await store.adjustPrices({
        categoryId: body.category_id,
        percentile: body.percentile,
        markdownPercent: body.markdown_percent,
        days: body.days,
        isPreview: body.is_preview,
        belowCost: body.below_cost,
      }),
    }),
  }),
  storeRoute({
    name: "desk-price-schedules",
    method: "GET",
    path: "/desk/price-schedules",
    summary: "Prices that wait for their time",
    access: "viewer",
    query: z.strictObject({ limit: pageSize(500, 100) }),
    handle: async ({ query, connection }) => ({
      rows: await runQuery(connection, "price-schedules", { most: query.limit }),
    }),
  }),
  storeRoute({
    name: "desk-price-schedule",
    method: "POST",
    path: "/desk/price-schedules",
    summary: "Let a price take effect later",
    access: "admin",
    status: 201,
    body: z.strictObject({ article_id: bodyId, price_minor: minor, starts_at: z.iso.datetime({ offset: true }) }),
    handle: async ({ body, store }) => ({
      schedule_id: await store.schedulePrice(body.article_id, body.price_minor, body.starts_at),
    }),
  }),
  storeRoute({
    name: "desk-price-schedule-cancel",
    method: "DELETE",
    path: "/desk/price-schedules/:schedule_id",
    summary: "Take back a scheduled price that has not been applied",
    access: "admin",
    status: 204,
    params: z.strictObject({ schedule_id: id }),
    handle: async ({ params, store }) => await store.cancelPrice(params.schedule_id),
  }),
];
