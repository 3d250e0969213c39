/** Routes of schedules: what there is, how it went, run one now, end a run. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Scheduler, startTasks } from "../../delivery/index.ts";
import { listSchedules, mostRuns, scheduleHistory } from "../../schedules/index.ts";
import type { ShopContext } from "../context.ts";
import { begun, gone } from "../documented-answer.ts";
import { parsed } from "../parsed.ts";
import { ScheduleRunner } from "./schedule-runner.ts";

const tags = ["schedules"];
/** Pause between two looks at what is due. */
const lookEveryMs = 5000;

const limitRule = `must be a whole number from 1 to ${mostRuns}`;
const historySchema = z.strictObject({
  limit: z.coerce.number().int(limitRule).min(1, limitRule).max(mostRuns, limitRule).default(50),
});

export function installScheduleRoutes(server: FastifyInstance, context: ShopContext): void {
  const { workspace } = context;
  const runner = new ScheduleRunner(workspace);
  let tasks: Scheduler | null = null;
  server.addHook("onListen", async () => {
    if (Object.keys(workspace.config.schedules).length === 0) return;
    const task = { name: "run what is due", everyMs: lookEveryMs, run: async () => runner.tick() };
    tasks = startTasks([task], (name, error) => server.log.error({ task: name, err: error }, "schedules"));
  });
  server.addHook("preClose", async () => {
    await tasks?.stop();
    await runner.stop();
  });

  server.get(
    "/api/v1/schedules",
    {
      config: { role: "analyst" },
      schema: {
        operationId: "list-schedules",
        summary: "What the server does by itself: when, when next, and how the last run went",
        tags,
      },
    },
    () => ({ rows: listSchedules(workspace) }),
  );

  server.get<{ Params: { name: string } }>(
    "/api/v1/schedules/:name/runs",
    {
      config: { problems: ["schedule_unknown"], role: "analyst" },
      schema: {
        operationId: "list-schedule-runs",
        summary: "Runs of a schedule, the newest first",
        tags,
        querystring: {
          type: "object",
          properties: { limit: { type: "integer", minimum: 1, maximum: mostRuns, default: 50 } },
        },
      },
    },
    (request) => {
      const { limit } = parsed(historySchema, request.query, "the request");
      return { rows: scheduleHistory(workspace, request.params.name, limit) };
    },
  );

  server.post<{ Params: { name: string } }>(
    "/api/v1/schedules/:name/runs",
    {
      config: { problems: ["schedule_unknown", "schedule_running"], role: "admin", audit: "change" },
      schema: {
        operationId: "run-schedule",
        summary: "Run a schedule now",
        description: "Answers at once with the id of the run; refused while the schedule runs.",
        tags,
        ...begun,
      },
    },
    async (request, reply) => {
      const { id } = runner.runNow(request.params.name, request.principal?.name ?? "unknown");
      return await reply.code(202).send({ id });
    },
  );

  server.delete<{ Params: { name: string; id: string } }>(
    "/api/v1/schedules/:name/runs/:id",
    {
      config: { problems: ["schedule_unknown", "schedule_run_unknown"], role: "admin", audit: "change" },
      schema: {
        operationId: "cancel-schedule-run",
        summary: "End a run that goes on; what it had finished stays, and nothing is left half done",
        tags,
        ...gone,
      },
    },
    async (request, reply) => {
      const { name, id } = request.params;
      await runner.cancel(name, id, request.principal?.name ?? "unknown");
      return await reply.code(204).send();
    },
  );
}
