/** Customers in a few groups that buy alike, named in words. */
import { kMeans, type Points } from "./k-means.ts";
import { silhouette } from "./silhouette.ts";

export interface CustomerRfm {
  readonly recencyDays: number;
  readonly frequency: number;
  /** Net revenue in minor units. */
  readonly monetaryMinor: number;
}

export interface CustomerCluster {
  /** From 1, the most valuable first. */
  readonly cluster: number;
  readonly name: string;
  /** Mean silhouette of its members; null where there is a single cluster. */
  readonly silhouette: number | null;
}

export interface CustomerSegmentation {
  readonly clusters: readonly CustomerCluster[];
  /** Cluster of each customer, from 1. */
  readonly assignment: Uint16Array;
  /** Mean silhouette over all; null with a single cluster. */
  readonly silhouette: number | null;
}

/** Customers as points of ln(1 + value) of recency, frequency and monetary value; negative values as 0. */
export function rfmPoints(customers: readonly CustomerRfm[]): Points {
  const values = new Float64Array(customers.length * 3);
  for (const [row, { recencyDays, frequency, monetaryMinor }] of customers.entries())
    values.set(
      [recencyDays, frequency, monetaryMinor].map((one) => Math.log1p(Math.max(0, one))),
      row * 3,
    );
  return { count: customers.length, dimensions: 3, values };
}

/** Tried when the number of clusters is left open. */
const openCounts = [2, 3, 4, 5, 6, 7, 8] as const;

/**
 * k-means++ on standardised traits.
 *
 * @param traits a point for each customer
 * @param k number of clusters; `auto` takes that of the best silhouette from 2 to 8
 */
export function segmentCustomers(
  customers: readonly CustomerRfm[],
  traits: Points,
  k: number | "auto",
  uniform: () => number,
): CustomerSegmentation {
  const points = standardised(traits);
  const counts = k === "auto" ? openCounts.filter((count) => count <= customers.length) : [k];
  const tried = (counts.length > 0 ? counts : [1]).map((count) => {
    const { assignment, centres } = kMeans(points, count, uniform);
    const clusterCount = centres.length / points.dimensions;
    return { assignment, clusterCount, quality: silhouette(points, assignment, clusterCount) };
  });
  const best = tried.reduce((one, other) =>
    (other.quality?.overall ?? -1) > (one.quality?.overall ?? -1) ? other : one,
  );
  const order = byValue(customers, best.assignment, best.clusterCount);
  const rank = new Uint16Array(best.clusterCount);
  for (const [position, { index }] of order.entries()) rank[index] = position + 1;
  const names = namesOf(order, customers);
  return {
    clusters: order.map(({ index }, position) => ({
      cluster: position + 1,
      name: names[position] ?? "",
      silhouette: best.quality?.byCluster[index] ?? null,
    })),
    assignment: best.assignment.map((one) => rank[one] ?? 0),
    silhouette: best.quality?.overall ?? null,
  };
}

/** Each dimension less its mean, over its standard deviation; one that does not vary is 0 throughout. */
function standardised({ count, dimensions, values: raw }: Points): Points {
  const values = raw.slice();
  for (let d = 0; d < dimensions; d += 1) {
    let [mean, squares] = [0, 0];
    for (let at = d; at < values.length; at += dimensions) mean += values[at]! / count;
    for (let at = d; at < values.length; at += dimensions) squares += (values[at]! - mean) ** 2;
    const deviation = Math.sqrt(squares / count);
    for (let at = d; at < values.length; at += dimensions)
      values[at] = deviation > 1e-12 ? (values[at]! - mean) / deviation : 0;
  }
  return { count, dimensions, values };
}

interface ClusterMeans extends CustomerRfm {
  readonly index: number;
}

/** The clusters with their means, the highest mean revenue first. */
function byValue(
  customers: readonly CustomerRfm[],
  assignment: Uint16Array,
  clusterCount: number,
): readonly ClusterMeans[] {
  return Array.from({ length: clusterCount }, (_, index) => {
    const own = customers.filter((_, row) => assignment[row] === index);
    const mean = (pick: (one: CustomerRfm) => number): number =>
      own.reduce((sum, one) => sum + pick(one), 0) / Math.max(1, own.length);
    return {
      index,
      recencyDays: mean((one) => one.recencyDays),
      frequency: mean((one) => one.frequency),
      monetaryMinor: mean((one) => one.monetaryMinor),
    };
  }).sort((a, b) => b.monetaryMinor - a.monetaryMinor || a.recencyDays - b.recencyDays);
}

/** Names by what sets a cluster apart from the whole; a name given twice is told apart by number. */
function namesOf(clusters: readonly ClusterMeans[], customers: readonly CustomerRfm[]): readonly string[] {
  const overall = (pick: (one: CustomerRfm) => number): number =>
    customers.reduce((sum, one) => sum + pick(one), 0) / Math.max(1, customers.length);
  const [recency, frequency, value] = [
    overall((one) => one.recencyDays),
    overall((one) => one.frequency),
    overall((one) => one.monetaryMinor),
  ];
  const used = new Map<string, number>();
  return clusters.map((one, position) => {
    const isRecent = one.recencyDays <= recency;
    const isFrequent = one.frequency >= frequency;
    const isValuable = one.monetaryMinor >= value;
    let name = isRecent ? "Low value" : "Lapsed low value";
    if (isValuable) name = isRecent ? (position === 0 ? "VIP" : "High value") : "At risk";
    else if (isFrequent) name = isRecent ? "Regular" : "Cooling off";
    else if (isRecent && one.frequency < 1.5) name = "New";
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
