/**
 * What a segment is: a name, and conditions on customers joined by `all` (and), `any` (or) and `not`, nested as needed. Its JSON is
 * what is saved, sent and shown.
 */
import { z } from "zod";
import { CartwrightError } from "../errors.ts";
import { eventTypes } from "../warehouse/event-types.ts";
import { rfmSegmentNames } from "../warehouse/rfm.ts";

/** Tiers of net revenue, the lowest first; see the analysis ltv-tiers. */
export const tierNames = ["Bronze", "Silver", "Gold", "Platinum"] as const;
/** Models whose score of a customer can be a condition. */
export const scoreModels = ["propensity", "churn", "clv", "uplift"] as const;

const most = 4_000_000_000;
const texts = z.array(z.string().min(1).max(1024)).min(1).max(1000);
const day = z.iso.date("must be a day, YYYY-MM-DD").refine((text) => text >= "1970-01-01" && text <= "2149-06-06", {
  message: "must be from 1970-01-01 to 2149-06-06",
});
const amount = z.int();
const times = z.int().min(0).max(most);
const scores = z.array(z.int().min(1).max(5)).min(1).max(5);

const period = {
  last_days: z
    .int()
    .min(1)
    .max(40_000)
    .optional()
    .describe("Only the days just before the day the segment is taken on"),
  from: day.optional().describe("Only from this day on"),
  to: day.optional().describe("Only before this day"),
};
const narrowing = {
  category: texts.optional().describe("Only products of these categories and their children"),
  brand: texts.optional().describe("Only products of these brands"),
  product_id: texts.optional().describe("Only these products"),
  channel: texts.optional().describe("Only these channels"),
};
const counted = {
  min_count: times.optional().describe("At least so many; 1 when left out"),
  max_count: times.optional().describe("At most so many; 0 finds those who have none"),
};

const eventsSchema = z.strictObject({
  kind: z.literal("events"),
  event_type: z.enum(eventTypes),
  ...counted,
  ...period,
  ...narrowing,
});
const ordersSchema = z.strictObject({
  kind: z.literal("orders"),
  ...counted,
  min_revenue_minor: amount.optional().describe("Least net revenue in the period, minor units"),
  max_revenue_minor: amount.optional().describe("Largest net revenue in the period, minor units"),
  first_from: day.optional().describe("The first of the orders on this day or later"),
  first_to: day.optional().describe("The first of the orders before this day"),
  last_from: day.optional().describe("The last of the orders on this day or later"),
  last_to: day.optional().describe("The last of the orders before this day"),
  ...period,
  ...narrowing,
});
const rfmSchema = z.strictObject({
  kind: z.literal("rfm"),
  rfm_segment: z.array(z.enum(rfmSegmentNames)).min(1).optional(),
  r_score: scores.optional(),
  f_score: scores.optional(),
  m_score: scores.optional(),
});
const tierSchema = z.strictObject({ kind: z.literal("tier"), tier: z.array(z.enum(tierNames)).min(1) });
const cohortSchema = z.strictObject({
  kind: z.literal("cohort"),
  month: z
    .array(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-01$/, "must be the first day of a month, YYYY-MM-01"))
    .min(1)
    .max(1200)
    .describe("Months of the first order"),
});
const countrySchema = z.strictObject({ kind: z.literal("country"), country: texts });
const scoreSchema = z.strictObject({
  kind: z.literal("score"),
  model: z
    .enum(scoreModels)
    .describe(
      "Of its last training: a rate, or minor units for clv; for uplift what the treatment adds to the chance of an order",
    ),
  min_score: z.number().optional(),
  max_score: z.number().optional(),
});
const clusterSchema = z.strictObject({
  kind: z.literal("cluster"),
  cluster: z.array(z.int().min(1).max(255)).min(1).describe("Numbers of the clusters of the model customer-segments"),
});

/** A schema for each kind of condition; the list is closed. */
export const conditionSchemas = {
  events: eventsSchema,
  orders: ordersSchema,
  rfm: rfmSchema,
  tier: tierSchema,
  cohort: cohortSchema,
  country: countrySchema,
  score: scoreSchema,
  cluster: clusterSchema,
} as const;

export type EventsCondition = z.infer<typeof eventsSchema>;
export type OrdersCondition = z.infer<typeof ordersSchema>;
export type Condition =
  | EventsCondition
  | OrdersCondition
  | z.infer<typeof rfmSchema>
  | z.infer<typeof tierSchema>
  | z.infer<typeof cohortSchema>
  | z.infer<typeof countrySchema>
  | z.infer<typeof scoreSchema>
  | z.infer<typeof clusterSchema>;

/** Which customers: those of every part, of any part, of none, or those a condition holds for. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | Condition;

export interface SegmentDefinition {
  /** Small letters, digits and hyphens: how it is named in filters and commands. */
  readonly name: string;
  readonly title: string;
  /** What it is for; empty when nothing was said. */
  readonly note: string;
  readonly rule: Rule;
}

