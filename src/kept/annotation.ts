import { z } from "zod";
import { pages } from "../analyses/define.ts";
import type { KeptKind } from "./journal.ts";

/** What happened on a day or over some, in a person's words. */
export interface Annotation {
  /** First and last day, both included, shop time zone. */
  readonly first_on: string;
  readonly last_on: string;
  readonly text: string;
  /** Only on this page; null for every page. */
  readonly page: string | null;
  /** Only on this analysis; null for every one. */
  readonly analysis: string | null;
}

const day = z.iso.date("must be a day, YYYY-MM-DD");

export const annotations: KeptKind<Annotation> = {
  name: "annotation",
  word: "annotation",
  schema: z
    .strictObject({
      first_on: day,
      last_on: day.optional(),
      text: z.string().trim().min(1).max(200),
      page: z.enum(pages).nullable().default(null),
      analysis: z
        .string()
        .regex(/^[a-z0-9-]{1,80}$/)
        .nullable()
        .default(null),
    })
    .transform((given) => ({ ...given, last_on: given.last_on ?? given.first_on }))
    .refine((given) => given.first_on <= given.last_on, {
      path: ["last_on"],
      message: "must not be before first_on",
    }) as unknown as z.ZodType<Annotation>,
};
