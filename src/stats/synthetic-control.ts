/** A unit with its metric in each period. */
export interface Series {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface SyntheticControl {
  /** Shares of the donors, summing to 1, in their order. */
  readonly weights: readonly number[];
  /** The mixture of donors, for each period. */
  readonly synthetic: readonly number[];
  /** Mean of treated minus synthetic after the change. */
  readonly effect: number;
  /** Root of the mean squared gap before and after. */
  readonly errorBefore: number;
  readonly errorAfter: number;
  /** errorAfter / errorBefore of the treated unit, then of each donor taken as if treated (the others its donors). */
  readonly ratio: number;
  readonly placebos: readonly { readonly name: string; readonly effect: number; readonly ratio: number }[];
  /** Share of units whose ratio is at least the treated one's, itself included; never below 1 / (donors + 1). */
  readonly pValue: number;
}

const iterations = 2_000;

/**
 * Synthetic control: the mixture of untreated units that followed the treated one most closely before the change stands for what
 * would have happened without it. Not randomised: believe it only where the fit before is close and the placebos are quiet.
 *
 * @param start index of the first period after the change, at least 2
 * @param donors at least two untreated units with as many periods
 * @see Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105(490), 493-505
 */
export function syntheticControl(treated: Series, donors: readonly Series[], start: number): SyntheticControl {
  if (donors.length < 2) throw new RangeError("a synthetic control needs at least two donors");
  if (start < 2 || start >= treated.values.length)
    throw new RangeError("the change needs two periods before and one after");
  const own = mixtureFor(treated, donors, start);
  const placebos = donors.map((donor) => {
    const found = mixtureFor(
      donor,
      donors.filter((other) => other !== donor),
      start,
    );
    return { name: donor.name, effect: found.effect, ratio: found.ratio };
  });
  const asLarge = placebos.filter((placebo) => placebo.ratio >= own.ratio).length;
  return { ...own, placebos, pValue: (asLarge + 1) / (donors.length + 1) };
}

function mixtureFor(treated: Series, donors: readonly Series[], start: number) {
  const weights = simplexWeights(treated.values, donors, start);
  const length = treated.values.length;
  const synthetic = Array.from({ length }, (_, t) =>
    donors.reduce((sum, donor, j) => sum + weights[j]! * donor.values[t]!, 0),
  );
  const gaps = synthetic.map((value, t) => treated.values[t]! - value);
  const rootMeanSquare = (from: number, to: number): number =>
    Math.sqrt(gaps.slice(from, to).reduce((sum, gap) => sum + gap * gap, 0) / (to - from));
  const errorBefore = rootMeanSquare(0, start);
  const errorAfter = rootMeanSquare(start, length);
  return {
    weights,
    synthetic,
    effect: gaps.slice(start).reduce((sum, gap) => sum + gap, 0) / (length - start),
    errorBefore,
    errorAfter,
    // A perfect fit before leaves nothing to divide by; rounding of the values stands in for it.
    ratio: errorAfter / Math.max(errorBefore, 1e-12 * Math.max(...Array.from(treated.values, Math.abs), 1e-300)),
  };
}

/** Shares that minimise the squared gap before the change: accelerated projected gradient on the simplex (Beck and Teboulle, 2009). */
function simplexWeights(target: ArrayLike<number>, donors: readonly Series[], start: number): number[] {
  const n = donors.length;
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let sum = 0;
    for (let t = 0; t < start; t++) sum += a[t]! * b[t]!;
    return sum;
  };
  const gram = donors.map((a) => donors.map((b) => dot(a.values, b.values)));
  const linear = donors.map((a) => dot(a.values, target));
  const step = 1 / Math.max(1e-300, ...gram.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let weights = new Array<number>(n).fill(1 / n);
  let ahead = weights;
  let momentum = 1;
  for (let k = 0; k < iterations; k++) {
    const point = ahead;
    const next = ontoSimplex(
      point.map(
        (weight, i) => weight - step * (gram[i]!.reduce((sum, value, j) => sum + value * point[j]!, 0) - linear[i]!),
      ),
    );
    const grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const before = weights;
    ahead = next.map((weight, i) => weight + ((momentum - 1) / grown) * (weight - before[i]!));
    weights = next;
    momentum = grown;
  }
  return weights;
}

/** The nearest point with shares at or above 0 that sum to 1 (Duchi et al., 2008, ICML). */
function ontoSimplex(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, i) => {
    sum += value;
    const candidate = (sum - 1) / (i + 1);
    if (value > candidate) shift = candidate;
  });
  return values.map((value) => Math.max(0, value - shift));
}
