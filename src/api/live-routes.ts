/** What arrives now: one picture, or one a second over server-sent events. */
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Collector } from "../collect/index.ts";
import type { ShopContext } from "./context.ts";

const everyMs = 1000;

export function installLiveRoutes(server: FastifyInstance, context: ShopContext, collector: Collector | null): void {
  const closing = new AbortController();
  server.addHook("preClose", async () => closing.abort());
  const picture = async () => ({
    is_collecting: collector?.isReady ?? false,
    refreshed_at: (await context.extent()).refreshedAt,
    waiting_bytes: collector?.waitingBytes ?? 0,
    live: collector?.live.picture() ?? null,
  });

  server.get(
    "/api/v1/live",
    {
      schema: {
        operationId: "live",
        summary: "Visitors, events a second, orders, pages and products of now",
        tags: ["collect"],
      },
    },
    picture,
  );

  server.get(
    "/api/v1/live/stream",
    {
      config: { rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        operationId: "live-stream",
        summary: "The same once a second, as server-sent events",
        tags: ["collect"],
      },
    },
    async (request, reply) => {
      const leaving = new AbortController();
      request.raw.on("close", () => leaving.abort());
      const signal = AbortSignal.any([closing.signal, leaving.signal]);
      async function* pictures(): AsyncGenerator<string> {
        while (!signal.aborted) {
          yield `data: ${JSON.stringify(await picture())}\n\n`;
          await sleep(everyMs, undefined, { signal }).catch(() => {});
        }
      }
      return reply
        .header("content-type", "text/event-stream")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no")
        .send(Readable.from(pictures()));
    },
  );
}
