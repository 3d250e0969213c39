/** Routes of annotations: own ones, and those the data make by themselves. */
import type { FastifyInstance } from "fastify";
import {
  type Annotation,
  annotations,
  automaticAnnotations,
  deleteKept,
  findKept,
  listKept,
  saveKept,
} from "../kept/index.ts";
import type { ShopContext } from "./context.ts";
import { gone, made } from "./documented-answer.ts";
import { described, requireOwn, writingOf } from "./kept-kind.ts";

const tags = ["kept"];

export function installAnnotationRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse } = context.workspace;
  let automatic: { readonly version: string; readonly rows: ReturnType<typeof automaticAnnotations> } | null = null;

  /** Computed once a data version; a failure is not kept. */
  async function automaticNow(): ReturnType<typeof automaticAnnotations> {
    const shop = await context.analysisContext();
    const { dataVersion } = shop.extent;
    if (automatic?.version !== dataVersion) automatic = { version: dataVersion, rows: automaticAnnotations(shop) };
    const { rows } = automatic;
    try {
      return await rows;
    } catch (error) {
      automatic = null;
      throw error;
    }
  }

  server.get(
    "/api/v1/annotations",
    {
      schema: {
        operationId: "list-annotations",
        summary: "What happened when: notes people wrote, imports, days with many price changes; by day",
        tags,
      },
    },
    async () => {
      const own = (await listKept<Annotation>(warehouse, annotations)).map((one) => ({
        kind: "note" as const,
        ...described(one),
      }));
      const made = (await automaticNow()).map((one) => ({ id: null, made_by: null, ...one }));
      return { rows: [...own, ...made].sort((a, b) => (a.first_on < b.first_on ? -1 : 1)) };
    },
  );

  server.post(
    "/api/v1/annotations",
    {
      config: { role: "analyst" },
      schema: {
        ...made,
        operationId: "annotate",
        summary: "Note what happened on a day or over some, for charts over time",
        tags,
        body: {
          type: "object",
          properties: {
            first_on: { type: "string", format: "date" },
            last_on: { type: "string", format: "date", description: "The same day when left out" },
            text: { type: "string", maxLength: 200 },
            page: { type: ["string", "null"], description: "Only on this page" },
            analysis: { type: ["string", "null"], description: "Only on this analysis" },
          },
          required: ["first_on", "text"],
        },
      },
    },
    async (request, reply) =>
      reply.code(201).send(described(await saveKept(writingOf(context, request), annotations, request.body))),
  );

  server.delete<{ Params: { id: string } }>(
    "/api/v1/annotations/:id",
    {
      config: { role: "analyst" },
      schema: { ...gone, operationId: "delete-annotation", summary: "Delete a note; its history stays", tags },
    },
    async (request, reply) => {
      const { id, made_by } = await findKept(warehouse, annotations, request.params.id);
      requireOwn(request, made_by);
      await deleteKept(writingOf(context, request), annotations, id);
      return reply.code(204).send();
    },
  );
}
