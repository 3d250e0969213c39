/** The longest session made, in events. */
export const MAX_SESSION_LENGTH = 500;

const SIGMA = 1.4;

/** Probabilities of 1 + floor(X) for X log-normal of the given median, cut at the longest session; index 0 is length 1. */
function probabilities(median: number): Float64Array {
  const cumulative = (x: number) => (x <= 0 ? 0 : normalCumulative(Math.log(x / median) / SIGMA));
  const whole = cumulative(MAX_SESSION_LENGTH);
  return Float64Array.from({ length: MAX_SESSION_LENGTH }, (_, k) => (cumulative(k + 1) - cumulative(k)) / whole);
}

/** Mean of a distribution of lengths given as probabilities of 1, 2, 3 ... events. */
export function meanLength(lengths: ArrayLike<number>): number {
  let mean = 0;
  for (let k = 0; k < lengths.length; k++) mean += (k + 1) * (lengths[k] ?? 0);
  return mean;
}

/**
 * Distribution of events per session with a given mean and a log-normal tail: most sessions are one or two events, one in
 * a hundred is longer than forty. Two published months of REES46 have 4.8 events a session with a median of 2.
 *
 * @param mean  events per session, in [1.2, 20]
 * @returns probabilities of 1, 2, ... {@link MAX_SESSION_LENGTH} events, summing to one
 */
export function sessionLengths(mean: number): Float64Array {
  let low = 1e-3;
  let high = 100;
  for (let step = 0; step < 60; step++) {
    const middle = Math.sqrt(low * high);
    if (meanLength(probabilities(middle)) < mean) low = middle;
    else high = middle;
  }
  return probabilities(low);
}

/** Standard normal distribution function: Abramowitz and Stegun (1964), 26.2.17, absolute error under 7.5e-8. */
function normalCumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    Math.exp((-z * z) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z < 0 ? tail : 1 - tail;
}
