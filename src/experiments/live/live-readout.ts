/** The readout of a live experiment: the decision's metric, its guardrails, the days so far, and segments. */
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { defaultOptions, type Readout, type ReadoutOptions, readout } from "../readout/readout.ts";
import type { Definition, MetricName } from "./definition.ts";
import {
  type Exposed,
  type ExposedCustomer,
  isNetMetric,
  readExposed,
  type UnitChoice,
  unitsOf,
} from "./live-units.ts";

/** The effect of one variant as it stood after the customers exposed up to a day. */
export interface TimelineRow {
  readonly exposed_on: string;
  readonly variant: string;
  readonly unit_count: number;
  readonly absolute_effect: number | null;
  readonly ci_lower: number | null;
  readonly ci_upper: number | null;
  readonly sequential_ci_lower: number | null;
  readonly sequential_ci_upper: number | null;
}

export interface Guardrail {
  readonly metric: MetricName;
  readonly variants: Readout["variants"];
  /** A variant is worse with more certainty than the level asks for. */
  readonly is_worse: boolean;
}

export interface LiveReadout extends Readout {
  readonly experiment_id: string;
  readonly as_of: string;
  readonly immature_count: number;
  readonly guardrails: readonly Guardrail[];
  readonly timeline: readonly TimelineRow[];
  readonly segments: readonly { readonly segment: string; readonly variants: Readout["variants"] }[];
}

export interface LiveQuestion {
  readonly metric: MetricName | null;
  readonly isAdjusted: boolean;
  readonly includesImmature: boolean;
  readonly bySegment: boolean;
  /** Day after the last day of the data, shop's zone. */
  readonly asOf: string;
  readonly timeZone: string;
}

const segmentCount = 8;

/** Reads and computes; the timeline costs one small readout per day. */
export async function liveReadout(
  warehouse: Warehouse,
  definition: Definition,
  question: LiveQuestion,
): Promise<LiveReadout> {
  const metric = question.metric ?? definition.metric;
  const metrics = [metric, ...definition.guardrails.filter((one) => one !== metric)];
  const read = (isNet: boolean) => readExposed(warehouse, definition, question.asOf, question.timeZone, isNet);
  const exposedBy = new Map<boolean, Exposed>();
  for (const isNet of new Set(metrics.map(isNetMetric))) exposedBy.set(isNet, await read(isNet));
  const exposedFor = (one: MetricName): Exposed =>
    exposedBy.get(isNetMetric(one)) ?? { customers: [], earlyCount: 0, lateCount: 0 };
  const options: ReadoutOptions = {
    ...defaultOptions,
    alpha: definition.alpha,
    weights: definition.variants.map(({ weight }) => weight),
    sequentialPlannedCount: definition.planned_count ?? 10_000,
    prior: { beta: [1, 1], normal: null },
    winsoriseRate: null,
  };
  const choice: UnitChoice = { metric, isAdjusted: question.isAdjusted, includesImmature: question.includesImmature };
  const exposed = exposedFor(metric);
  const main = readout(unitsOf(definition, exposed, choice), options);
  const segments = question.bySegment ? segmentsOf(definition, exposed, choice, options) : [];
  return {
    ...main,
    warnings: [
      ...main.warnings,
      ...(segments.length > 0
        ? [segmentWarning(segments.length * (definition.variants.length - 1), definition.alpha)]
        : []),
    ],
    experiment_id: definition.experiment_id,
    as_of: question.asOf,
    immature_count: exposed.customers.filter((customer) => !customer.isMature).length,
    guardrails: metrics
      .slice(1)
      .map((one) => guardrailOf(definition, exposedFor(one), { ...choice, metric: one }, options)),
    timeline: timelineOf(definition, exposed, choice, options),
    segments,
  };
}

const segmentWarning = (looks: number, alpha: number): string =>
  `${looks} comparisons by segment: without any effect the chance that at least one looks significant is ${Math.round(
    100 * (1 - (1 - alpha) ** looks),
  )} %. Take a segment for a question, not for an answer.`;

function guardrailOf(definition: Definition, exposed: Exposed, choice: UnitChoice, options: ReadoutOptions): Guardrail {
  const { variants } = readout(unitsOf(definition, exposed, choice), { ...options, prior: null });
  return { metric: choice.metric, variants, is_worse: variants.some((variant) => (variant.ci_upper ?? 1) < 0) };
}

function timelineOf(
  definition: Definition,
  exposed: Exposed,
  choice: UnitChoice,
  options: ReadoutOptions,
): TimelineRow[] {
  const days = [...new Set(exposed.customers.map((customer) => customer.exposedOn))].sort();
  // At most sixty points: further ones cannot be told apart on a chart.
  const step = Math.max(1, Math.ceil(days.length / 60));
  const shown = days.filter((_, index) => index % step === step - 1 || index === days.length - 1);
  return shown.flatMap((day) => {
    const customers = exposed.customers.filter((customer) => customer.exposedOn <= day);
    const found = readout(unitsOf(definition, { customers, earlyCount: 0, lateCount: 0 }, choice), {
      ...options,
      prior: null,
    });
    return found.variants.slice(1).map((variant) => ({
      exposed_on: day,
      variant: variant.variant,
      unit_count: found.used_row_count,
      absolute_effect: variant.absolute_effect,
      ci_lower: variant.ci_lower,
      ci_upper: variant.ci_upper,
      sequential_ci_lower: variant.sequential_ci_lower,
      sequential_ci_upper: variant.sequential_ci_upper,
    }));
  });
}

function segmentsOf(definition: Definition, exposed: Exposed, choice: UnitChoice, options: ReadoutOptions) {
  const groups = new Map<string, ExposedCustomer[]>();
  for (const customer of exposed.customers) {
    const segment = customer.country || "unknown";
    const group = groups.get(segment);
    if (group) group.push(customer);
    else groups.set(segment, [customer]);
  }
  return [...groups]
    .sort(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1))
    .slice(0, segmentCount)
    .map(([segment, customers]) => ({
      segment,
      variants: readout(unitsOf(definition, { customers, earlyCount: 0, lateCount: 0 }, choice), {
        ...options,
        prior: null,
      }).variants,
    }));
}
