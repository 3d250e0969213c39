import { normalCdf } from "./normal.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** How sure a test is to be: the false alarms it may raise, the effects it must find, and whether it looks to one side only. */
export interface TestGoal {
  /** Chance of an alarm when there is no effect. */
  readonly alpha: number;
  /** Chance of an alarm when there is the effect planned for. */
  readonly power: number;
  readonly sides: 1 | 2;
}

/** z beyond which the test raises an alarm. */
export const criticalZ = ({ alpha, sides }: Pick<TestGoal, "alpha" | "sides">): number =>
  -normalQuantile(alpha / sides);

/** (z of alpha + z of power) squared: how many squared standard errors the effect must be away from 0. */
export const requiredInformation = (goal: TestGoal): number => (criticalZ(goal) + normalQuantile(goal.power)) ** 2;

/**
 * Units per arm to tell two proportions apart, arms of equal size, by the usual formula with **unpooled** variances:
 * n = (z_alpha + z_beta)^2 (p0 (1 - p0) + p1 (1 - p1)) / (p1 - p0)^2, rounded up.
 *
 * @see Fleiss, Levin and Paik (2003), "Statistical Methods for Rates and Proportions", 3rd ed., section 4.2
 */
export function sampleSizeOfProportions(baseline: number, treated: number, goal: TestGoal): number {
  const variance = baseline * (1 - baseline) + treated * (1 - treated);
  return Math.ceil((requiredInformation(goal) * variance) / (treated - baseline) ** 2 - 1e-9);
}

/**
 * The smallest rise over the baseline that so many units per arm would find with the wanted power: the same formula solved for
 * the effect.
 */
export function detectableRise(baseline: number, unitsPerArm: number, goal: TestGoal): number {
  const k = requiredInformation(goal) / unitsPerArm;
  const b = k * (1 - 2 * baseline);
  return (b + Math.sqrt(b * b + 8 * k * (1 + k) * baseline * (1 - baseline))) / (2 * (1 + k));
}

/**
 * Chance that the pooled two-proportion z-test raises an alarm, arms of equal size: the critical value is that of the pooled
 * error, the statistic spreads by the unpooled one.
 */
export function powerOfProportions(
  baseline: number,
  treated: number,
  unitsPerArm: number,
  goal: Pick<TestGoal, "alpha" | "sides">,
): number {
  const pooled = (baseline + treated) / 2;
  const edge = criticalZ(goal) * Math.sqrt((2 * pooled * (1 - pooled)) / unitsPerArm);
  const error = Math.sqrt((baseline * (1 - baseline) + treated * (1 - treated)) / unitsPerArm);
  const effect = Math.abs(treated - baseline);
  if (error === 0) return effect > edge ? 1 : 0;
  const near = normalCdf((effect - edge) / error);
  return goal.sides === 1 ? near : near + normalCdf((-effect - edge) / error);
}
