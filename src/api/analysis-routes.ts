/** Routes of the catalogue: one for each analysis, derived from its declaration. */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Analysis } from "../analyses/define.ts";
import { describeAllParams, describeAnalysis, readmeOf } from "../analyses/describe.ts";
import { contentTypes, type ExportFormat, exportAnalysis, exportFormats } from "../analyses/export.ts";
import { catalogue } from "../analyses/index.ts";
import { param } from "../analyses/param.ts";
import { type Given, prepareQuery, resolveValues, runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { findMetric } from "../metrics/index.ts";
import { findSegments, type Segment } from "../segments/index.ts";
import type { ShopContext } from "./context.ts";

type Query = Record<string, unknown>;

function querySchema(analysis: Analysis) {
  const properties = Object.fromEntries(
    describeAllParams(analysis).map((param) => [param.name, withoutDataDefault(param.schema, param.default)]),
  );
  const format = {
    type: "string",
    enum: ["json", ...exportFormats],
    default: "json",
    description: "json, or an export without a row cap",
  };
  return { type: "object", properties: { ...properties, format } };
}

const withoutDataDefault = (schema: object, fallback: unknown): object =>
  typeof fallback === "string" && fallback.includes("_") ? { ...schema, "x-default": fallback } : schema;

function rowSchema(analysis: Analysis) {
  const properties = Object.fromEntries(
    Object.entries(analysis.columns).map(([name, column]) => [name, column.schema]),
  );
  return { type: "object", properties, required: Object.keys(properties) };
}

const metaSchema = {
  type: "object",
  properties: {
    name: { type: "string" },
    params: { type: "object", additionalProperties: true, description: "Parameters as resolved" },
    data_version: { type: "string" },
    refreshed_at: { type: ["string", "null"], format: "date-time" },
    elapsed_ms: { type: "number" },
    read_rows: { type: "integer" },
    read_bytes: { type: "integer" },
    row_count: { type: "integer" },
  },
};

/** The texts of a filter as the query string gives them. */
const filterValues = (given: unknown): readonly string[] => (given === undefined ? [] : param.texts("").parse(given));

/** Aborts the query when the client goes away. */
function signalOf(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  request.raw.on("close", () => {
    if (!reply.raw.writableEnded) controller.abort();
  });
  reply.raw.on("close", () => {
    if (!reply.raw.writableEnded) controller.abort();
  });
  return controller.signal;
}

/** A segment saved anew changes the answers that name it, so its version counts. */
function etagOf(version: string, name: string, given: Query, segments: readonly Segment[]): string {
  const versions = segments.map((segment) => [segment.definition.name, segment.version]);
  const digest = createHash("sha256")
    .update(JSON.stringify([name, Object.entries(given).sort(), versions]))
    .digest("base64url")
    .slice(0, 16);
  return `W/"${version}-${digest}"`;
}

export function installAnalysisRoutes(server: FastifyInstance, context: ShopContext): void {
  for (const analysis of catalogue) {
    const path = `/api/v1/analyses/${analysis.name}`;
    const tags = [analysis.page];
    server.get(
      path,
      {
        schema: {
          operationId: analysis.name,
          summary: analysis.title,
          description: `${analysis.question} ${analysis.grain[0]?.toUpperCase()}${analysis.grain.slice(1)}.`,
          tags,
          querystring: querySchema(analysis),
          response: {
            200: {
              description: "The rows",
              type: "object",
              properties: { rows: { type: "array", items: rowSchema(analysis) }, meta: metaSchema },
            },
          },
        },
      },
      async (request, reply) => await answer(context, analysis, request, reply),
    );
    server.get(
      `${path}/explain`,
      {
        schema: {
          operationId: `explain-${analysis.name}`,
          summary: `How ${analysis.title} is computed`,
          tags,
          querystring: querySchema(analysis),
        },
      },
      async (request, reply) => await explain(context, analysis, request, reply),
    );
  }
  server.get(
    "/api/v1/catalogue",
    { schema: { operationId: "catalogue", summary: "Every analysis with its parameters and columns", tags: ["data"] } },
    () => ({
      rows: catalogue.map(describeAnalysis),
    }),
  );
}

async function answer(
  context: ShopContext,
  analysis: Analysis,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { format = "json", ...given } = request.query as Query;
  const shop = await context.analysisContext();
  if (format !== "json") return await sendExport(shop, analysis, given, String(format), reply);
  const segments = analysis.filters.includes("segment")
    ? await findSegments(shop.warehouse, filterValues(given.segment))
    : [];
  const etag = etagOf(shop.extent.dataVersion, analysis.name, given, segments);
  void reply.header("etag", etag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === etag && analysis.hasPeriod) return await reply.code(304).send();
  const startedAt = performance.now();
  const { rows, values, cost } = await runAnalysis(shop, analysis, given, signalOf(request, reply));
  return {
    rows,
    meta: {
      name: analysis.name,
      params: values,
      data_version: shop.extent.dataVersion,
      refreshed_at: shop.extent.refreshedAt,
      elapsed_ms: Math.round((performance.now() - startedAt) * 10) / 10,
      read_rows: cost.readRows,
      read_bytes: cost.readBytes,
      row_count: rows.length,
    },
  };
}

async function sendExport(
  shop: Awaited<ReturnType<ShopContext["analysisContext"]>>,
  analysis: Analysis,
  given: Given,
  format: string,
  reply: FastifyReply,
) {
  const known = exportFormats.find((one) => one === format) as ExportFormat | undefined;
  if (!known)
    throw new CartwrightError(
      "invalid_parameter",
      `format must be one of json, ${exportFormats.join(", ")}, got "${format}"`,
      { name: "format" },
    );
  const stream = await exportAnalysis(shop, analysis, given, known);
  void reply
    .header("content-disposition", `attachment; filename="${analysis.name}.${known}"`)
    .type(contentTypes[known]);
  return reply.send(stream);
}

const tablesIn = (sql: string): string[] =>
  [...new Set(sql.replace(/--.*$/gm, "").match(/\b(fct|dim|agg|stg|ops|prd)_\w+|\bsystem\.\w+/g) ?? [])].sort();

async function explain(context: ShopContext, analysis: Analysis, request: FastifyRequest, reply: FastifyReply) {
  const { format: _format, ...given } = request.query as Query;
  const shop = await context.analysisContext();
  const values = resolveValues(analysis, given, shop.extent);
  const { sql, bindings } = await prepareQuery(shop, analysis, values);
  const startedAt = performance.now();
  const { cost } = await runAnalysis(
    shop,
    analysis,
    { ...given, ...(analysis.hasPeriod ? { compare: "none" } : {}) },
    signalOf(request, reply),
  );
  return {
    name: analysis.name,
    question: analysis.question,
    grain: analysis.grain,
    definition: readmeOf(analysis),
    sql,
    derived: analysis.derive?.meaning ?? null,
    params: bindings,
    tables: tablesIn(sql),
    metrics: analysis.metrics.flatMap((name) => findMetric(name) ?? []),
    data_version: shop.extent.dataVersion,
    refreshed_at: shop.extent.refreshedAt,
    read_rows: cost.readRows,
    elapsed_ms: Math.round((performance.now() - startedAt) * 10) / 10,
  };
}
