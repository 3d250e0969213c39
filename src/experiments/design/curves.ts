/** The pictures of a plan: what the difference looks like with and without the effect, and how power grows with units. */
import { normalDensity } from "../../stats/normal.ts";
import { normalQuantile } from "../../stats/normal-quantile.ts";
import { powerOfMeans } from "../../stats/power-means.ts";
import { powerOfProportions } from "../../stats/power-proportions.ts";
import type { Design } from "./design.ts";

export interface DesignCurves {
  /** Differences beyond this are called significant. */
  readonly critical_effect: number;
  readonly standard_error: number;
  /** Densities of the measured difference, without and with the effect, per unit of the difference. */
  readonly distributions: readonly { readonly effect: number; readonly without: number; readonly with: number }[];
  /** Area both densities share, in [0, 1]: 1 when the effect cannot be told from none. */
  readonly overlap_rate: number;
  readonly power_curve: readonly { readonly sample_size_per_variant: number; readonly power: number }[];
}

const points = 160;

/** @param spread standard deviation of a mean's units after the covariate; null for a proportion */
export function designCurves(plan: Design, spread: number | null): DesignCurves {
  const n = plan.sample_size_per_variant;
  const { baseline, treated, absolute_effect: effect } = plan;
  const pooled = (baseline + treated) / 2;
  const nullError = spread === null ? Math.sqrt((2 * pooled * (1 - pooled)) / n) : spread * Math.sqrt(2 / n);
  const error =
    spread === null ? Math.sqrt((baseline * (1 - baseline) + treated * (1 - treated)) / n) : spread * Math.sqrt(2 / n);
  const goal = { alpha: plan.alpha_per_comparison, sides: plan.sides };
  const low = Math.min(0, effect) - 4 * Math.max(error, nullError);
  const high = Math.max(0, effect) + 4 * Math.max(error, nullError);
  const step = (high - low) / points;
  const distributions = Array.from({ length: points + 1 }, (_, k) => {
    const at = low + k * step;
    return {
      effect: at,
      without: normalDensity(at / nullError) / nullError,
      with: normalDensity((at - effect) / error) / error,
    };
  });
  const largest = Math.max(50_000, 2 * n);
  return {
    critical_effect: -normalQuantile(goal.alpha / goal.sides) * nullError * Math.sign(effect),
    standard_error: error,
    distributions,
    overlap_rate: Math.min(
      1,
      distributions.reduce((sum, point) => sum + Math.min(point.without, point.with) * step, 0),
    ),
    power_curve: Array.from({ length: 60 }, (_, k) => {
      const units = Math.round(100 * (largest / 100) ** (k / 59));
      const power =
        spread === null
          ? powerOfProportions(baseline, treated, units, goal)
          : powerOfMeans(effect, spread, units, goal);
      return { sample_size_per_variant: units, power };
    }),
  };
}
