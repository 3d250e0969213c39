import type { z } from "zod";
import { CartwrightError } from "../errors.ts";

/**
 * What was sent, as its schema makes it.
 *
 * @param whole what it is called where no field of it is at fault
 * @param between what stands between the field and its rule
 * @throws invalid_parameter naming the first field that is not as declared, and the rule
 */
export function parsed<T>(schema: z.ZodType<T>, given: unknown, whole = "the body", between = ": "): T {
  const outcome = schema.safeParse(given ?? {});
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const name = issue?.path.map(String).join(".") || whole;
  throw new CartwrightError("invalid_parameter", `${name}${between}${issue?.message ?? "is not valid"}`.trim(), {
    name,
  });
}
