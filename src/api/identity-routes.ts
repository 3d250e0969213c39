/** Routes of identities: who is one person, and entries that say otherwise. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { CartwrightError } from "../errors.ts";
import { decide, listEntries, personGraph, undoEntry } from "../identity/index.ts";
import type { ShopContext } from "./context.ts";

const tags = ["customers"];
const longest = 512;

const customerId = {
  type: "string",
  minLength: 1,
  maxLength: longest,
  description: "Id as files and events name the customer",
};
const pairSchema = {
  type: "object",
  properties: {
    first: { ...customerId, description: "Id of a customer; a merged person keeps it" },
    second: { ...customerId, description: "Id of the other customer" },
    note: { type: "string", maxLength: 500, description: "Why" },
  },
  required: ["first", "second"],
};

const actorOf = (request: FastifyRequest): string => request.principal?.name ?? "unknown";

function idIn(given: unknown, name: string): string {
  const id = Object(given)[name];
  if (typeof id === "string" && id.trim() !== "" && id.length <= longest) return id.trim();
  throw new CartwrightError("invalid_parameter", `${name} is the id of a customer`, { name });
}

function noteIn(given: unknown): string {
  const { note = "" } = Object(given) as { note?: unknown };
  if (typeof note === "string" && note.length <= 500) return note;
  throw new CartwrightError("invalid_parameter", "note is a text of at most 500 characters", { name: "note" });
}

export function installIdentityRoutes(server: FastifyInstance, { workspace }: ShopContext): void {
  server.get<{ Querystring: { id?: string } }>(
    "/api/v1/identity/person",
    {
      config: { problems: ["person_unknown"], role: "analyst" },
      schema: {
        operationId: "get-person",
        summary: "Every id of a customer's person, and what ties them",
        tags,
        querystring: { type: "object", properties: { id: customerId }, required: ["id"] },
      },
    },
    async (request) => await personGraph(workspace.warehouse, idIn(request.query, "id")),
  );

  server.get(
    "/api/v1/identity/entries",
    {
      config: { role: "analyst" },
      schema: { operationId: "list-identity-entries", summary: "Every merge, separation and undo by hand", tags },
    },
    async () => ({ rows: await listEntries(workspace.warehouse) }),
  );

  const summaries = {
    merge: "Count two customers as one person",
    separate: "Never count two customers as one person",
  } as const;
  for (const action of ["merge", "separate"] as const)
    server.post(
      `/api/v1/identity/${action}`,
      {
        config: { problems: ["person_unknown", "workspace_busy"], role: "admin" },
        schema: { operationId: `${action}-customers`, summary: summaries[action], tags, body: pairSchema },
      },
      async (request) => {
        const { body } = request;
        const pair = { first: idIn(body, "first"), second: idIn(body, "second"), note: noteIn(body) };
        return await workspace.exclusively(() => decide(workspace, action, pair, actorOf(request)));
      },
    );

  server.post<{ Params: { entry: string } }>(
    "/api/v1/identity/entries/:entry/undo",
    {
      config: { problems: ["identity_entry_unknown", "workspace_busy"], role: "admin" },
      schema: {
        operationId: "undo-identity-entry",
        summary: "Take a merge or a separation back",
        tags,
        params: { type: "object", properties: { entry: { type: "integer", description: "Number of the entry" } } },
      },
    },
    async (request) =>
      await workspace.exclusively(() => undoEntry(workspace, Number(request.params.entry), actorOf(request))),
  );
}
