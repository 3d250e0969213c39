import { noncentralTTails } from "./noncentral-t.ts";
import { requiredInformation, type TestGoal } from "./power-proportions.ts";
import { studentQuantile } from "./student-t.ts";

/**
 * Chance that a t-test of two means raises an alarm, arms of equal size and spread: the exact power from the non-central t.
 *
 * @param effect, standardDeviation in the metric's unit; for a ratio metric the standard deviation of its linearised units
 */
export function powerOfMeans(
  effect: number,
  standardDeviation: number,
  unitsPerArm: number,
  { alpha, sides }: Pick<TestGoal, "alpha" | "sides">,
): number {
  const degrees = 2 * unitsPerArm - 2;
  const shift = Math.abs(effect) / (standardDeviation * Math.sqrt(2 / unitsPerArm));
  const critical = studentQuantile(1 - alpha / sides, degrees);
  const near = noncentralTTails(critical, degrees, shift).upper;
  return sides === 1 ? near : near + noncentralTTails(-critical, degrees, shift).lower;
}

/**
 * Units per arm to find a difference of means with a t-test: the smallest size whose exact power reaches the goal.
 *
 * @see Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", 2nd ed., section 2.4
 */
export function sampleSizeOfMeans(effect: number, standardDeviation: number, goal: TestGoal): number {
  const normal = (2 * requiredInformation(goal) * standardDeviation ** 2) / effect ** 2;
  const isEnough = (units: number): boolean => powerOfMeans(effect, standardDeviation, units, goal) >= goal.power;
  // The t-test needs a few units more than the normal formula, more of them the fewer there are.
  let high = Math.max(2, Math.ceil(normal));
  let low = Math.max(1, high - 2);
  while (!isEnough(high)) {
    low = high;
    high = Math.ceil(high * 1.02) + 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The smallest difference of means that so many units per arm would find with the wanted power. */
export function detectableDifference(standardDeviation: number, unitsPerArm: number, goal: TestGoal): number {
  let low = 0;
  let high = 2 * standardDeviation * Math.sqrt((2 * requiredInformation(goal)) / unitsPerArm);
  while (powerOfMeans(high, standardDeviation, unitsPerArm, goal) < goal.power) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (powerOfMeans(middle, standardDeviation, unitsPerArm, goal) < goal.power) low = middle;
    else high = middle;
  }
  return high;
}
