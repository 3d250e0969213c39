/**
 * Questions to the warehouse that took long: a line of the log each, and the slowest of late for administrators. Who asks is
 * told by the id of the request; what was asked by the name of the analysis, never by its text or values.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { FastifyInstance } from "fastify";
import { type Clock, isoNow } from "../clock.ts";
import type { Asked } from "../warehouse/warehouse.ts";

export interface SlowQuery {
  /** When it was over, ISO 8601 in UTC. */
  readonly at: string;
  /** Name of the analysis; `console`, `segment`, `filter values` or `other` for the rest. */
  readonly name: string;
  /** Id of the request that asked; null for what the server asks by itself. */
  readonly request_id: string | null;
  readonly duration_ms: number;
  readonly read_rows: number;
  readonly read_bytes: number;
  /** Null where the engine does not tell. */
  readonly memory_bytes: number | null;
  /** Code of the error; null when it was answered. */
  readonly code: string | null;
}

const mostKept = 100;
const dayMs = 86_400_000;

const slowestFirst = (one: SlowQuery, other: SlowQuery): number => other.duration_ms - one.duration_ms;

/** The slowest questions of the last day of this process, at most a hundred. */
export class SlowQueries {
  readonly #clock: Clock;
  #queries: readonly SlowQuery[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note({ name, durationMs, cost, memoryBytes, code }: Asked, requestId: string | null): SlowQuery {
    const query: SlowQuery = {
      at: isoNow(this.#clock),
      name,
      request_id: requestId,
      duration_ms: Math.round(durationMs),
      read_rows: cost.readRows,
      read_bytes: cost.readBytes,
      memory_bytes: memoryBytes,
      code,
    };
    this.#queries = [...this.list(), query].toSorted(slowestFirst).slice(0, mostKept);
    return query;
  }

  /** The slowest first. */
  list(): readonly SlowQuery[] {
    const since = new Date(this.#clock.now() - dayMs).toISOString();
    return this.#queries.filter(({ at }) => at >= since);
  }
}

/** What installing needs of a workspace. */
interface Watched {
  readonly clock: Clock;
  readonly config: { readonly engine: { readonly slow_query_ms: number } };
  readonly warehouse: { onAsked: ((asked: Asked) => void) | null };
}

/** Watches the questions of the server while it listens. */
export function installSlowQueries(server: FastifyInstance, { clock, config, warehouse }: Watched): void {
  const slow = new SlowQueries(clock);
  const request = new AsyncLocalStorage<string>();
  server.addHook("onRequest", (asking, _reply, done) => {
    // Collecting asks nothing as the reader, and is spared a context of its own.
    if (asking.routeOptions.config.isCollecting) done();
    else request.run(asking.id, done);
  });
  let isWatching = false;
  server.addHook("onListen", async () => {
    isWatching = true;
    warehouse.onAsked = (asked) => {
      if (asked.durationMs < config.engine.slow_query_ms) return;
      server.log.warn({ slow_query: slow.note(asked, request.getStore() ?? null) }, "slow query");
    };
  });
  server.addHook("onClose", async () => {
    if (isWatching) warehouse.onAsked = null;
  });
  server.get(
    "/api/v1/slow-queries",
    {
      config: { role: "admin" },
      schema: {
        operationId: "slow-queries",
        summary: "Questions of the last day that took longest, since the server started",
        description:
          "Those over `engine.slow_query_ms`. Each is a line of the server's log too, with the same request id.",
        tags: ["shop"],
      },
    },
    () => ({ rows: slow.list() }),
  );
}
