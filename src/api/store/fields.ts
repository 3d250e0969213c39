/** The fields of the store's requests. Texts are well-formed and without the zero character, which PostgreSQL cannot keep. */
import { z } from "zod";

const isKeepable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

/** A text of `least` to `most` characters. */
export const text = (most: number, least = 0) =>
  z.string().min(least).max(most).refine(isKeepable, "must be text without broken or zero characters");

/** A whole number in a path or query string. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(least).max(most));

/** The id of a thing, in a path or query string. */
export const id = wholeNumber(1, 999_999_999_999_999);

/** The id of a thing, in a body. */
export const bodyId = z.int().min(1).max(999_999_999_999_999);

/** An amount in minor units of the shop's currency, in a body. */
export const minor = z.int().min(0).max(1_000_000_000_000);

export const email = text(254, 3)
  .regex(/^[^@\s]+@[^@\s]+$/, "must be an e-mail address")
  .describe("E-mail address");

/** Long passwords are welcome; the limit keeps hashing quick. */
export const password = text(200, 10).describe("10 to 200 characters");

export const country = text(2)
  .regex(/^[A-Z]{2}$/, "must be an ISO 3166 code of two letters")
  .describe("ISO 3166 code of two letters");

export const address = z.strictObject({
  recipient: text(200, 1),
  street: text(300, 1),
  city: text(120, 1),
  region: text(120).default(""),
  postal_code: text(20, 1),
  country,
});

/** One value, several (`a=1&a=2`), or none. */
export const several = (value: z.ZodType<string>) =>
  z
    .union([value, z.array(value).max(50)])
    .transform((given) => (typeof given === "string" ? [given] : given))
    .pipe(z.array(z.string()))
    .optional();

/** Rows of one answer. */
export const pageSize = (most: number, usual: number) => wholeNumber(1, most).default(usual);

/** Pages of a list from new to old: rows with an id below this one. */
export const afterId = id.optional().describe("The last id of the page before");
