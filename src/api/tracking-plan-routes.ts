/** Routes of the tracking plan: what is expected, and a first plan out of what came by. */
import type { FastifyInstance } from "fastify";
import type { Collector } from "../collect/index.ts";
import { CartwrightError } from "../errors.ts";
import { loadPlan, planText, readPlan, savePlan } from "../tracking/index.ts";
import type { ShopContext } from "./context.ts";

const tags = ["collect"];
const planSchema = {
  type: "object",
  additionalProperties: true,
  description: "A tracking plan in the words of JSON Schema; see the guide on tracking plans",
};

/** A body nested too deeply to be written is none of a plan's. */
function textOf(body: unknown): string {
  try {
    return planText(Object(body));
  } catch {
    throw new CartwrightError("tracking_plan_invalid", "the plan, line 1: holds more levels than can be read", {
      line: 1,
    });
  }
}

export function installTrackingPlanRoutes(
  server: FastifyInstance,
  { workspace }: ShopContext,
  collector: Collector | null,
): void {
  const { root } = workspace.folders;

  server.get(
    "/api/v1/tracking-plan",
    {
      config: { problems: ["tracking_plan_missing", "tracking_plan_invalid"], role: "analyst" },
      schema: { operationId: "get-tracking-plan", summary: "The tracking plan", tags },
    },
    () => {
      const plan = loadPlan(root);
      if (plan === null) throw new CartwrightError("tracking_plan_missing", "this shop has no tracking plan");
      return plan;
    },
  );

  server.put(
    "/api/v1/tracking-plan",
    {
      config: { problems: ["tracking_plan_invalid"], role: "admin", audit: "change" },
      schema: {
        operationId: "set-tracking-plan",
        summary: "Put a tracking plan in place; messages are held against it from then on",
        tags,
        body: planSchema,
      },
    },
    (request) => {
      const plan = savePlan(root, readPlan(textOf(request.body), "the plan"));
      collector?.plan.follow();
      return plan;
    },
  );

  server.get(
    "/api/v1/tracking-plan/draft",
    {
      config: { problems: ["tracking_plan_missing"], role: "analyst" },
      schema: {
        operationId: "draft-tracking-plan",
        summary: "A first plan out of the messages that were accepted since the server's start",
        tags,
      },
    },
    () => {
      if (!collector || collector.seen.messageCount === 0)
        throw new CartwrightError(
          "tracking_plan_missing",
          "no message of an event has been accepted since the server's start",
        );
      return collector.seen.draft();
    },
  );
}
