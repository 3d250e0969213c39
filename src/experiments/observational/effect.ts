/** The effect of a change that was not randomised: by difference in differences, or by a synthetic control. */
import { CartwrightError } from "../../errors.ts";
import { differenceInDifferences } from "../../stats/difference-in-differences.ts";
import { syntheticControl } from "../../stats/synthetic-control.ts";
import type { Panel } from "./panel.ts";

export interface EffectQuestion {
  readonly treated: readonly string[];
  /** The first period after the change. */
  readonly start: string;
  readonly method: "difference" | "synthetic";
}

export interface ObservedEffect {
  readonly method: EffectQuestion["method"];
  /** Always false, and said wherever the effect is shown. */
  readonly is_randomised: false;
  readonly effect: number;
  readonly relative_effect: number | null;
  readonly ci_lower: number | null;
  readonly ci_upper: number | null;
  readonly p_value: number | null;
  /** Share of placebos at least as extreme, the true one counted in. */
  readonly placebo_p_value: number;
  readonly placebos: readonly { readonly name: string; readonly effect: number }[];
  /** Of a synthetic control: how far it was from the treated unit before the change. */
  readonly error_before: number | null;
  readonly weights: Readonly<Record<string, number>> | null;
  readonly caution: string;
}

const invalid = (name: string, message: string): CartwrightError =>
  new CartwrightError("invalid_parameter", `${name} ${message}`, { name });

/** @throws invalid_parameter when a unit or period is not there, or too few are */
export function observedEffect(panel: Panel, question: EffectQuestion): ObservedEffect {
  const start = panel.times.indexOf(question.start);
  if (start < 0) throw invalid("start", `must be a period of the file, got "${question.start}"`);
  if (start < 2) throw invalid("start", `needs two periods before it; "${question.start}" has ${start}`);
  const missing = question.treated.find((name) => !panel.units.has(name));
  if (missing !== undefined || question.treated.length === 0)
    throw invalid("treated", `must name units of the file, got "${missing ?? ""}"`);
  return question.method === "difference" ? byDifference(panel, question, start) : bySynthetic(panel, question, start);
}

const share = (effect: number, without: number): number | null => (without === 0 ? null : effect / without);

function byDifference(panel: Panel, question: EffectQuestion, start: number): ObservedEffect {
  const units = [...panel.units].map(([name, values]) => ({
    name,
    values,
    isTreated: question.treated.includes(name),
  }));
  if (units.every((unit) => unit.isTreated)) throw invalid("treated", "must leave units that were not");
  const found = differenceInDifferences(units, start);
  return {
    method: "difference",
    is_randomised: false,
    effect: found.effect,
    relative_effect: share(found.effect, found.treatedAfter - found.effect),
    ci_lower: found.comparison?.lower ?? null,
    ci_upper: found.comparison?.upper ?? null,
    p_value: found.comparison?.pValue ?? null,
    placebo_p_value: found.placeboPValue,
    placebos: found.placebos.map((one) => ({ name: panel.times[one.start] ?? "", effect: one.effect })),
    error_before: null,
    weights: null,
    caution:
      "Not randomised: right only if both groups would have moved alike. The placebos pretend the change came earlier; they should be near 0.",
  };
}

function bySynthetic(panel: Panel, question: EffectQuestion, start: number): ObservedEffect {
  const [name, ...others] = question.treated;
  const values = panel.units.get(name ?? "");
  if (!name || !values || others.length > 0)
    throw invalid("treated", "must be one unit for a synthetic control; add several up, or use difference");
  const donors = [...panel.units]
    .filter(([unit]) => unit !== name)
    .map(([unit, series]) => ({ name: unit, values: series }));
  if (donors.length < 2) throw invalid("treated", `needs two other units to mix, got ${donors.length}`);
  const found = syntheticControl({ name, values }, donors, start);
  const after = found.synthetic.slice(start);
  return {
    method: "synthetic",
    is_randomised: false,
    effect: found.effect,
    relative_effect: share(found.effect, after.reduce((sum, value) => sum + value, 0) / after.length),
    ci_lower: null,
    ci_upper: null,
    p_value: null,
    placebo_p_value: found.pValue,
    placebos: found.placebos.map((one) => ({ name: one.name, effect: one.effect })),
    error_before: found.errorBefore,
    weights: Object.fromEntries(donors.map((donor, index) => [donor.name, found.weights[index] ?? 0])),
    caution:
      "Not randomised: right only if the mixture would have gone on following the unit. The placebos take each other unit as if it had been changed; the true effect should stand out.",
  };
}
