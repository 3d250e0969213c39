/** Write keys for administrators: made, listed, revoked. */
import type { FastifyInstance } from "fastify";
import { CartwrightError } from "../errors.ts";
import type { Credentials } from "./credentials.ts";
import { gone, made } from "./documented-answer.ts";
import { mustNotOutlive } from "./tokens.ts";

const longestName = 80;
const tags = ["collect"];
const config = { role: "admin" } as const;
const body = {
  type: "object",
  properties: { name: { type: "string", minLength: 1, maxLength: longestName, description: "What the key is for" } },
  required: ["name"],
} as const;

export function installWriteKeyRoutes(server: FastifyInstance, credentials: Credentials): void {
  server.get(
    "/api/v1/write-keys",
    {
      config,
      schema: { operationId: "write-keys", summary: "Keys that may send events, without the keys themselves", tags },
    },
    () => ({ rows: credentials.listWriteKeys().map(({ id, name, created_at }) => ({ id, name, created_at })) }),
  );
  server.post<{ Body: { name?: unknown } | undefined }>(
    "/api/v1/write-keys",
    {
      config,
      schema: { ...made, operationId: "create-write-key", summary: "Makes a key; it is shown once", tags, body },
    },
    async (request, reply) => {
      const name = request.body?.name;
      if (typeof name !== "string" || name.trim() === "" || name.length > longestName)
        throw new CartwrightError("invalid_parameter", `name must be a text of 1 to ${longestName} characters`, {
          name: "name",
        });
      mustNotOutlive(request.tokenEnd);
      return reply.code(201).send(credentials.createWriteKey(name.trim()));
    },
  );
  server.delete<{ Params: { id: string } }>(
    "/api/v1/write-keys/:id",
    { config, schema: { ...gone, operationId: "revoke-write-key", summary: "Ends a key at once", tags } },
    async (request, reply) => {
      credentials.revokeWriteKey(request.params.id);
      return reply.code(204).send();
    },
  );
}
