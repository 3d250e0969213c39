/** How well scores order people by what a treatment adds, judged on a randomised experiment. */
import type { Random } from "./random.ts";

/** People of an experiment with the score each is ranked by; all of one length. */
export interface RankedTrial {
  readonly scores: ArrayLike<number>;
  /** 1 for the treated, 0 for the control. */
  readonly isTreated: ArrayLike<number>;
  /** What each did, such as 1 for an order and 0 for none. */
  readonly outcomes: ArrayLike<number>;
}

/** Where the curve stands after a share of the people, the highest scores first. */
export interface QiniPoint {
  /** Share of the people, in [0, 1]. */
  readonly share: number;
  /** What treating them has added, per treated person of the whole trial. */
  readonly gain: number;
  /** Area between the curve and the straight line of a random order, from 0 to `share`. */
  readonly area: number;
}

/** A point with the standard errors of its two figures. */
export interface QiniEstimate extends QiniPoint {
  readonly gainError: number;
  readonly areaError: number;
}

interface Sorted {
  readonly isTreated: Uint8Array;
  readonly outcomes: Float64Array;
  /** 1 at the last person of each group of equal scores. */
  readonly isGroupEnd: Uint8Array;
}

function sorted({ scores, isTreated, outcomes }: RankedTrial): Sorted {
  const order = Uint32Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  return {
    isTreated: Uint8Array.from(order, (row) => isTreated[row]!),
    outcomes: Float64Array.from(order, (row) => outcomes[row]!),
    isGroupEnd: Uint8Array.from(order, (row, at) => (scores[row] === scores[order[at + 1] ?? -1] ? 0 : 1)),
  };
}

/** The curve's corners: one after each group of equal scores, the first at 0. */
function cornersOf({ isTreated, outcomes, isGroupEnd }: Sorted, weights: Uint8Array | null) {
  const count = outcomes.length;
  const [shares, gains] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  const [people, added] = [[0, 0] as [number, number], [0, 0] as [number, number]];
  let corner = 0;
  for (let at = 0; at < count; at += 1) {
    const weight = weights ? weights[at]! : 1;
    const arm = isTreated[at] as 0 | 1;
    people[arm] += weight;
    added[arm] += weight * outcomes[at]!;
    if (!isGroupEnd[at]) continue;
    corner += 1;
    shares[corner] = people[0] + people[1];
    gains[corner] = added[1] - (people[0] > 0 ? (added[0] * people[1]) / people[0] : 0);
  }
  const length = corner + 1;
  const [total, treated] = [people[0] + people[1], people[1]];
  return {
    shares: shares.subarray(0, length).map((share) => share / total),
    gains: gains.subarray(0, length).map((gain) => gain / treated),
  };
}

/** Gain and area at rising shares, straight between corners. */
function readAt({ shares, gains }: ReturnType<typeof cornersOf>, wanted: readonly number[]): QiniPoint[] {
  const whole = gains[gains.length - 1]!;
  let corner = 0;
  let area = 0;
  return wanted.map((share) => {
    while (corner + 1 < shares.length && shares[corner + 1]! <= share + 1e-12) {
      area += ((shares[corner + 1]! - shares[corner]!) * (gains[corner]! + gains[corner + 1]!)) / 2;
      corner += 1;
    }
    const width = (shares[corner + 1] ?? shares[corner]!) - shares[corner]!;
    const into = width > 0 ? (share - shares[corner]!) / width : 0;
    const gain = gains[corner]! + into * ((gains[corner + 1] ?? gains[corner]!) - gains[corner]!);
    const under = area + (into * width * (gains[corner]! + gain)) / 2;
    return { share, gain, area: under - (whole * share * share) / 2 };
  });
}

/**
 * The Qini curve: of the best-scored people, the outcomes of the treated less those of the control scaled to as many people,
 * over the treated of the whole trial. Equal scores enter together, so the order of the input does not matter. The last area
 * is the Qini area: 0 for a random order, in outcomes per treated person.
 *
 * @param shares rising, in [0, 1]; 1 last for the whole
 * @returns a point for each share; null unless both arms hold people
 * @see Radcliffe (2007), "Using Control Groups to Target on Predicted Lift", Direct Marketing Analytics Journal 1, 14-21
 */
export function qiniCurve(trial: RankedTrial, shares: readonly number[]): readonly QiniPoint[] | null {
  return hasBothArms(trial) ? readAt(cornersOf(sorted(trial), null), shares) : null;
}

/**
 * The same with standard errors over resamples of the people, each of them counted a Poisson number of times of mean 1.
 *
 * @param resampleCount resamples; each passes over all people once
 * @see Chamandy, Muralidharan, Najmi and Naidu (2012), "Estimating Uncertainty for Massive Data Streams", Google
 */
export function qiniEstimates(
  trial: RankedTrial,
  shares: readonly number[],
  random: Random,
  resampleCount = 200,
): readonly QiniEstimate[] | null {
  const points = qiniCurve(trial, shares);
  if (!points) return null;
  const people = sorted(trial);
  const weights = new Uint8Array(people.outcomes.length);
  const sums = shares.map(() => ({ gain: 0, gainSquare: 0, area: 0, areaSquare: 0 }));
  for (let resample = 0; resample < resampleCount; resample += 1) {
    for (let at = 0; at < weights.length; at += 1) weights[at] = poissonOfOne(random.uniform());
    for (const [at, { gain, area }] of readAt(cornersOf(people, weights), shares).entries()) {
      const [sum, centre] = [sums[at]!, points[at]!];
      sum.gain += gain - centre.gain;
      sum.gainSquare += (gain - centre.gain) ** 2;
      sum.area += area - centre.area;
      sum.areaSquare += (area - centre.area) ** 2;
    }
  }
  const error = (sum: number, square: number): number =>
    Math.sqrt(Math.max(0, square - (sum * sum) / resampleCount) / (resampleCount - 1));
  return points.map((point, at) => ({
    ...point,
    gainError: error(sums[at]!.gain, sums[at]!.gainSquare),
    areaError: error(sums[at]!.area, sums[at]!.areaSquare),
  }));
}

function hasBothArms({ isTreated }: RankedTrial): boolean {
  let treated = 0;
  for (let row = 0; row < isTreated.length; row += 1) treated += isTreated[row]!;
  return treated > 0 && treated < isTreated.length;
}

/** Chances of at most 0, 1, 2, ... of a Poisson count of mean 1. */
const atMost = [1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040].map((_, most, parts) =>
  parts.slice(0, most + 1).reduce((sum, part) => sum + part / Math.E, 0),
);

function poissonOfOne(uniform: number): number {
  let count = 0;
  while (count < atMost.length && uniform >= atMost[count]!) count += 1;
  return count;
}
