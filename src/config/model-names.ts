/** The models a shop's own data can train, by the names people call them. */
export const modelNames = [
  "propensity",
  "churn",
  "clv",
  "customer-segments",
  "forecast",
  "review-sentiment",
  "recommendations",
  "uplift",
] as const;

/** Those that can score everyone as they were kept, without a training. */
export const scoringModelNames = ["propensity", "churn"] as const;
