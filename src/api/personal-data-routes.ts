/** What is held about one person, for administrators: handed out as one document, and erased. */
import type { FastifyInstance } from "fastify";
import { type Collector, drain } from "../collect/index.ts";
import { deliver } from "../delivery/index.ts";
import { CartwrightError } from "../errors.ts";
import {
  type EraseOptions,
  erasePerson,
  exportPerson,
  finishErasure,
  letGo,
  listOutlived,
  type PersonQuery,
} from "../privacy/index.ts";
import type { StoreConnection } from "../store/connection.ts";
import { readErasures } from "../workspace/erasure-register.ts";
import type { ShopContext } from "./context.ts";
import type { StoreServices } from "./store/services.ts";

const config = { role: "admin" } as const;
const tags = ["shop"];
const longest = 512;

const body = {
  type: "object",
  description: "Either of the two",
  properties: {
    id: { type: "string", maxLength: longest, description: "Id as the shop's files and events name the person" },
    email: { type: "string", maxLength: longest, description: "E-mail address" },
  },
};

function personOf(given: unknown): PersonQuery {
  const { id, email } = (given ?? {}) as { id?: unknown; email?: unknown };
  const isText = (one: unknown): one is string => typeof one === "string" && one.trim() !== "" && one.length <= longest;
  if (isText(id) && email === undefined) return { id: id.trim() };
  if (isText(email) && id === undefined) return { email };
  throw new CartwrightError("invalid_parameter", "name one person, by id or by email", { name: "id" });
}

export function installPersonalDataRoutes(
  server: FastifyInstance,
  context: ShopContext,
  services: StoreServices,
  collector: Collector | null,
): void {
  const { workspace } = context;
  const openStore = async (): Promise<StoreConnection | null> => (services.exists() ? await services.open() : null);
  server.post(
    "/api/v1/personal-data/export",
    {
      config: { problems: ["person_unknown"], ...config, audit: "export" },
      schema: {
        operationId: "export-person",
        summary: "Everything held about one person, as one JSON document",
        tags,
        body,
      },
    },
    async (request, reply) => {
      const person = await exportPerson(workspace, await openStore(), personOf(request.body));
      return reply.header("content-disposition", 'attachment; filename="person.json"').send(person);
    },
  );
  server.post(
    "/api/v1/personal-data/erase",
    {
      config: { ...config, problems: ["person_unknown", "person_needed", "workspace_busy"] },
      schema: {
        response: {
          200: { description: "Erased", type: "object", additionalProperties: true },
          204: { description: "There was no interrupted erasure to finish", type: "null" },
        },
        operationId: "erase-person",
        summary: "Erase one person everywhere; orders, money and counts stay without a name. It cannot be undone",
        tags,
        body: {
          ...body,
          properties: {
            ...body.properties,
            finish: { type: "boolean", description: "Instead of a person: finish an erasure that was interrupted" },
          },
        },
      },
    },
    async (request, reply) => {
      const isFinish = (request.body as { finish?: unknown } | undefined)?.finish === true;
      const query = isFinish ? null : personOf(request.body);
      const store = await openStore();
      const options: EraseOptions = {
        store,
        actor: request.principal?.name ?? "",
        settle: async () => {
          if (collector !== null) await drain(workspace, collector);
          if (store !== null) await deliver(workspace, store);
        },
        onNamed: (isNamed) => {
          context.looks.forgetNamed(isNamed);
          collector?.seen.forgetNamed(isNamed);
        },
      };
      if (query !== null) return await erasePerson(workspace, query, options);
      return (await finishErasure(workspace, options)) ?? reply.code(204).send();
    },
  );
  server.post<{ Body: { dry_run?: unknown } | undefined }>(
    "/api/v1/personal-data/retention",
    {
      config: { ...config, problems: ["workspace_busy"] },
      schema: {
        operationId: "let-go",
        summary: "Let go of what is older than the settings say; what went, or would go, by place and month",
        tags,
        body: {
          type: "object",
          properties: { dry_run: { type: "boolean", default: false, description: "Only say what would go" } },
        },
      },
    },
    async (request) => {
      const isDryRun = request.body?.dry_run ?? false;
      if (typeof isDryRun !== "boolean")
        throw new CartwrightError("invalid_parameter", "dry_run is true or false", { name: "dry_run" });
      return { rows: await (isDryRun ? listOutlived : letGo)(workspace, await openStore()) };
    },
  );
  server.get(
    "/api/v1/personal-data/erasures",
    { config, schema: { operationId: "list-erasures", summary: "Who erased somebody when, and how much", tags } },
    () => ({
      rows: readErasures(workspace.folders.root).map(({ id, erased_at, actor, state, counts }) => ({
        id,
        erased_at,
        actor,
        state,
        counts,
      })),
    }),
  );
}
