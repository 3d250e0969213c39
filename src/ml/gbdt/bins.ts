/** Values into at most 255 bins a feature, bin 0 being the missing ones: what histograms are counted over. */
import { binCount } from "./kernel.ts";
import type { Feature, FeatureMatrix } from "./model.ts";

/** Rows looked at to place the cuts of a numeric feature. */
const sampleRows = 200_000;
const usableBins = binCount - 1;

/**
 * The cuts between the bins of each numeric feature, ascending; null for a categorical one. A value is in the first bin
 * whose cut is not below it. Bins hold about equally many rows; a value frequent enough for a bin of its own gets one.
 */
export function cutsOf(matrix: FeatureMatrix, features: readonly Feature[]): readonly (Float64Array | null)[] {
  return features.map((feature, index) => (feature.kind === "numeric" ? numericCuts(matrix, index) : null));
}

function numericCuts(matrix: FeatureMatrix, feature: number): Float64Array {
  const { rowCount, featureCount, values } = matrix;
  const step = Math.max(1, rowCount / sampleRows);
  const sample = new Float64Array(Math.min(rowCount, sampleRows));
  let known = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const value = values[Math.floor(index * step) * featureCount + feature]!;
    if (!Number.isNaN(value)) sample[known++] = value;
  }
  const sorted = sample.subarray(0, known).sort();
  let distinct = known > 0 ? 1 : 0;
  for (let index = 1; index < known; index += 1) if (sorted[index] !== sorted[index - 1]) distinct += 1;

  const cuts: number[] = [];
  let waiting = 0;
  let remaining = known;
  for (let index = 0; index + 1 < known; index += 1) {
    waiting += 1;
    const here = sorted[index]!;
    const next = sorted[index + 1]!;
    if (here === next) continue;
    const isFull = distinct <= usableBins || waiting >= remaining / (usableBins - cuts.length);
    if (!isFull || cuts.length === usableBins - 1) continue;
    const middle = here + (next - here) / 2;
    cuts.push(middle < next ? middle : here);
    remaining -= waiting;
    waiting = 0;
  }
  return Float64Array.from(cuts);
}

/** The bin of a numeric value: 1 + the number of cuts below it. */
export function numericBin(cuts: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

/** Writes the bin of every value to `bins`, row-major. */
export function fillBins(matrix: FeatureMatrix, cuts: readonly (Float64Array | null)[], bins: Uint8Array): void {
  const { rowCount, featureCount, values } = matrix;
  for (let feature = 0; feature < featureCount; feature += 1) {
    const featureCuts = cuts[feature] ?? null;
    for (let row = 0; row < rowCount; row += 1) {
      const at = row * featureCount + feature;
      const value = values[at]!;
      bins[at] = featureCuts ? numericBin(featureCuts, value) : categoryBin(value);
    }
  }
}

const categoryBin = (position: number): number => (position >= 0 && position < usableBins ? position + 1 : 0);
