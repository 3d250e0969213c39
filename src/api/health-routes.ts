/** Health for probes: alive, and ready to work. Which part is not ready anyone may know; why, only who has signed in. */
import type { FastifyInstance } from "fastify";
import { type ReadinessParts, readiness } from "./readiness.ts";

/** Below this the engine may refuse to merge or to write. */
export const leastFreeBytes = 500_000_000;

export function installHealthRoutes(server: FastifyInstance, parts: ReadinessParts): void {
  const config = { isOpen: true, rateLimit: false } as const;
  for (const [url, operationId] of [
    ["/health", "health"],
    ["/healthz", "healthz"],
  ] as const)
    server.get(
      url,
      { config, schema: { operationId, summary: "Whether the server runs", tags: ["shop"], security: [] } },
      () => ({ status: "ok" }),
    );
  server.get(
    "/readyz",
    {
      config,
      schema: {
        operationId: "readyz",
        summary:
          "Whether engine, store, disk and collector can work; 503 names what cannot, and why to who has signed in",
        tags: ["shop"],
        security: [],
        response: {
          200: { description: "Ready", type: "object", additionalProperties: true },
          503: { description: "Not ready", type: "object", additionalProperties: true },
        },
      },
    },
    async (request, reply) => {
      const checks = await readiness(parts);
      const isReady = checks.every((one) => one.is_ok);
      return reply
        .code(isReady ? 200 : 503)
        .header("cache-control", "no-store")
        .send({
          status: isReady ? "ready" : "not ready",
          failed: checks.filter((one) => !one.is_ok).map((one) => one.name),
          ...(request.principal === null ? {} : { checks }),
        });
    },
  );
}
