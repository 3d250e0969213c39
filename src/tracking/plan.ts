/**
 * A tracking plan: which events a shop expects, and what each holds. Its words are those of JSON Schema, as tracking plans
 * elsewhere have them, so that a schema that is there already can be taken over property by property.
 */
import { z } from "zod";
import { CartwrightError } from "../errors.ts";
import { readJsonDocument } from "../json-document.ts";
import { patternProblem } from "./safe-pattern.ts";

export const propertyTypes = ["string", "number", "integer", "boolean", "array", "object", "null"] as const;
export type PropertyType = (typeof propertyTypes)[number];

export interface PropertyRule {
  readonly description?: string | undefined;
  readonly type?: PropertyType | readonly PropertyType[] | undefined;
  readonly enum?: readonly (string | number | boolean | null)[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly items?: PropertyRule | undefined;
  readonly properties?: Readonly<Record<string, PropertyRule>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: boolean | undefined;
}

export interface EventRule extends Pick<PropertyRule, "properties" | "required" | "additionalProperties"> {
  readonly description?: string | undefined;
  /** Who looks after it, in free text. */
  readonly owner?: string | undefined;
  /** False for an event that is not to come any more: each is reported as unplanned. */
  readonly expected: boolean;
}

/**
 * The plan. `events` are by the name the source gives: that of a track call; page and screen calls are `Page Viewed` and
 * `Screen Viewed`. As in JSON Schema, properties beside those named are fine unless `additionalProperties` is false.
 */
export interface TrackingPlan {
  /** Counted up whenever a plan is put in place. */
  readonly version: number;
  readonly description?: string | undefined;
  /** Whether events that are not in the plan are fine. */
  readonly additionalEvents: boolean;
  readonly events: Readonly<Record<string, EventRule>>;
}

const name = z
  .string()
  .min(1)
  .max(128)
  // A line of a note ends there, and a name with a control character is none.
  .regex(/^[^\p{Cc}]+$/u, "holds a control character");
const type = z.enum(propertyTypes);
const words = z.string().max(2000);
const mostProperties = 500;

const properties = z.lazy(() =>
  z
    .record(name, property)
    .refine((given) => Object.keys(given).length <= mostProperties, `at most ${mostProperties} properties`),
);
const holds = {
  properties: properties.optional(),
  required: z.array(name).max(mostProperties).optional(),
  additionalProperties: z.boolean().optional(),
};
const property: z.ZodType<PropertyRule> = z.lazy(() =>
  z.strictObject({
    description: words.optional(),
    type: z.union([type, z.array(type).min(1)]).optional(),
    enum: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .min(1)
      .max(1000)
      .optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.int().min(0).optional(),
    maxLength: z.int().min(0).optional(),
    pattern: z
      .string()
      .max(500)
      .superRefine((given, context) => {
        const problem = patternProblem(given);
        if (problem !== null) context.addIssue({ code: "custom", message: problem });
      })
      .optional(),
    items: property.optional(),
    ...holds,
  }),
);

const event = z.strictObject({
  description: words.optional(),
  owner: z.string().max(200).optional(),
  expected: z.boolean().default(true),
  ...holds,
});

const schema = z.strictObject({
  version: z.int().min(0).max(1_000_000_000).default(0),
  description: words.optional(),
  additionalEvents: z.boolean().default(false),
  events: z.record(name, event).refine((given) => Object.keys(given).length <= 2000, "at most 2000 events"),
});

/** Levels of objects and lists that a plan may describe. */
const deepest = 5;

function depthOf(rule: { readonly items?: PropertyRule | undefined; readonly properties?: unknown }): number {
  const below = [
    ...(rule.items ? [rule.items] : []),
    ...Object.values((rule.properties ?? {}) as Record<string, PropertyRule>),
  ];
  return below.length === 0 ? 0 : 1 + Math.max(...below.map(depthOf));
}

/** More brackets within one another than any plan has: they are not even read. */
const deepestText = 64;

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [found] of text.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/g)) {
    if (found === "{" || found === "[") depth += 1;
    else if (found === "}" || found === "]") depth -= 1;
    if (depth > deepestText) return true;
  }
  return false;
}

/**
 * Reads the text of a plan.
 *
 * @param where how messages name it: a file's path, or `the plan`
 * @throws tracking_plan_invalid with the line
 */
export function readPlan(text: string, where: string): TrackingPlan {
  const refuse = (line: number, message: string): never => {
    throw new CartwrightError("tracking_plan_invalid", `${where}, line ${line}: ${message}`, { line });
  };
  if (isTooDeep(text)) return refuse(1, `holds more than ${deepest} levels of properties`);
  const read = readJsonDocument(text, schema as z.ZodType<TrackingPlan>, "entry");
  if (read.kind === "wrong") return refuse(read.line, read.message);
  const deep = Object.entries(read.value.events).find(([, rule]) => depthOf(rule) > deepest);
  if (deep) return refuse(1, `events.${deep[0]} holds more than ${deepest} levels of properties`);
  return read.value;
}

/** The plan as its file holds it. */
export const planText = (plan: object): string => `${JSON.stringify(plan, null, 2)}\n`;
