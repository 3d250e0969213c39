// AssemblyScript, not TypeScript: `node scripts/build-gbdt-kernel.mjs` compiles it to kernel-bytes.ts.
// The three loops in which training spends its time. All pointers are byte offsets into one imported memory, whose layout
// `kernel.ts` owns; a histogram cell is two doubles (sum of gradients, sum of hessians), 256 cells to a feature.

/** Adds the gradient pairs of rows[0, rowCount) to the cells their bins name. */
export function addToHistogram(
  bins: usize,
  featureCount: usize,
  pairs: usize,
  rows: usize,
  rowCount: usize,
  histogram: usize,
): void {
  const end = rows + (rowCount << 2);
  const tail = featureCount & 3;
  for (let at = rows; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const pair = v128.load(pairs + (row << 4));
    let bin = bins + row * featureCount;
    let cells = histogram;
    const whole = bin + (featureCount - tail);
    while (bin < whole) {
      const four = load<u32>(bin);
      const a = cells + ((four & 255) << 4);
      const b = cells + (((four >>> 8) & 255) << 4);
      const c = cells + (((four >>> 16) & 255) << 4);
      const d = cells + ((four >>> 24) << 4);
      v128.store(a, f64x2.add(v128.load(a), pair));
      v128.store(b, f64x2.add(v128.load(b, 4096), pair), 4096);
      v128.store(c, f64x2.add(v128.load(c, 8192), pair), 8192);
      v128.store(d, f64x2.add(v128.load(d, 12288), pair), 12288);
      bin += 4;
      cells += 16384;
    }
    const last = whole + tail;
    while (bin < last) {
      const cell = cells + ((<usize>load<u8>(bin)) << 4);
      v128.store(cell, f64x2.add(v128.load(cell), pair));
      bin += 1;
      cells += 4096;
    }
  }
}

/** whole -= part, over `byteCount` bytes of cells. */
export function subtractHistogram(whole: usize, part: usize, byteCount: usize): void {
  for (let at: usize = 0; at < byteCount; at += 16) {
    v128.store(whole + at, f64x2.sub(v128.load(whole + at), v128.load(part + at)));
  }
}

/**
 * Orders rows[0, rowCount) so that those whose bin of a feature goes left (a byte 1 in `goesLeft`) stand first, each side
 * in its old order. `spare` is room for rowCount rows. Returns how many went left.
 */
export function partitionRows(
  bins: usize,
  featureCount: usize,
  feature: usize,
  goesLeft: usize,
  rows: usize,
  rowCount: usize,
  spare: usize,
): usize {
  let left = rows;
  let right = spare;
  const end = rows + (rowCount << 2);
  const column = bins + feature;
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const isLeft = <usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row * featureCount));
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += (1 - isLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return (left - rows) >>> 2;
}
