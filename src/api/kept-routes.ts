/** Routes of what people keep: saved views, boards, queries, start pages, viewpoints. */
import type { FastifyInstance } from "fastify";
import {
  type Board,
  boards,
  deleteKept,
  findKept,
  parseBoardCard,
  savedQueries,
  savedViews,
  saveKept,
  startOf,
  startPages,
  viewpointNames,
  viewpoints,
} from "../kept/index.ts";
import type { ShopContext } from "./context.ts";
import { gone, made } from "./documented-answer.ts";
import { described, installKeptKind, requireOwn, writingOf } from "./kept-kind.ts";

type ById = { Params: { id: string } };

const tags = ["kept"];

const placeSchema = {
  page: { type: "string", description: "Page of the dashboard" },
  search: { type: "string", description: "Search part of its address: period, comparison, filters, controls" },
};
const boardCardSchema = {
  type: "object",
  properties: {
    id: { type: "string", description: "Made when not given" },
    analysis: { type: "string", description: "Built in or own" },
    title: { type: ["string", "null"], maxLength: 80, description: "Null for that of the analysis" },
    size: { type: "string", enum: ["full", "two-thirds", "half", "third"], default: "full" },
    chart: { type: ["object", "null"], description: "Another chart than the declared one" },
    search: {
      type: "string",
      description: "Controls, and the period and filters it keeps, as in addresses of the dashboard",
    },
  },
  required: ["analysis"],
};

export function installKeptRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse } = context.workspace;

  installKeptKind(server, context, {
    kind: savedViews,
    path: "views",
    what: "a page with its period, filters and controls",
    fields: placeSchema,
    required: ["page"],
  });
  installKeptKind(server, context, {
    kind: savedQueries,
    path: "queries",
    role: "analyst",
    what: "a statement of the SQL console",
    fields: { sql: { type: "string", description: "One select" } },
    required: ["sql"],
  });
  installKeptKind(server, context, {
    kind: boards,
    path: "boards",
    what: "cards in an order",
    fields: { cards: { type: "array", items: boardCardSchema } },
    required: [],
  });

  server.post<ById>(
    "/api/v1/boards/:id/cards",
    {
      schema: {
        ...made,
        operationId: "add-board-card",
        summary: "Put a card at the end of a board",
        tags,
        body: boardCardSchema,
      },
    },
    async (request, reply) => {
      const { id, made_by, content } = await findKept(warehouse, boards, request.params.id);
      requireOwn(request, made_by);
      const cards = [...content.cards, parseBoardCard(request.body)];
      return reply
        .code(201)
        .send(described(await saveKept<Board>(writingOf(context, request), boards, { ...content, cards }, id)));
    },
  );

  server.post(
    "/api/v1/start-page",
    {
      config: { problems: ["kept_missing"] },
      schema: {
        operationId: "choose-start-page",
        summary: "Begin at a page or a saved view from now on",
        tags,
        body: {
          type: "object",
          properties: { view_id: { type: "string", description: "A saved view, instead of a page" }, ...placeSchema },
        },
      },
    },
    async (request) => {
      const writing = writingOf(context, request);
      const given = Object(request.body) as { view_id?: unknown };
      if (given.view_id !== undefined) await findKept(warehouse, savedViews, String(given.view_id));
      await saveKept(writing, startPages, given, writing.actor);
      return await startOf(warehouse, writing.actor);
    },
  );

  server.delete(
    "/api/v1/start-page",
    {
      config: { problems: ["kept_missing"] },
      schema: { ...gone, operationId: "forget-start-page", summary: "Begin at the overview again", tags },
    },
    async (request, reply) => {
      const writing = writingOf(context, request);
      await deleteKept(writing, startPages, writing.actor);
      return reply.code(204).send();
    },
  );

  server.post(
    "/api/v1/viewpoint",
    {
      schema: {
        operationId: "choose-viewpoint",
        summary: "Look at the shop from this viewpoint on Home",
        tags,
        body: {
          type: "object",
          properties: { viewpoint: { type: "string", enum: viewpointNames } },
          required: ["viewpoint"],
        },
      },
    },
    async (request) => {
      const writing = writingOf(context, request);
      return (await saveKept(writing, viewpoints, request.body, writing.actor)).content;
    },
  );
}
