/** A trained classifier as a file: everything scoring needs, and what tells a reader where it came from. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";

const numericFeature = z.object({
  name: z.string(),
  kind: z.literal("numeric"),
  monotone: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
});
const categoricalFeature = z.object({
  name: z.string(),
  kind: z.literal("categorical"),
  categories: z.array(z.string()).max(255),
});
const tree = z
  .object({
    feature: z.array(z.int().min(-1)),
    threshold: z.array(z.number()),
    leftCategories: z.array(z.array(z.int().min(0).max(254)).nullable()),
    isMissingLeft: z.array(z.boolean()),
    left: z.array(z.int().min(-1)),
    right: z.array(z.int().min(-1)),
    value: z.array(z.number()),
    gain: z.array(z.number()),
    cover: z.array(z.number()),
  })
  .refine((one) => {
    const size = one.feature.length;
    const isInside = (child: number, node: number): boolean => child > node && child < size;
    return (
      Object.values(one).every((part) => part.length === size) &&
      one.feature.every((split, node) =>
        split < 0 ? true : isInside(one.left[node] ?? -1, node) && isInside(one.right[node] ?? -1, node),
      )
    );
  }, "a tree's nodes do not fit together");

/** Trees with the scaling of their margins: all that scoring needs. */
export const scoringModel = z.object({
  scaling: z.object({ slope: z.number(), intercept: z.number() }),
  model: z
    .object({
      objective: z.literal("logistic"),
      features: z.array(z.discriminatedUnion("kind", [numericFeature, categoricalFeature])),
      baseMargin: z.number(),
      trees: z.array(tree),
    })
    .refine(
      ({ features, trees }) => trees.every((one) => one.feature.every((split) => split < features.length)),
      "a tree splits on a feature that is not there",
    ),
});

const artefact = z.object({
  kind: z.literal("cartwright-classifier"),
  format: z.literal(1),
  /** Version of Cartwright that trained it. */
  version: z.string(),
  trained_at: z.string(),
  seed: z.int(),
  /** SHA-256 of the training file. */
  data_sha256: z.string(),
  row_count: z.int(),
  positive_count: z.int(),
  label: z.object({ name: z.string(), positive: z.string(), negative: z.string() }),
  held_out: z
    .object({
      auc: z.number(),
      average_precision: z.number(),
      log_loss: z.number(),
      brier: z.number(),
      calibration_error_rate: z.number(),
      baseline_log_loss: z.number(),
    })
    .nullable(),
  ...scoringModel.shape,
});

export type ClassifierArtefact = z.infer<typeof artefact>;

/**
 * Reads a model file's text.
 *
 * @throws model_invalid when it is no classifier of this form
 */
export function parseClassifier(path: string, text: string): ClassifierArtefact {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CartwrightError("model_invalid", `${path} is not JSON`, {}, error);
  }
  const parsed = artefact.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  throw new CartwrightError(
    "model_invalid",
    `${path}: ${where === "" ? "" : `${where}: `}${issue?.message ?? "not a classifier"}`,
  );
}
