/** The declaration of an analysis as data: the language of `define.ts` in JSON, for files that a workspace brings along. */
import { z } from "zod";
import { chartSchema } from "../chart-schema.ts";
import {
  bytes,
  type Column,
  count,
  day,
  days,
  flag,
  instant,
  list,
  meanMoney,
  money,
  month,
  number,
  ordinal,
  seconds,
  text,
  years,
} from "../column.ts";
import { filterNames, pages } from "../define.ts";

const words = z.string().trim().min(1).max(1000);
const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and _");
const limits = { min: z.number(), max: z.number(), default: z.number() };
const values = z.array(z.string().min(1)).min(1);

const paramSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("day"), meaning: words, default: z.string() }),
  z.strictObject({ type: z.literal("integer"), meaning: words, ...limits }),
  z.strictObject({ type: z.literal("number"), meaning: words, ...limits }),
  z.strictObject({ type: z.literal("choice"), meaning: words, values, default: z.string() }),
  z.strictObject({ type: z.literal("choices"), meaning: words, values, default: z.array(z.string()) }),
  z.strictObject({ type: z.literal("text"), meaning: words, default: z.string().default("") }),
  z.strictObject({ type: z.literal("texts"), meaning: words }),
  z.strictObject({ type: z.literal("flag"), meaning: words, default: z.boolean().default(false) }),
]);

/** Columns that need no more than their meaning, by type. */
export const plainColumns = {
  text,
  count,
  ordinal,
  money,
  meanMoney,
  number,
  seconds,
  days,
  years,
  bytes,
  day,
  month,
  instant,
  flag,
  list,
} satisfies Readonly<Record<string, (meaning: string) => Column<unknown>>>;

const plainTypes = Object.keys(plainColumns) as (keyof typeof plainColumns)[];

const nullable = z.boolean().default(false);

const columnSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(plainTypes), meaning: words, nullable }),
  z.strictObject({ type: z.literal("choice"), meaning: words, values, nullable }),
  z.strictObject({
    type: z.literal("rate"),
    meaning: words,
    minimum: z.number().nullable().default(0),
    maximum: z.number().nullable().default(1),
    nullable,
  }),
]);

export const declarationSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  question: words,
  grain: words,
  page: z.enum(pages).default("own"),
  params: z.record(identifier, paramSchema).default({}),
  filters: z.array(z.enum(filterNames)).default([]),
  hasPeriod: z.boolean().default(true),
  datedBy: identifier.optional(),
  columns: z
    .record(identifier, columnSchema)
    .refine((columns) => Object.keys(columns).length > 0, "must name at least one column"),
  chart: chartSchema.default({ kind: "table" }),
  metrics: z.array(z.string()).default([]),
});

export type OwnDeclaration = z.infer<typeof declarationSchema>;
export type OwnParam = z.infer<typeof paramSchema>;
export type OwnColumn = z.infer<typeof columnSchema>;
