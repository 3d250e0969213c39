/** Routes of live experiments: define, start, ramp, stop, decide, assign, read out. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { CartwrightError } from "../errors.ts";
import { type MetricName, metricNames } from "../experiments/live/definition.ts";
import {
  type Change,
  changeExperiment,
  createExperiment,
  findExperiment,
  listExperiments,
} from "../experiments/live/journal.ts";
import { assignLive } from "../experiments/live/live-assignment.ts";
import { liveReadout } from "../experiments/live/live-readout.ts";
import { dayAfterLast } from "../warehouse/extent.ts";
import type { ShopContext } from "./context.ts";
import { made } from "./documented-answer.ts";

type Body = Readonly<Record<string, unknown>>;
type ById = { Params: { id: string } };

const tags = ["experiments"];

const actions = {
  start: "started",
  ramp: "ramped",
  stop: "stopped",
  decide: "decided",
  change: "changed",
} as const satisfies Record<string, Change["action"]>;

const isActionName = (name: string): name is keyof typeof actions => name in actions;

const bodyOf = (request: FastifyRequest): Body =>
  typeof request.body === "object" && request.body !== null ? (request.body as Body) : {};

const textIn = (body: Body, name: string): string | undefined =>
  typeof body[name] === "string" ? (body[name] as string) : undefined;

const actorOf = (request: FastifyRequest): string => request.principal?.name ?? "unknown";

function changeOf(action: Change["action"], body: Body, actor: string): Change {
  const at = textIn(body, "at");
  const decision = textIn(body, "decision");
  return {
    action,
    actor,
    note: textIn(body, "note") ?? "",
    ...(at === undefined ? {} : { at }),
    ...(decision === undefined ? {} : { decision }),
    ...(typeof body.ramp_rate === "number" ? { rampRate: body.ramp_rate } : {}),
    ...(action === "changed" ? { fields: body } : {}),
  };
}

function metricIn(text: string | undefined): MetricName | null {
  if (text === undefined || text === "") return null;
  const known = metricNames.find((name) => name === text);
  if (known) return known;
  throw new CartwrightError("invalid_parameter", `metric must be one of ${metricNames.join(", ")}, got "${text}"`, {
    name: "metric",
  });
}

const definitionSchema = {
  type: "object",
  required: ["experiment_id", "variants"],
  properties: {
    experiment_id: {
      type: "string",
      description: "Small letters, digits and hyphens",
      examples: ["free-shipping"],
    },
    title: { type: "string" },
    hypothesis: { type: "string" },
    variants: {
      type: "array",
      description: "The control first",
      items: { type: "object", properties: { name: { type: "string" }, weight: { type: "number" } } },
      examples: [[{ name: "control" }, { name: "free" }]],
    },
    metric: { type: "string", enum: [...metricNames] },
    guardrails: { type: "array", items: { type: "string", enum: [...metricNames] } },
    window_days: { type: "integer" },
    planned_count: { type: ["integer", "null"] },
    ramp_rate: { type: "number" },
    namespace: { type: ["object", "null"] },
    segment: { type: ["string", "null"], description: "Name of the segment it is for; everyone when not given" },
    decision_rule: { type: "string" },
  },
};

export function installExperimentRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse, clock, config } = context.workspace;

  server.get(
    "/api/v1/experiments",
    { schema: { operationId: "list-experiments", summary: "Every experiment with its definition and journal", tags } },
    async () => ({ rows: await listExperiments(warehouse) }),
  );

  server.post(
    "/api/v1/experiments",
    {
      config: { problems: ["segment_unknown", "experiment_state"], role: "analyst" },
      schema: { ...made, operationId: "create-experiment", summary: "Make a draft", tags, body: definitionSchema },
    },
    async (request, reply) =>
      reply.code(201).send(await createExperiment(warehouse, clock, bodyOf(request), actorOf(request))),
  );

  server.get<ById>(
    "/api/v1/experiments/:id",
    { schema: { operationId: "get-experiment", summary: "An experiment with its journal", tags } },
    async (request) => await findExperiment(warehouse, request.params.id),
  );

  server.post<{ Params: { id: string; action: string } }>(
    "/api/v1/experiments/:id/:action",
    {
      config: { problems: ["segment_unknown", "experiment_state"], role: "analyst" },
      schema: {
        operationId: "change-experiment",
        summary: "Start, ramp, stop, decide or change it; kept in its journal",
        description:
          "action is start, ramp (ramp_rate), stop, decide (decision) or change (fields of a draft); start and stop take `at`.",
        tags,
        params: {
          type: "object",
          properties: { id: { type: "string" }, action: { type: "string", enum: Object.keys(actions) } },
        },
        body: {
          type: "object",
          properties: {
            ...definitionSchema.properties,
            note: { type: "string" },
            at: { type: "string", format: "date-time", description: "When it started or stopped; now when not given" },
            decision: { type: "string" },
          },
        },
      },
    },
    async (request) => {
      const { id, action } = request.params;
      if (!isActionName(action)) throw new CartwrightError("not_found", `there is no action "${action}"`);
      return await changeExperiment(warehouse, clock, id, changeOf(actions[action], bodyOf(request), actorOf(request)));
    },
  );

  server.get<ById & { Querystring: { unit?: string } }>(
    "/api/v1/experiments/:id/assignment",
    {
      schema: {
        operationId: "assign",
        summary: "The variant of a unit; null while it does not take part",
        tags,
        querystring: {
          type: "object",
          properties: { unit: { type: "string", description: "Customer or visitor id" } },
        },
      },
    },
    async (request) => {
      const { unit } = request.query;
      if (!unit) throw new CartwrightError("missing_parameter", "unit is missing", { name: "unit" });
      const experiment = await findExperiment(warehouse, request.params.id);
      const variant = await assignLive(warehouse, experiment, unit);
      return { experiment_id: experiment.definition.experiment_id, unit, variant, status: experiment.status };
    },
  );

  server.get<ById & { Querystring: Readonly<Record<string, string | undefined>> }>(
    "/api/v1/experiments/:id/readout",
    {
      schema: {
        operationId: "experiment-readout",
        summary: "Variants against the control, sample ratio, guardrails, timeline, segments",
        tags,
        querystring: {
          type: "object",
          properties: {
            metric: { type: "string", enum: [...metricNames] },
            adjusted: { type: "boolean", description: "Take off what revenue of the 60 days before explains (CUPED)" },
            include_immature: { type: "boolean", description: "Count customers whose window is still open" },
            by_segment: { type: "boolean", description: "Also by country" },
          },
        },
      },
    },
    async (request) => {
      const query = request.query;
      const { definition } = await findExperiment(warehouse, request.params.id);
      return await liveReadout(warehouse, definition, {
        metric: metricIn(query.metric),
        isAdjusted: query.adjusted === "true",
        includesImmature: query.include_immature === "true",
        bySegment: query.by_segment === "true",
        asOf: dayAfterLast(await context.extent()),
        timeZone: config.time_zone,
      });
    },
  );
}
