/** Routes about the shop as a whole: who is asking, what there is, values to filter by, the glossary, the SQL console. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { valueFilterNames } from "../analyses/define.ts";
import { CartwrightError } from "../errors.ts";
import { startOf, viewpointOf } from "../kept/index.ts";
import { metrics } from "../metrics/index.ts";
import { listSegments } from "../segments/index.ts";
import { readSqlResult } from "../warehouse/console.ts";
import { readSql } from "../warehouse/sql-file.ts";
import { requireReader } from "../workspace.ts";
import { askAtTurn } from "./asking.ts";
import type { ShopContext } from "./context.ts";
import type { Users } from "./people/users.ts";
import { shopFacts } from "./shop-facts.ts";

const filterSql = (name: string): string => readSql(new URL(`../warehouse/scopes/values-${name}.sql`, import.meta.url));
const longestSql = 100_000;

/** Saved segments as values of a filter; how many customers each has is not counted here. */
async function segmentValues(context: ShopContext, search: string, limit: number) {
  const wanted = search.toLowerCase();
  const segments = await listSegments(context.workspace.warehouse);
  return segments
    .map(({ definition }) => ({ value: definition.name, label: definition.title, row_count: null }))
    .filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted))
    .slice(0, limit);
}

export function installShopRoutes(server: FastifyInstance, context: ShopContext, users: Users): void {
  const { passwords } = context.workspace.config.sign_in;
  const hasPassword = ({ signedInBy }: FastifyRequest): boolean =>
    passwords && signedInBy?.kind === "user" && users.byId(signedInBy.id)?.password_hash !== null;
  server.get(
    "/api/v1/session",
    {
      schema: {
        operationId: "session",
        summary: "Who is signed in, where they start, and from which viewpoint they look",
        tags: ["session"],
      },
    },
    async (request) => ({
      user: request.principal,
      csrf_token: request.session.get("csrf") ?? null,
      has_password: hasPassword(request),
      start_page: await startOf(context.workspace.warehouse, request.principal?.name ?? ""),
      viewpoint: await viewpointOf(context.workspace.warehouse, request.principal?.name ?? ""),
    }),
  );

  server.get(
    "/api/v1/shop",
    { schema: { operationId: "shop", summary: "The shop, its days and its row counts", tags: ["shop"] } },
    async () => await shopFacts(context),
  );

  server.get<{ Params: { field: string }; Querystring: { search?: string; limit?: string } }>(
    "/api/v1/filters/:field",
    {
      schema: {
        operationId: "filters",
        summary: "Values to filter by, most frequent first",
        tags: ["shop"],
        params: { type: "object", properties: { field: { type: "string", enum: [...valueFilterNames] } } },
        querystring: {
          type: "object",
          properties: {
            search: { type: "string", default: "", description: "Part of the value" },
            limit: { type: "integer", minimum: 1, maximum: 500, default: 20 },
          },
        },
      },
    },
    async (request, reply) => {
      const field = valueFilterNames.find((name) => name === request.params.field);
      if (!field)
        throw new CartwrightError(
          "not_found",
          `there is no filter "${request.params.field}"; filters: ${valueFilterNames.join(", ")}`,
        );
      const limit = Math.min(Math.max(Number(request.query.limit ?? 20) || 20, 1), 500);
      if (field === "segment") return { rows: await segmentValues(context, request.query.search ?? "", limit) };
      const bindings = { search: request.query.search ?? "", limit };
      const { rows } = await askAtTurn(context.lines.card, request, reply, async (signal) =>
        context.workspace.warehouse.read(filterSql(field), { bindings, name: "filter values", signal }),
      );
      return { rows: rows.map((row) => ({ value: row.value, label: row.value, row_count: Number(row.row_count) })) };
    },
  );

  server.get(
    "/api/v1/glossary",
    { schema: { operationId: "glossary", summary: "Every metric with its definition", tags: ["shop"] } },
    () => ({
      rows: metrics.map((metric) => ({
        term: metric.label,
        name: metric.name,
        definition: metric.meaning,
        unit: metric.unit,
      })),
    }),
  );

  server.post<{ Body: { sql?: unknown } | undefined }>(
    "/api/v1/sql",
    {
      config: { role: "analyst", audit: "query" },
      schema: {
        operationId: "sql",
        summary: "One select on the warehouse, as a user who can only read it",
        tags: ["data"],
        body: {
          type: "object",
          properties: {
            sql: {
              type: "string",
              minLength: 1,
              maxLength: longestSql,
              examples: ["select day_on, gross_minor from agg_daily order by day_on"],
            },
          },
          required: ["sql"],
        },
      },
    },
    async (request, reply) => {
      const sql = request.body?.sql;
      if (typeof sql !== "string" || sql.trim() === "")
        throw new CartwrightError("missing_parameter", "the body needs sql", { name: "sql" });
      if (sql.length > longestSql)
        throw new CartwrightError("invalid_parameter", `sql must be at most ${longestSql} characters`, { name: "sql" });
      requireReader(context.workspace);
      return await askAtTurn(context.lines.long, request, reply, async (signal) =>
        readSqlResult(context.workspace.warehouse, sql, { signal }),
      );
    },
  );
}
