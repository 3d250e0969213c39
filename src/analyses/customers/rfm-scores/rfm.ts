/** What the RFM analyses share: their parameters, the names of the segments and the steps of their SQL. */
import { rfmSegmentNames, rfmSteps } from "../../../warehouse/rfm.ts";
import { choice, ordinal } from "../../column.ts";
import { param } from "../../param.ts";

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

export const rfmParts = {
  rfm_dates: rfmSteps.rfm_dates,
  rfm_customers: rfmSteps.rfm_customers,
  rfm_scored: { by: ["method"], files: rfmSteps.rfm_scored },
  rfm_segmented: rfmSteps.rfm_segmented,
} as const;
