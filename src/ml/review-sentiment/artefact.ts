/** A trained sentiment model as a file. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import type { SentimentModel } from "./train.ts";

const artefact = z
  .object({
    kind: z.literal("cartwright-sentiment"),
    format: z.literal(1),
    version: z.string(),
    trained_at: z.string(),
    seed: z.int(),
    data_sha256: z.string(),
    positive_count: z.int(),
    negative_count: z.int(),
    held_out: z.object({ auc: z.number(), negatives_found_rate: z.number(), positives_found_rate: z.number() }),
    intercept: z.number(),
    terms: z.array(z.string()),
    idf: z.array(z.number()),
    weights: z.array(z.number()),
  })
  .refine(({ terms, idf, weights }) => terms.length === idf.length && terms.length === weights.length, {
    message: "terms, idf and weights differ in length",
  });

export type SentimentArtefact = z.infer<typeof artefact>;

/**
 * Reads a model file's text.
 *
 * @throws model_invalid when it is no sentiment model of this form
 */
export function parseSentiment(path: string, text: string): SentimentModel {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CartwrightError("model_invalid", `${path} is not JSON`, {}, error);
  }
  const parsed = artefact.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CartwrightError(
      "model_invalid",
      `${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "no model"}`,
    );
  }
  const { intercept, terms, idf, weights } = parsed.data;
  return {
    intercept,
    weights: Float64Array.from(weights),
    vocabulary: { terms, idf: Float64Array.from(idf) },
  };
}
