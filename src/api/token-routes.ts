/** API tokens for administrators: made, listed, revoked. */
import type { FastifyInstance } from "fastify";
import type { Credentials } from "./credentials.ts";
import { gone, made } from "./documented-answer.ts";
import { roles } from "./role.ts";
import { scopes } from "./scopes.ts";
import { longestName, mostDays, parseTokenRequest } from "./tokens.ts";

const tags = ["session"];
const config = { role: "admin" } as const;

export function installTokenRoutes(server: FastifyInstance, credentials: Credentials): void {
  server.get(
    "/api/v1/tokens",
    {
      config,
      schema: { operationId: "list-tokens", summary: "Tokens with their last use, without their secrets", tags },
    },
    () => ({ rows: credentials.listTokens() }),
  );
  server.post(
    "/api/v1/tokens",
    {
      config,
      schema: {
        ...made,
        operationId: "create-token",
        summary: "Make a token; its secret is shown once",
        tags,
        body: {
          type: "object",
          properties: {
            name: { type: "string", minLength: 1, maxLength: longestName, description: "What the token is for" },
            role: { type: "string", enum: [...roles], default: "viewer" },
            scopes: {
              type: "array",
              items: { type: "string", enum: [...scopes] },
              description: "What the token is narrowed to; all that its role may when empty",
            },
            expires_days: {
              type: "integer",
              minimum: 1,
              maximum: mostDays,
              description: "Days until it ends; until it is revoked when not given, or when the token that asks ends",
            },
          },
          required: ["name"],
        },
      },
    },
    async (request, reply) => {
      const made = { by: request.principal?.name ?? "unknown", noLaterThan: request.tokenEnd };
      return reply.code(201).send(credentials.createToken(parseTokenRequest(request.body), made));
    },
  );
  server.delete<{ Params: { id: string } }>(
    "/api/v1/tokens/:id",
    { config, schema: { ...gone, operationId: "revoke-token", summary: "End a token at once", tags } },
    async (request, reply) => {
      credentials.revokeToken(request.params.id);
      return reply.code(204).send();
    },
  );
}
