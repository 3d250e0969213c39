/** Routes of what people keep: saved views, start pages, viewpoints. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { CartwrightError } from "../errors.ts";
import {
  deleteKept,
  findKept,
  type Kept,
  listKept,
  type SavedView,
  savedViews,
  saveKept,
  startOf,
  startPages,
  viewpointNames,
  viewpoints,
  type Writing,
} from "../kept/index.ts";
import type { ShopContext } from "./context.ts";

type ById = { Params: { id: string } };

const tags = ["kept"];

/** A kept thing as routes answer it: its content beside who made it and when. */
export const described = <T extends object>({ content, ...rest }: Kept<T>) => ({ ...rest, ...content });

/** Where a request writes, in the name of who is signed in. */
export const writingOf = ({ workspace: { warehouse, clock } }: ShopContext, request: FastifyRequest): Writing => ({
  warehouse,
  clock,
  actor: request.principal?.name ?? "unknown",
});

/** Refuses what belongs to someone else; an admin may. @throws not_allowed */
export function requireOwn(request: FastifyRequest, madeBy: string): void {
  const { principal } = request;
  if (principal && (principal.role === "admin" || principal.name === madeBy)) return;
  throw new CartwrightError("not_allowed", `this belongs to ${madeBy}`, { role: "admin" });
}

const placeSchema = {
  page: { type: "string", description: "Page of the dashboard" },
  search: { type: "string", description: "Search part of its address: period, comparison, filters, controls" },
};
const titleSchema = { title: { type: "string", maxLength: 80 } };

export function installKeptRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse } = context.workspace;

  server.get(
    "/api/v1/views",
    { schema: { operationId: "list-views", summary: "Every saved view, by title", tags } },
    async () => {
      const views = await listKept(warehouse, savedViews);
      return { rows: views.map(described).toSorted((a, b) => a.title.localeCompare(b.title)) };
    },
  );

  server.post(
    "/api/v1/views",
    {
      schema: {
        operationId: "save-view",
        summary: "Save a page with its period, filters and controls under a title",
        tags,
        body: { type: "object", properties: { ...titleSchema, ...placeSchema }, required: ["title", "page"] },
      },
    },
    async (request, reply) => {
      const saved = await saveKept<SavedView>(writingOf(context, request), savedViews, request.body);
      return reply.code(201).send(described(saved));
    },
  );

  server.post<ById>(
    "/api/v1/views/:id",
    {
      schema: {
        operationId: "change-view",
        summary: "Give a saved view another title, or another page and state",
        tags,
        body: { type: "object", properties: { ...titleSchema, ...placeSchema } },
      },
    },
    async (request) => {
      const { id, made_by, content } = await findKept(warehouse, savedViews, request.params.id);
      requireOwn(request, made_by);
      const changed = { ...content, ...Object(request.body) };
      return described(await saveKept<SavedView>(writingOf(context, request), savedViews, changed, id));
    },
  );

  server.delete<ById>(
    "/api/v1/views/:id",
    { schema: { operationId: "delete-view", summary: "Delete a saved view; its history stays", tags } },
    async (request, reply) => {
      const { id, made_by } = await findKept(warehouse, savedViews, request.params.id);
      requireOwn(request, made_by);
      await deleteKept(writingOf(context, request), savedViews, id);
      return reply.code(204).send();
    },
  );

  server.post(
    "/api/v1/start-page",
    {
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
    { schema: { operationId: "forget-start-page", summary: "Begin at the overview again", tags } },
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
