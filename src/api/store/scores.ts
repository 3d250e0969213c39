/** What the trained models say of one customer, as the desk shows it. */
import { findAnalysis } from "../../analyses/index.ts";
import { runAnalysis } from "../../analyses/run.ts";
import type { Workspace } from "../../workspace.ts";
import { ShopContext } from "../context.ts";

/** Each null while its model has not run, or does not know the customer. */
export interface Scores {
  /** Chance of an order within 30 days of the model's cutoff. */
  readonly propensity_rate: number | null;
  /** Chance of no order within 90 days of the cutoff. */
  readonly churn_rate: number | null;
  /** Net revenue expected within a year of the cutoff, discounted. */
  readonly clv_minor: number | null;
}

/** Scores of a customer by the warehouse's id. */
export type ReadScores = (customerId: string) => Promise<Scores>;

/** Asks the warehouse; a customer's page is shown whatever the state of the models. */
export function warehouseScores(workspace: Workspace): ReadScores {
  const context = new ShopContext(workspace);
  const ask = async (name: string, column: string, customerId: string): Promise<number | null> => {
    const analysis = findAnalysis(name);
    if (!analysis) return null;
    try {
      const given = { customer_id: customerId, limit: 1 };
      const value = (await runAnalysis(await context.analysisContext(), analysis, given)).rows[0]?.[column];
      return typeof value === "number" ? value : null;
    } catch {
      return null;
    }
  };
  return async (customerId) => {
    const [propensity_rate, churn_rate, clv_minor] = await Promise.all([
      ask("propensity", "propensity_rate", customerId),
      ask("churn", "churn_rate", customerId),
      ask("clv-predicted", "clv_minor", customerId),
    ]);
    return { propensity_rate, churn_rate, clv_minor };
  };
}
