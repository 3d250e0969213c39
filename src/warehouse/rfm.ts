/** The steps of SQL that score customers by recency, frequency and monetary value, and the names of the segments they give. */

/** The segments in the order in which they are tried: the first that matches names the customer's. */
export const rfmSegmentNames = [
  "Champions",
  "Can't Lose Them",
  "New",
  "Loyal",
  "Hibernating",
  "Lost",
  "Regular",
] as const;

const file = (name: string): URL => new URL(`./rfm/${name}.sql`, import.meta.url);

/** One file a step; each reads the one before it, the first the scopes and the days of `rfm_dates`. */
export const rfmSteps = {
  /** The single day `as_of`; analyses that score on several days bring their own. */
  rfm_dates: file("rfm_dates"),
  rfm_customers: file("rfm_customers"),
  rfm_scored: { quantile: file("rfm_scored.quantile"), ntile: file("rfm_scored.ntile") },
  rfm_segmented: file("rfm_segmented"),
} as const;