const nameForm = /^[a-z0-9][a-z0-9-]{0,62}$/;
const deepest = 8;
const mostParts = 50;

const invalid = (message: string): CartwrightError => new CartwrightError("segment_invalid", message);

type Given = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readCondition(given: Given, path: string): Condition {
  const kind = given.kind;
  const schema = Object.entries(conditionSchemas).find(([name]) => name === kind)?.[1];
  if (!schema) {
    const known = Object.keys(conditionSchemas).join(", ");
    throw invalid(
      `${path}.kind must be one of ${known}, or the rule one of all, any and not; got ${JSON.stringify(kind)}`,
    );
  }
  const outcome = schema.safeParse(given);
  if (!outcome.success) {
    const issue = outcome.error.issues[0];
    const at = [path, ...(issue?.path ?? [])].map(String).join(".");
    throw invalid(`${at}: ${issue?.message ?? "is not valid"}`);
  }
  return checked(outcome.data, path);
}

/** What no single field can say. */
function checked(condition: Condition, path: string): Condition {
  switch (condition.kind) {
    case "events":
    case "orders": {
      const { last_days, from, to, min_count, max_count } = condition;
      if (last_days !== undefined && (from !== undefined || to !== undefined))
        throw invalid(`${path}: last_days stands alone, without from and to`);
      if (from !== undefined && to !== undefined && from >= to)
        throw invalid(`${path}: to ${to} must be after from ${from}`);
      if ((min_count ?? 0) > (max_count ?? most))
        throw invalid(`${path}: min_count ${min_count} is above max_count ${max_count}`);
      if (max_count === 0 && condition.kind === "orders" && limitsOrders(condition))
        throw invalid(`${path}: with max_count 0 there are no orders whose revenue or days could be limited`);
      return condition;
    }
    case "score":
      if ((condition.min_score ?? -Infinity) > (condition.max_score ?? Infinity))
        throw invalid(`${path}: min_score ${condition.min_score} is above max_score ${condition.max_score}`);
      return condition;
    default:
      return condition;
  }
}

const limitsOrders = (condition: OrdersCondition): boolean =>
  [
    condition.min_revenue_minor,
    condition.max_revenue_minor,
    condition.first_from,
    condition.first_to,
    condition.last_from,
    condition.last_to,
  ].some((limit) => limit !== undefined);

function readRule(given: unknown, path: string, depth: number): Rule {
  if (!isObject(given)) throw invalid(`${path} must be a condition, or an object with all, any or not`);
  if (depth > deepest) throw invalid(`${path} is nested deeper than ${deepest} levels`);
  const word = (["all", "any", "not"] as const).find((one) => one in given);
  if (word === undefined) return readCondition(given, path);
  if (Object.keys(given).length > 1) throw invalid(`${path}: ${word} stands alone`);
  if (word === "not") return { not: readRule(given.not, `${path}.not`, depth + 1) };
  const parts = given[word];
  if (!Array.isArray(parts) || parts.length === 0) throw invalid(`${path}.${word} must be a list of at least one rule`);
  const rules = parts.map((part, at) => readRule(part, `${path}.${word}.${at}`, depth + 1));
  return word === "all" ? { all: rules } : { any: rules };
}

const sizeOf = (rule: Rule): number => {
  if ("all" in rule) return rule.all.reduce((sum, part) => sum + sizeOf(part), 0);
  if ("any" in rule) return rule.any.reduce((sum, part) => sum + sizeOf(part), 0);
  return "not" in rule ? sizeOf(rule.not) : 1;
};

/** Checks a rule. @throws segment_invalid naming the place and what it must be */
export function parseRule(given: unknown): Rule {
  const rule = readRule(given, "rule", 1);
  const size = sizeOf(rule);
  if (size > mostParts) throw invalid(`rule has ${size} conditions; it may have ${mostParts}`);
  return rule;
}

/** Checks what was given and fills in what was not. @throws segment_invalid */
export function parseDefinition(given: unknown): SegmentDefinition {
  if (!isObject(given)) throw invalid("a segment must be an object with name and rule");
  const surplus = Object.keys(given).find((key) => !["name", "title", "note", "rule"].includes(key));
  if (surplus !== undefined) throw invalid(`a segment has name, title, note and rule, not ${surplus}`);
  const { name, title = name, note = "" } = given;
  if (typeof name !== "string" || !nameForm.test(name))
    throw invalid(`name must be 1 to 63 small letters, digits and hyphens, got ${JSON.stringify(name ?? null)}`);
  if (typeof title !== "string" || title.trim() === "" || title.length > 200)
    throw invalid("title must be a text of 1 to 200 characters");
  if (typeof note !== "string" || note.length > 2000) throw invalid("note must be a text of at most 2,000 characters");
  return { name, title, note, rule: parseRule(given.rule) };
}
