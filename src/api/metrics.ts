/** Figures about the running server in Prometheus' form. Labels come from closed lists, and nothing is about a person. */
import { statfs } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Collector } from "../collect/index.ts";
import { unbuiltBatches } from "../ingestion/batches.ts";
import type { ShopContext } from "./context.ts";

/** Upper bounds in seconds, from a kept answer to a whole export. */
const durationBuckets = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 10, 60];

/** Every request by the route that answered, never by its address: ids and searches stay out, and the labels are few. */
function measureRequests(server: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: "cartwright_http_request_duration_seconds",
    help: "Requests by route, method and status, and how long their answers took",
    labelNames: ["route", "method", "status"],
    buckets: durationBuckets,
    registers: [registry],
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const method = request.routeOptions.url === undefined ? "none" : request.method;
    durations.observe({ route, method, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}

function measureCollector(collector: Collector, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: "cartwright_events_total",
    help: "Events sent to the door since the server started, by verdict",
    labelNames: ["verdict"],
    registers,
    collect() {
      this.reset();
      for (const [verdict, count] of Object.entries(collector.verdictCounts)) this.inc({ verdict }, count);
    },
  });
  new Gauge({
    name: "cartwright_collected_waiting_bytes",
    help: "Bytes of acknowledged events that the warehouse does not hold yet",
    registers,
    collect() {
      this.set(collector.waitingBytes);
    },
  });
  new Gauge({
    name: "cartwright_live_names",
    help: "Visitors, pages and products that the live page remembers",
    registers,
    collect() {
      this.set(collector.live.heldCount);
    },
  });
}

function measureLines({ lines }: ShopContext, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: "cartwright_questions",
    help: "Questions that run and that wait in line now; long ones are exports, SQL and assistants'",
    labelNames: ["line", "state"],
    registers,
    collect() {
      for (const [line, { counts }] of Object.entries(lines)) {
        this.set({ line, state: "running" }, counts.running);
        this.set({ line, state: "waiting" }, counts.waiting);
      }
    },
  });
  new Counter({
    name: "cartwright_questions_refused_total",
    help: "Questions refused since the server started because too many of the same person waited",
    labelNames: ["line"],
    registers,
    collect() {
      this.reset();
      for (const [line, { counts }] of Object.entries(lines)) this.inc({ line }, counts.refused);
    },
  });
}

/** A figure that cannot be had now is left out, so that the others still are. */
function gauge(registry: Registry, name: string, help: string, read: () => Promise<number | null>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const value = await read().catch(() => null);
      if (value === null) this.remove();
      else this.set(value);
    },
  });
}

function measureWorkspace(context: ShopContext, registry: Registry): void {
  const { warehouse, clock, folders } = context.workspace;
  gauge(
    registry,
    "cartwright_unbuilt_batches",
    "Loaded batches that sessions, orders and rollups do not follow yet",
    async () => (await unbuiltBatches(warehouse)).length,
  );
  gauge(
    registry,
    "cartwright_refreshed_seconds_ago",
    "Time since sessions, orders and rollups were last built",
    async () => {
      const { refreshedAt } = await context.extent();
      return refreshedAt === null ? null : (clock.now() - Date.parse(refreshedAt)) / 1000;
    },
  );
  gauge(registry, "cartwright_engine_memory_bytes", "Memory the engine's statements use now", async () =>
    Number((await warehouse.queryOne("select value from system.metrics where metric = 'MemoryTracking'")).value),
  );
  gauge(registry, "cartwright_disk_free_bytes", "Free room on the disk of the workspace", async () => {
    const { bavail, bsize } = await statfs(folders.root);
    return bavail * bsize;
  });
}

/** Measures this server from now on; `/metrics` needs a token, like any other answer. */
export function installMetrics(server: FastifyInstance, context: ShopContext, collector: Collector | null): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureRequests(server, registry);
  if (collector !== null) measureCollector(collector, registry);
  measureLines(context, registry);
  measureWorkspace(context, registry);
  server.get(
    "/metrics",
    {
      schema: {
        operationId: "metrics",
        summary: "Figures about the running server for Prometheus; needs a token",
        tags: ["shop"],
      },
    },
    async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );
}
