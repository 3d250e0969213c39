import { monotoneRoot } from "./monotone-root.ts";
import type { Posterior } from "./posterior.ts";

/** Ends of a credible interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

const points = 240;

/**
 * Interval that holds the difference of two true means, treatment minus control, with probability 1 - alpha given the data:
 * alpha / 2 of the belief lies on either side.
 */
export function credibleDifference(control: Posterior, treatment: Posterior, alpha = 0.05): Interval {
  const step = (control.high - control.low) / points;
  const nodes = Array.from({ length: points + 1 }, (_, k) => {
    const u = control.low + k * step;
    return { value: control.valueAt(u), weight: control.density(u) * step };
  });
  const lowest = treatment.valueAt(treatment.low);
  const highest = treatment.valueAt(treatment.high);
  const belowAndSlope = (difference: number): readonly [number, number] => {
    let below = 0;
    let slope = 0;
    for (const { value, weight } of nodes) {
      const wanted = value + difference;
      if (wanted >= highest) below += weight;
      else if (wanted > lowest) {
        const u = treatment.positionOf(wanted);
        below += weight * treatment.cdf(u);
        slope += (weight * treatment.density(u)) / treatment.slopeAt(u);
      }
    }
    return [below, slope];
  };
  const low = lowest - control.valueAt(control.high);
  const high = highest - control.valueAt(control.low);
  const at = (p: number): number =>
    monotoneRoot(
      (difference) => {
        const [below, slope] = belowAndSlope(difference);
        return [below - p, slope];
      },
      low,
      high,
      treatment.mean - control.mean,
    );
  return { lower: at(alpha / 2), upper: at(1 - alpha / 2) };
}
