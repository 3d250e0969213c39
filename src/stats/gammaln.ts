/** 1 - Euler's constant, then (-1)^k (zeta(k) - 1) / k for k = 2, 3, ...: the Taylor series of ln Gamma(2 + y). */
const taylor = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10,
];

/** B(2k) / (2k (2k - 1)): the correction of Stirling's series in odd powers of 1 / x. */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

const halfLogTwoPi = 0.9189385332046728;

/** ln Gamma(2 + y) for |y| <= 1/2. */
function aroundTwo(y: number): number {
  let sum = 0;
  for (let k = taylor.length - 1; k >= 0; k--) sum = (sum + taylor[k]!) * y;
  return sum;
}

/** ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2) for x >= 10, to full precision. */
export function stirlingCorrection(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  let sum = 0;
  for (let k = stirling.length - 1; k >= 0; k--) sum = sum * square + stirling[k]!;
  return sum * inverse;
}

/**
 * Natural logarithm of the gamma function, ln Gamma(x), to about 1e-15 of its size, near its zeros at 1 and 2 too.
 *
 * @param x a number above 0; 0 gives Infinity, below 0 NaN
 * @see Abramowitz and Stegun (1964), 6.1.33 (series), 6.1.41 (Stirling), 6.1.15 (recurrence)
 */
export function gammaln(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  if (x < 0.5) return aroundTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aroundTwo(x - 1) - Math.log1p(x - 1);
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingCorrection(x);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return aroundTwo(rest - 2) + Math.log(product);
}
