import type { Comparison } from "./comparison.ts";
import { momentsOf } from "./moments.ts";
import { welchT } from "./welch-t.ts";

/** A unit (region, store, product) with its metric in each period, before and after something changed for some of them. */
export interface PanelUnit {
  readonly name: string;
  readonly isTreated: boolean;
  readonly values: ArrayLike<number>;
}

export interface DifferenceInDifferences {
  readonly treatedBefore: number;
  readonly treatedAfter: number;
  readonly controlBefore: number;
  readonly controlAfter: number;
  /** Change of the treated minus change of the others, per unit and period. */
  readonly effect: number;
  /** Null with fewer than two units on either side: nothing says how much units change by themselves. */
  readonly comparison: Comparison | null;
  /** The same sum at every earlier start, on the periods before only: what is found where nothing happened. */
  readonly placebos: readonly { readonly start: number; readonly effect: number }[];
  /** Share of those at least as large, the true one counted in; small when the effect stands out. */
  readonly placeboPValue: number;
}

const meanOf = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let t = from; t < to; t++) sum += values[t]!;
  return sum / (to - from);
};

/**
 * Difference in differences on one mean before and one after for each unit, which keeps the test honest when a unit's periods
 * resemble each other. It holds only if both groups would have moved alike: not randomised, so the placebos must be looked at.
 *
 * @param start index of the first period after the change, with at least two periods before
 * @see Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of Economics 119(1), 249-275, section IV.C
 */
export function differenceInDifferences(
  units: readonly PanelUnit[],
  start: number,
  alpha = 0.05,
): DifferenceInDifferences {
  const length = units[0]?.values.length ?? 0;
  const [treated, others] = [units.filter((unit) => unit.isTreated), units.filter((unit) => !unit.isTreated)];
  if (treated.length === 0 || others.length === 0) throw new RangeError("both groups need a unit");
  if (start < 2 || start >= length) throw new RangeError(`start must be from 2 to ${length - 1}`);
  const change = (at: number, end: number) => (unit: PanelUnit) =>
    meanOf(unit.values, at, end) - meanOf(unit.values, 0, at);
  const effectAt = (at: number, end: number): number =>
    momentsOf(treated.map(change(at, end))).mean - momentsOf(others.map(change(at, end))).mean;
  const level = (group: readonly PanelUnit[], from: number, to: number): number =>
    momentsOf(group.map((unit) => meanOf(unit.values, from, to))).mean;
  const effect = effectAt(start, length);
  const placebos = Array.from({ length: start - 1 }, (_, at) => ({ start: at + 1, effect: effectAt(at + 1, start) }));
  const asLarge = placebos.filter((placebo) => Math.abs(placebo.effect) >= Math.abs(effect)).length;
  const changes = (group: readonly PanelUnit[]) => momentsOf(group.map(change(start, length)));
  return {
    treatedBefore: level(treated, 0, start),
    treatedAfter: level(treated, start, length),
    controlBefore: level(others, 0, start),
    controlAfter: level(others, start, length),
    effect,
    comparison: treated.length > 1 && others.length > 1 ? welchT(changes(others), changes(treated), alpha) : null,
    placebos,
    placeboPValue: (asLarge + 1) / (placebos.length + 1),
  };
}
