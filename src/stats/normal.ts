/** Numerators and denominators of Cody's rational approximations, for |x| below 0.67, below 5.66, and beyond. */
const near = {
  above: [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
  below: [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
};
const middle = {
  above: [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  below: [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.429676859992,
  ],
};
const far = {
  above: [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  below: [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5],
};

const inverseRootTwoPi = 0.3989422804014327;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => inverseRootTwoPi * Math.exp(-0.5 * x * x);

/** exp(-x^2 / 2) with x split into sixteenths, so that the square of a large x loses no digits. */
function gaussian(x: number): number {
  const whole = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * whole * whole) * Math.exp(-0.5 * (x - whole) * (x + whole));
}

/**
 * Upper tail of the standard normal distribution, P(Z > x), to about 1e-15 of its own size out to x = 37.
 *
 * @see Cody (1969), "Rational Chebyshev Approximations for the Error Function", Mathematics of Computation 23, 631-637
 */
export function normalUpperTail(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  if (size <= 0.67448975) {
    const square = x * x;
    return 0.5 - (x * polynomial(near.above, square)) / polynomial(near.below, square);
  }
  let tail: number;
  if (size <= 5.656854) {
    tail = (gaussian(size) * polynomial(middle.above, size)) / polynomial(middle.below, size);
  } else if (size < 39) {
    const square = 1 / (x * x);
    const correction = (square * polynomial(far.above, square)) / polynomial(far.below, square);
    tail = (gaussian(size) * (inverseRootTwoPi - correction)) / size;
  } else {
    tail = 0;
  }
  return x > 0 ? tail : 1 - tail;
}

/** Distribution function of the standard normal distribution, P(Z <= x). */
export const normalCdf = (x: number): number => normalUpperTail(-x);
