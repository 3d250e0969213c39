/** Segments of every customer of a shop, recorded as a run. */
import { createRandom } from "../../stats/random.ts";
import { hashOf, readCustomers } from "../customers/read-customers.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { segmentCustomers } from "./segment-customers.ts";
import { readTraits, type SegmentFeatures, traitNames } from "./traits.ts";

/**
 * Groups every customer with an order before the cutoff and writes prd_customer_segments; null when there is no such customer.
 *
 * @param k number of clusters; `auto` lets the silhouette decide
 * @param features what they are grouped by; names and order follow recency, orders and revenue in any case
 */
export async function trainCustomerSegments(
  context: TrainingContext,
  k: number | "auto",
  features: SegmentFeatures,
): Promise<ModelRun | null> {
  const customers = await readCustomers(context.warehouse, context.cutoff);
  if (customers.length === 0) return null;
  context.onProgress(`${customers.length.toLocaleString("en")} customers`);
  const rfm = customers.map(({ recencyDays, orderCount, netRevenueMinor }) => ({
    recencyDays,
    frequency: orderCount,
    monetaryMinor: netRevenueMinor,
  }));
  const traits = await readTraits(context.warehouse, context.cutoff, customers, features);
  const { clusters, assignment, silhouette } = segmentCustomers(rfm, traits, k, createRandom(context.seed).uniform);
  const rows = customers.map((one, index) => {
    const cluster = clusters[(assignment[index] ?? 1) - 1];
    return {
      customer_key: one.customerKey,
      cluster: cluster?.cluster ?? 1,
      cluster_name: cluster?.name ?? "",
      silhouette: cluster?.silhouette ?? null,
      recency_days: one.recencyDays,
      frequency: one.orderCount,
      monetary_minor: Math.round(one.netRevenueMinor),
    };
  });
  const run = {
    model: "customer-segments",
    version: context.version,
    seed: context.seed,
    settings: { k: String(k), features },
    cutoff_on: context.cutoff,
    features: traitNames[features],
    data_sha256: hashOf(customers),
    row_count: customers.length,
    metrics: { cluster_count: clusters.length, ...(silhouette === null ? {} : { silhouette }) },
    baseline: {},
    artefact: { clusters },
  };
  return await recordRun(context, run, "prd_customer_segments", rows);
}
