/** The audit log for administrators. */
import type { FastifyInstance } from "fastify";
import { type AuditLog, auditKinds } from "./audit-log.ts";
import { mostRows, parseAuditSearch } from "./audit-request.ts";

const described = (description: string, further: object = {}) => ({ type: "string", description, ...further });

export function installAuditRoutes(server: FastifyInstance, log: AuditLog): void {
  server.get(
    "/api/v1/audit",
    {
      config: { role: "admin" },
      schema: {
        operationId: "audit",
        summary: "Who changed, exported and signed in, latest first",
        tags: ["people"],
        querystring: {
          type: "object",
          properties: {
            who: described("Name or id of a user or token"),
            what: described("Part of an operation or command"),
            kind: described("What sort of entry", { enum: [...auditKinds] }),
            since: described("First day or instant, UTC"),
            until: described("Day or instant before which, UTC"),
            before: described("The `next` of the page before"),
            limit: { type: "integer", minimum: 1, maximum: mostRows, default: 50 },
          },
        },
      },
    },
    async (request) => await log.read(parseAuditSearch(request.query)),
  );
}
