/** Gradient-boosted decision trees: train, score, explain. See ./MODEL.md. */
export { createExplainer, type Explainer } from "./explain.ts";
export { gainImportance } from "./importance.ts";
export type {
  CategoricalFeature,
  Feature,
  FeatureMatrix,
  GbdtModel,
  NumericFeature,
  Objective,
  Tree,
} from "./model.ts";
export { createScorer, type Scorer } from "./predict.ts";
export {
  defaultTrainingOptions,
  type LabelledRows,
  type TrainingOptions,
  type TrainingRun,
  trainGbdt,
} from "./train.ts";
