/** What the RFM analyses share: their parameters, the names of the segments and the steps of their SQL. */
import { choice, ordinal } from "../../column.ts";
import { param } from "../../param.ts";

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

export const rfmSegment = choice(rfmSegmentNames, "Segment by recency and frequency scores; the first match counts");

export const score = (of: string) => ordinal(`Score of ${of}, 1 (worst) to 5 (best)`);

export const rfmMethod = param.choice(
  "quantile: cut points at 20, 40, 60 and 80 %, equal values get equal scores; ntile: bins of equal size",
  ["quantile", "ntile"],
  "quantile",
);

export const rfmParams = {
  as_of: param.day("Day from which recency is counted; only what happened before it counts", "day_after_last_order"),
  method: rfmMethod,
};

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

export const rfmParts = {
  rfm_dates: file("rfm_dates"),
  rfm_customers: file("rfm_customers"),
  rfm_scored: {
    by: ["method"],
    files: { quantile: file("rfm_scored.quantile"), ntile: file("rfm_scored.ntile") },
  },
  rfm_segmented: file("rfm_segmented"),
} as const;
