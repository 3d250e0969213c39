/** The routes every kind of kept thing with a title has: list, save, change, delete. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { CartwrightError } from "../errors.ts";
import { deleteKept, findKept, type Kept, type KeptKind, listKept, saveKept, type Writing } from "../kept/index.ts";
import type { ShopContext } from "./context.ts";
import { gone, made } from "./documented-answer.ts";
import type { Role } from "./role.ts";

type ById = { Params: { id: string } };

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

interface KeptRoutes<T> {
  readonly kind: KeptKind<T>;
  /** Where they stand below /api/v1, the kind's name in the plural. */
  readonly path: string;
  /** The least role they need; `viewer` when not said. */
  readonly role?: Role;
  /** What is kept, in the document's words. */
  readonly what: string;
  /** What it holds beside its title, as JSON Schema. */
  readonly fields: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

/** Everyone whom the role allows sees them; who made one, or an admin, changes it. */
export function installKeptKind<T extends { readonly title: string }>(
  server: FastifyInstance,
  context: ShopContext,
  { kind, path, role = "viewer", what, fields, required }: KeptRoutes<T>,
): void {
  const { warehouse } = context.workspace;
  const [tags, config] = [["kept"], { role }];
  const properties = { title: { type: "string", maxLength: 80 }, ...fields };
  const findOwn = async (request: FastifyRequest<ById>): Promise<Kept<T>> => {
    const found = await findKept(warehouse, kind, request.params.id);
    requireOwn(request, found.made_by);
    return found;
  };

  server.get(
    `/api/v1/${path}`,
    { config, schema: { operationId: `list-${path}`, summary: `Every ${kind.word}, by title`, tags } },
    async () => {
      const rows = (await listKept(warehouse, kind)).map(described);
      return { rows: rows.toSorted((a, b) => a.title.localeCompare(b.title)) };
    },
  );

  server.post(
    `/api/v1/${path}`,
    {
      config,
      schema: {
        ...made,
        operationId: `save-${kind.name}`,
        summary: `Save ${what} under a title`,
        tags,
        body: { type: "object", properties, required: ["title", ...required] },
      },
    },
    async (request, reply) => {
      const saved = await saveKept(writingOf(context, request), kind, request.body);
      return reply.code(201).send(described(saved));
    },
  );

  server.post<ById>(
    `/api/v1/${path}/:id`,
    {
      config,
      schema: {
        operationId: `change-${kind.name}`,
        summary: `Give a ${kind.word} another title or content`,
        tags,
        body: { type: "object", properties },
      },
    },
    async (request) => {
      const { id, content } = await findOwn(request);
      return described(await saveKept(writingOf(context, request), kind, { ...content, ...Object(request.body) }, id));
    },
  );

  server.delete<ById>(
    `/api/v1/${path}/:id`,
    {
      config,
      schema: {
        ...gone,
        operationId: `delete-${kind.name}`,
        summary: `Delete a ${kind.word}; its history stays`,
        tags,
      },
    },
    async (request, reply) => {
      const { id } = await findOwn(request);
      await deleteKept(writingOf(context, request), kind, id);
      return reply.code(204).send();
    },
  );
}
