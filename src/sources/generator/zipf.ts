/**
 * Popularity weights by rank after Zipf and Mandelbrot: 1 / (rank + shift)^exponent for ranks 1..count.
 *
 * @param shift  0 gives Zipf's law; a few units flatten the head, as in real catalogues, and leave the tail's slope alone
 * @see Mandelbrot (1953), "An informational theory of the statistical structure of language"
 */
export function zipfWeights(count: number, exponent: number, shift = 0): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => (index + 1 + shift) ** -exponent);
}
