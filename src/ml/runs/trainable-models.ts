/** The models a shop's own data can train, by the names people call them. */
export const trainableModels = [
  "propensity",
  "churn",
  "clv",
  "customer-segments",
  "forecast",
  "review-sentiment",
  "recommendations",
  "uplift",
] as const;
export type TrainableModel = (typeof trainableModels)[number];
