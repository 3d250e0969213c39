/** Routes that shops ask while a page loads: what to offer, and the scores of one customer. */
import type { FastifyInstance } from "fastify";
import { queryProperties } from "../analyses/describe.ts";
import { findAnalysis } from "../analyses/index.ts";
import { recommendations } from "../analyses/models/recommendations/recommendations.ts";
import { param } from "../analyses/param.ts";
import { type Given, type ResultRow, readValues, runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import { RecommendationLookUp } from "../ml/recommendations/look-up.ts";
import { emptyExtent } from "../warehouse/extent.ts";
import type { ShopContext } from "./context.ts";

/** Models with one score a customer; each is an analysis of the same name, which has them all. */
const scored = ["propensity", "churn", "clv-predicted", "uplift"] as const;

const text = (description: string): object => ({ type: "string", maxLength: 1024, description });

async function rowsOf(context: ShopContext, name: string, given: Given): Promise<readonly ResultRow[]> {
  const analysis = findAnalysis(name);
  if (!analysis) throw new CartwrightError("unknown_analysis", `there is no analysis "${name}"`);
  return (await runAnalysis(await context.analysisContext(), analysis, given)).rows;
}

const asked = {
  ...recommendations.params,
  cart: param.texts("Natural ids of the products in the cart, the first put in first"),
};

export function installScoringRoutes(server: FastifyInstance, context: ShopContext): void {
  const { warehouse, clock } = context.workspace;
  const lookUp = new RecommendationLookUp(warehouse, clock);
  server.get(
    "/api/v1/recommendations",
    {
      config: { problems: ["model_not_trained"] },
      schema: {
        operationId: "recommend",
        summary: "Products to offer a customer, beside a product or beside a cart",
        tags: ["models"],
        description: "Neither customer, product nor cart: what sells.",
        querystring: { type: "object", properties: queryProperties(asked) },
      },
    },
    async (request) => {
      const given = readValues("recommendations", asked, request.query as Given, emptyExtent);
      const products = [...given.cart, ...(given.product_id === "" ? [] : [given.product_id])];
      const about = { customerId: given.customer_id, productIds: [...new Set(products)] };
      const offers = await lookUp.offers(about, given.limit, (await context.extent()).dataVersion);
      return { rows: offers.map((offer, at) => ({ rank: at + 1, ...offer })) };
    },
  );
  for (const model of scored) {
    server.get(
      `/api/v1/score/${model}`,
      {
        config: { problems: ["model_not_trained"] },
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
