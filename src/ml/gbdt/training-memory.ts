/** Everything training touches row by row, laid out in the kernel's one memory. */
import { CartwrightError } from "../../errors.ts";
import { fillBins } from "./bins.ts";
import { createKernel, histogramBytes, type Kernel } from "./kernel.ts";
import type { FeatureMatrix } from "./model.ts";

export interface TrainingMemory {
  readonly kernel: Kernel;
  readonly rowCount: number;
  readonly featureCount: number;
  /** Bin of each row and feature, row-major. */
  readonly bins: Uint8Array;
  /** Gradient and hessian of each row. */
  readonly pairs: Float64Array;
  /** The sampled rows, grouped by the leaf they are in. */
  readonly rows: Uint32Array;
  /** Which bins go left in the split at work. */
  readonly goesLeft: Uint8Array;
  readonly spareAt: number;
  /** Byte offset of a histogram slot. */
  readonly slotAt: (slot: number) => number;
  /** The cells of a slot: all features' pairs of sums. */
  readonly cellsOf: (slot: number) => Float64Array;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
const mostBytes = 2 ** 32 - 65_536;

/**
 * @param slotCount histograms held at once: one a leaf
 * @throws memory_exceeded when the rows do not fit into 4 GB (about 100 million rows of 12 features)
 */
export function layOut(
  matrix: FeatureMatrix,
  cuts: readonly (Float64Array | null)[],
  slotCount: number,
  implementation: "fastest" | "javascript",
): TrainingMemory {
  const { rowCount, featureCount } = matrix;
  const slotBytes = featureCount * histogramBytes;
  const sizes = [rowCount * featureCount, rowCount * 16, rowCount * 4, rowCount * 4, 256, slotBytes * slotCount];
  const starts: number[] = [];
  let total = 0;
  for (const size of sizes) {
    starts.push(total);
    total += aligned(size);
  }
  if (total > mostBytes) {
    throw new CartwrightError(
      "memory_exceeded",
      `Training on ${rowCount} rows of ${featureCount} features takes ${Math.ceil(total / 2 ** 20)} MB, and 4,095 MB is the most`,
    );
  }
  const kernel = createKernel(total, implementation);
  const [binsAt, pairsAt, rowsAt, spareAt, goesLeftAt, slotsAt] = starts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const bins = new Uint8Array(kernel.memory, binsAt, rowCount * featureCount);
  fillBins(matrix, cuts, bins);
  const slotAt = (slot: number): number => slotsAt + slot * slotBytes;
  return {
    kernel,
    rowCount,
    featureCount,
    bins,
    pairs: new Float64Array(kernel.memory, pairsAt, rowCount * 2),
    rows: new Uint32Array(kernel.memory, rowsAt, rowCount),
    goesLeft: new Uint8Array(kernel.memory, goesLeftAt, 256),
    spareAt,
    slotAt,
    cellsOf: (slot) => new Float64Array(kernel.memory, slotAt(slot), slotBytes / 8),
  };
}
