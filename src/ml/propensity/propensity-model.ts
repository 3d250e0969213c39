/** The two questions one model design answers. */
import { scoringModelNames } from "../../config/model-names.ts";
import type { Shopper } from "./read-shoppers.ts";

/** `propensity`: everyone, who orders. `churn`: those who have ordered, who does not. */
export const propensityModels = scoringModelNames;
export type PropensityModel = (typeof propensityModels)[number];

/** Whether a model is asked about a person. */
export const isAsked = (model: PropensityModel, one: Shopper): boolean => model === "propensity" || one.orderCount > 0;

/** 1 where what the model foretells came about. */
export const labelOf = (model: PropensityModel, one: Shopper): number =>
  one.isOrdering === (model === "propensity") ? 1 : 0;
