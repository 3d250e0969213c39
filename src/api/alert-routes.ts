/** Routes of alerts: rules, what fired, and trying a rule before it is saved. */
import type { FastifyInstance } from "fastify";
import { type Alert, alerts, analysisOf, type Checking, checkAlerts, evaluate, listFirings } from "../alerts/index.ts";
import type { OwnHome } from "../analyses/own-files/index.ts";
import { deleteKept, findKept, listKept, parseKept, saveKept } from "../kept/index.ts";
import type { ShopContext } from "./context.ts";
import { gone, made } from "./documented-answer.ts";
import { described, writingOf } from "./kept-kind.ts";

type ById = { Params: { id: string } };

const tags = ["kept"];

const alertSchema = {
  type: "object",
  properties: {
    title: { type: "string", maxLength: 80 },
    analysis: { type: "string" },
    column: { type: "string", description: "The number, in its column's unit" },
    params: {
      type: "object",
      additionalProperties: true,
      description: "Parameters and filters of the analysis; not its period",
    },
    where: { type: "object", additionalProperties: true, description: "The row, by values of its columns" },
    last_days: { type: "integer", minimum: 1, maximum: 400, default: 1, description: "Length of the period" },
    condition: {
      type: "object",
      additionalProperties: true,
      description:
        '{"kind": "above" or "below", "value"}, {"kind": "change", "direction": "rise", "fall" or "either", "rate"} against the period before, or {"kind": "anomaly"} with the analysis anomalies',
    },
  },
  required: ["title", "analysis", "column", "condition"],
};

/** An alert as it would be kept, when its analysis answers it. @throws kept_invalid, own_analysis_invalid */
function parsed(given: unknown, home: OwnHome): Alert {
  const alert = parseKept(alerts, given);
  analysisOf(alert, home);
  return alert;
}

/** What checking needs of the shop as it is now. */
export async function checkingOf(context: ShopContext): Promise<Checking> {
  const { clock, config } = context.workspace;
  return { context: await context.analysisContext(), clock, currency: config.currency, home: context.workspace };
}

export function installAlertRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse, config } = context.workspace;

  server.get(
    "/api/v1/alerts",
    { schema: { operationId: "list-alerts", summary: "Every alert, oldest first", tags } },
    async () => ({
      rows: (await listKept(warehouse, alerts)).map(described),
      is_sent: config.alerts.webhook_url !== undefined,
    }),
  );

  server.post(
    "/api/v1/alerts",
    {
      config: { problems: ["segment_unknown", "unknown_analysis"], role: "analyst" },
      schema: {
        ...made,
        operationId: "save-alert",
        summary: "Save an alert, and check it at once",
        tags,
        body: alertSchema,
      },
    },
    async (request, reply) => {
      const saved = await saveKept(writingOf(context, request), alerts, parsed(request.body, context.workspace));
      const [checked] = await checkAlerts(await checkingOf(context), saved.id);
      return reply.code(201).send({ ...described(saved), checked: checked ?? null });
    },
  );

  server.post(
    "/api/v1/alerts/try",
    {
      config: { problems: ["segment_unknown", "unknown_analysis"], role: "analyst", audit: "none" },
      schema: {
        operationId: "try-alert",
        summary: "What an alert would find now, without saving it; null while there is no data",
        tags,
        body: alertSchema,
      },
    },
    async (request) => ({
      finding: await evaluate(await checkingOf(context), parsed(request.body, context.workspace)),
    }),
  );

  server.post<ById>(
    "/api/v1/alerts/:id",
    {
      config: { problems: ["segment_unknown", "unknown_analysis"], role: "analyst" },
      schema: {
        operationId: "change-alert",
        summary: "Change an alert; it may fire again for the same day",
        tags,
        body: alertSchema,
      },
    },
    async (request) => {
      const { id } = await findKept(warehouse, alerts, request.params.id);
      const saved = await saveKept(writingOf(context, request), alerts, parsed(request.body, context.workspace), id);
      const [checked] = await checkAlerts(await checkingOf(context), id);
      return { ...described(saved), checked: checked ?? null };
    },
  );

  server.delete<ById>(
    "/api/v1/alerts/:id",
    {
      config: { role: "analyst" },
      schema: { ...gone, operationId: "delete-alert", summary: "Delete an alert; what fired stays", tags },
    },
    async (request, reply) => {
      await deleteKept(writingOf(context, request), alerts, request.params.id);
      return reply.code(204).send();
    },
  );

  server.get(
    "/api/v1/alerts/log",
    {
      schema: {
        operationId: "alert-log",
        summary: "What fired, the newest first, and how its sending went",
        tags,
      },
    },
    async () => ({ rows: await listFirings(warehouse) }),
  );
}
