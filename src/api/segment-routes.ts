/** Routes of segments: list, save, size, customers, delete. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { csvLine } from "../analyses/export.ts";
import { param } from "../analyses/param.ts";
import { CartwrightError } from "../errors.ts";
import {
  deleteSegment,
  findSegment,
  listSegments,
  memberColumns,
  parseRule,
  type Segment,
  saveSegment,
  segmentMembers,
  segmentSize,
  segmentSizes,
  streamMembers,
} from "../segments/index.ts";
import { dayAfterLast } from "../warehouse/extent.ts";
import { inPortions, linesOf } from "../warehouse/lines.ts";
import { askAtTurn, streamAtTurn } from "./asking.ts";
import type { ShopContext } from "./context.ts";
import { gone } from "./documented-answer.ts";
import { seesPeople } from "./masked-answers.ts";

type ByName = { Params: { name: string } };
type Query = { Querystring: Readonly<Record<string, string | undefined>> };

const tags = ["customers"];
const mostShown = 1000;

const described = ({ definition, version, history }: Segment) => ({
  ...definition,
  version,
  saved_at: history.at(-1)?.happened_at ?? null,
  saved_by: history.at(-1)?.actor ?? null,
});

const actorOf = (request: FastifyRequest): string => request.principal?.name ?? "unknown";

/** Reads one value with a parameter's own reader. @throws invalid_parameter */
function read<T>(name: string, given: string | undefined, by: { parse: (given: unknown) => T }, fallback: T): T {
  if (given === undefined) return fallback;
  try {
    return by.parse(given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CartwrightError("invalid_parameter", `${name} ${error.message}, got ${JSON.stringify(given)}`, { name });
  }
}

const dayParam = param.day("Day the segment is taken on: only what happened before it counts", "day_after_last");
const limitParam = param.integer("Most customers shown", { min: 1, max: 1_000_000, default: mostShown });

const ruleSchema = {
  type: "object",
  description:
    "all, any (lists of rules) or not (a rule), or a condition with kind events, orders, rfm, tier, cohort, country, score or cluster",
  examples: [{ kind: "country", country: ["GB"] }, { not: { kind: "country", country: ["DE"] } }],
};
const definitionSchema = {
  type: "object",
  properties: {
    name: { type: "string", description: "Small letters, digits and hyphens" },
    title: { type: "string" },
    note: { type: "string" },
    rule: ruleSchema,
  },
  required: ["name", "rule"],
};
const asOfSchema = { as_of: dayParam.schema };

async function* csvOf(lines: Readable): AsyncGenerator<string> {
  yield csvLine(memberColumns);
  for await (const line of linesOf(lines)) {
    const row = JSON.parse(line) as Record<string, unknown>;
    yield csvLine(memberColumns.map((name) => row[name]));
  }
}

export function installSegmentRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse, clock } = context.workspace;
  const today = async (given: string | undefined): Promise<string> =>
    read("as_of", given, dayParam, dayAfterLast(await context.extent()));
  const { card, long } = context.lines;

  server.get(
    "/api/v1/segments",
    { schema: { operationId: "list-segments", summary: "Every segment with its rule", tags } },
    async () => ({ rows: (await listSegments(warehouse)).map(described) }),
  );

  server.post(
    "/api/v1/segments",
    {
      config: { problems: ["segment_unknown", "model_not_trained"], role: "analyst" },
      schema: {
        operationId: "save-segment",
        summary: "Save a segment; one of the same name gets a new version",
        tags,
        body: definitionSchema,
      },
    },
    async (request) => described(await saveSegment(warehouse, clock, request.body, actorOf(request))),
  );

  server.post(
    "/api/v1/segments/size",
    {
      config: { problems: ["segment_unknown", "model_not_trained"], audit: "none" },
      schema: {
        operationId: "size-of-rule",
        summary: "How many customers a rule holds for, before it is saved",
        tags,
        body: { type: "object", properties: { rule: ruleSchema, ...asOfSchema }, required: ["rule"] },
      },
    },
    async (request, reply) => {
      const { rule, as_of } = Object(request.body) as { rule?: unknown; as_of?: unknown };
      const [parsed, day] = [parseRule(rule), await today(typeof as_of === "string" ? as_of : undefined)];
      return await askAtTurn(card, request, reply, async (signal) => await segmentSize(warehouse, parsed, day, signal));
    },
  );

  server.get<ByName>(
    "/api/v1/segments/:name",
    { schema: { operationId: "get-segment", summary: "A segment with the history of its rule", tags } },
    async (request) => {
      const segment = await findSegment(warehouse, request.params.name);
      return { ...described(segment), history: segment.history };
    },
  );

  server.delete<ByName>(
    "/api/v1/segments/:name",
    {
      config: { role: "analyst" },
      schema: { ...gone, operationId: "delete-segment", summary: "Delete a segment; its history stays", tags },
    },
    async (request, reply) => {
      await deleteSegment(warehouse, clock, request.params.name, actorOf(request));
      return reply.code(204).send();
    },
  );

  server.get<ByName & Query>(
    "/api/v1/segments/:name/size",
    {
      config: { problems: ["model_not_trained"] },
      schema: {
        operationId: "size-of-segment",
        summary: "How many customers a segment has",
        tags,
        querystring: { type: "object", properties: asOfSchema },
      },
    },
    async (request, reply) => {
      const { rule } = (await findSegment(warehouse, request.params.name)).definition;
      const day = await today(request.query.as_of);
      return await askAtTurn(card, request, reply, async (signal) => await segmentSize(warehouse, rule, day, signal));
    },
  );

  server.get<ByName>(
    "/api/v1/segments/:name/sizes",
    {
      config: { problems: ["model_not_trained"] },
      schema: {
        operationId: "sizes-of-segment",
        summary: "How many customers the segment, as it is now defined, had at the start of each month",
        tags,
      },
    },
    async (request, reply) => {
      const { rule } = (await findSegment(warehouse, request.params.name)).definition;
      const extent = await context.extent();
      const ask = async (signal: AbortSignal) => await segmentSizes(warehouse, rule, extent, undefined, signal);
      return { rows: await askAtTurn(card, request, reply, ask) };
    },
  );

  server.get<ByName & Query>(
    "/api/v1/segments/:name/customers",
    {
      schema: {
        operationId: "customers-of-segment",
        summary: "The customers of a segment",
        tags,
        querystring: {
          type: "object",
          properties: {
            ...asOfSchema,
            limit: limitParam.schema,
            format: { type: "string", enum: ["json", "csv", "ndjson"], description: "csv and ndjson have no row cap" },
          },
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { definition } = await findSegment(warehouse, name);
      const asOf = await today(request.query.as_of);
      const telling = seesPeople(request) ? "whole" : "masked";
      const format = request.query.format ?? "json";
      if (format === "json") {
        const limit = read("limit", request.query.limit, limitParam, mostShown);
        const ask = async () => await segmentMembers(warehouse, definition.rule, asOf, limit, telling);
        return { rows: await askAtTurn(card, request, reply, ask) };
      }
      if (format !== "csv" && format !== "ndjson")
        throw new CartwrightError("invalid_parameter", `format must be json, csv or ndjson, got "${format}"`, {
          name: "format",
        });
      const file = async (signal: AbortSignal): Promise<Readable> => {
        const lines = await streamMembers(warehouse, definition.rule, asOf, telling, signal);
        return format === "csv" ? Readable.from(inPortions(csvOf(lines))) : lines;
      };
      const stream = await streamAtTurn(long, request, reply, file);
      void reply
        .header("content-disposition", `attachment; filename="${name}.${format}"`)
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson");
      return reply.send(stream);
    },
  );
}
