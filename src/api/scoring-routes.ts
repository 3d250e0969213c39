/** Routes that shops ask while a page loads: what to offer, and the scores of one customer. */
import type { FastifyInstance } from "fastify";
import { findAnalysis } from "../analyses/index.ts";
import { type Given, type ResultRow, runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import type { ShopContext } from "./context.ts";

/** Models with one score a customer; each is an analysis of the same name, which has them all. */
const scored = ["propensity", "churn", "clv-predicted", "uplift"] as const;

const text = (description: string): object => ({ type: "string", maxLength: 1024, description });

async function rowsOf(context: ShopContext, name: string, given: Given): Promise<readonly ResultRow[]> {
  const analysis = findAnalysis(name);
  if (!analysis) throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"`);
  return (await runAnalysis(await context.analysisContext(), analysis, given)).rows;
}

export function installScoringRoutes(server: FastifyInstance, context: ShopContext): void {
  server.get(
    "/api/v1/recommendations",
    {
      schema: {
        operationId: "recommend",
        summary: "Products to offer a customer, or beside a product",
        tags: ["models"],
        querystring: {
          type: "object",
          properties: {
            customer_id: text("Natural id of the customer"),
            product_id: text("Natural id of the product looked at; what sells when both are left out"),
            limit: { type: "integer", minimum: 1, maximum: 100, default: 10 },
          },
        },
      },
    },
    async (request) => ({ rows: await rowsOf(context, "recommendations", request.query as Given) }),
  );
  for (const model of scored) {
    server.get(
      `/api/v1/score/${model}`,
      {
        schema: {
          operationId: `score-${model}`,
          summary: `The score of one customer by ${model}`,
          description: "The newest run; the analysis of the same name has everybody.",
          tags: ["models"],
          querystring: {
            type: "object",
            required: ["customer_id"],
            properties: { customer_id: text("Natural id of the customer"), horizon_days: { type: "integer" } },
          },
        },
      },
      async (request) => {
        const given = request.query as Given;
        // Left out, it would mean everybody: the first of them is nobody's answer.
        if (!given.customer_id)
          throw new CartwrightError("missing_parameter", `${model} needs customer_id`, { name: "customer_id" });
        const [score] = await rowsOf(context, model, given);
        return { customer_id: given.customer_id, score: score ?? null };
      },
    );
  }
}
