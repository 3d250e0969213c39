/** What an experiment is, and what may happen to it. */
import { CartwrightError } from "../../errors.ts";
import { parseRule, type Rule } from "../../segments/index.ts";
import type { AssignmentSettings } from "../assignment/assign.ts";

export const metricNames = [
  "conversion_rate",
  "revenue_per_customer_minor",
  "net_revenue_per_customer_minor",
  "average_order_value_minor",
] as const;
export type MetricName = (typeof metricNames)[number];

export type Status = "draft" | "running" | "stopped" | "decided";
export type Action = "created" | "changed" | "started" | "ramped" | "stopped" | "decided";

/** The whole definition; its JSON is what the journal keeps. */
export interface Definition extends AssignmentSettings {
  readonly experiment_id: string;
  readonly title: string;
  /** Whom it is for: a segment, as it was defined when the experiment was drafted; null for everyone. */
  readonly target: { readonly segment: string; readonly rule: Rule } | null;
  /** What is expected, and why. */
  readonly hypothesis: string;
  /** The metric the decision is made on. */
  readonly metric: MetricName;
  /** Metrics that must not get worse. */
  readonly guardrails: readonly MetricName[];
  /** Days after a customer's first exposure in which orders count. */
  readonly window_days: number;
  readonly alpha: number;
  /** Customers planned over all variants, from the design; null when none was made. */
  readonly planned_count: number | null;
  /** The rule agreed on beforehand, in words. */
  readonly decision_rule: string;
  readonly started_at: string | null;
  readonly stopped_at: string | null;
  readonly decided_at: string | null;
  /** The variant taken; null before the decision. */
  readonly decision: string | null;
}

/** Which action leads from which status to which. */
const transitions: Readonly<Record<Action, { readonly from: readonly Status[]; readonly to: Status | null }>> = {
  created: { from: [], to: "draft" },
  changed: { from: ["draft"], to: null },
  started: { from: ["draft"], to: "running" },
  ramped: { from: ["running"], to: null },
  stopped: { from: ["running"], to: "stopped" },
  decided: { from: ["stopped"], to: "decided" },
};

/** The status after an action. @throws experiment_state when it may not happen now */
export function statusAfter(id: string, action: Action, status: Status): Status {
  const { from, to } = transitions[action];
  if (from.includes(status)) return to ?? status;
  throw new CartwrightError(
    "experiment_state",
    `experiment "${id}" is ${status}; it can be ${action} only when it is ${from.join(" or ")}`,
    { status },
  );
}

const idForm = /^[a-z0-9][a-z0-9-]{1,62}$/;
const reserved = new Set(["design", "bandit", "aa", "tools"]);

const invalid = (name: string, message: string): CartwrightError =>
  new CartwrightError("invalid_parameter", `${name} ${message}`, { name });

type Given = Readonly<Record<string, unknown>>;

const textOf = (given: Given, name: string, fallback: string): string => {
  const value = given[name] ?? fallback;
  if (typeof value !== "string" || value.length > 2_000)
    throw invalid(name, "must be a text of at most 2,000 characters");
  return value;
};

function numberOf(given: Given, name: string, fallback: number, low: number, high: number): number {
  const value = given[name] ?? fallback;
  if (typeof value !== "number" || !(value >= low && value <= high))
    throw invalid(name, `must be a number from ${low} to ${high}, got ${JSON.stringify(value)}`);
  return value;
}

function metricOf(value: unknown, name: string): MetricName {
  const known = metricNames.find((one) => one === value);
  if (!known) throw invalid(name, `must be one of ${metricNames.join(", ")}, got ${JSON.stringify(value)}`);
  return known;
}

function variantsOf(value: unknown): Definition["variants"] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const variants = list.map((one) => {
    const { name, weight } = Object(one) as { name?: unknown; weight?: unknown };
    if (typeof name !== "string" || name === "" || name.length > 100) throw invalid("variants", "need a name each");
    const share = weight ?? 1;
    if (typeof share !== "number" || !(share > 0 && Number.isFinite(share)))
      throw invalid("variants", `need weights above 0; "${name}" has ${JSON.stringify(share)}`);
    return { name, weight: share };
  });
  if (variants.length < 2 || variants.length > 20) throw invalid("variants", `must be 2 to 20, got ${variants.length}`);
  const names = new Set(variants.map(({ name }) => name));
  if (names.size < variants.length) throw invalid("variants", "must have different names");
  return variants;
}

function namespaceOf(value: unknown): Definition["namespace"] {
  if (value === undefined || value === null) return null;
  const { name, from, to } = Object(value) as { name?: unknown; from?: unknown; to?: unknown };
  const isPart = typeof from === "number" && typeof to === "number" && from >= 0 && from < to && to <= 1;
  if (typeof name !== "string" || name === "" || !isPart)
    throw invalid("namespace", "needs a name and a part from `from` up to `to` within 0 and 1");
  return { name, from, to };
}

function targetOf(value: unknown): Definition["target"] {
  if (value === undefined || value === null) return null;
  const { segment, rule } = Object(value) as { segment?: unknown; rule?: unknown };
  if (typeof segment !== "string") throw invalid("target", "needs the name of a segment");
  return { segment, rule: parseRule(rule) };
}

/** Checks what was given and fills in what was not. @throws invalid_parameter naming field and limit */
export function newDefinition(given: Given): Definition {
  const id = textOf(given, "experiment_id", "");
  if (!idForm.test(id) || reserved.has(id))
    throw invalid(
      "experiment_id",
      `must be 2 to 63 small letters, digits and hyphens, and not a reserved word, got "${id}"`,
    );
  const guardrails = Array.isArray(given.guardrails) ? given.guardrails : [];
  const planned = given.planned_count ?? null;
  return {
    experiment_id: id,
    title: textOf(given, "title", id),
    hypothesis: textOf(given, "hypothesis", ""),
    salt: textOf(given, "salt", id),
    variants: variantsOf(given.variants),
    ramp_rate: numberOf(given, "ramp_rate", 1, 0, 1),
    namespace: namespaceOf(given.namespace),
    target: targetOf(given.target),
    metric: metricOf(given.metric ?? "conversion_rate", "metric"),
    guardrails: guardrails.map((one) => metricOf(one, "guardrails")),
    window_days: Math.round(numberOf(given, "window_days", 14, 1, 365)),
    alpha: numberOf(given, "alpha", 0.05, 0.0001, 0.5),
    planned_count: planned === null ? null : Math.round(numberOf(given, "planned_count", 0, 4, 1e9)),
    decision_rule: textOf(given, "decision_rule", ""),
    started_at: null,
    stopped_at: null,
    decided_at: null,
    decision: null,
  };
}
