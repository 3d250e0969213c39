/** k-means on one flat array. */

/** Points by dimensions, row-major. */
export interface Points {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Float64Array;
}

export interface Clustering {
  /** Centres by dimensions, row-major. */
  readonly centres: Float64Array;
  /** The nearest centre of each point. */
  readonly assignment: Uint16Array;
  /** Summed squared distance of points to their centres. */
  readonly inertia: number;
}

const mostRounds = 100;
/** A round that lowers the inertia by less than this share is the last. */
const enough = 1e-4;

/**
 * The best of several starts by k-means++ and Lloyd's rounds.
 *
 * @param k clusters wanted; fewer when there are fewer different points
 * @param uniform draws from [0, 1)
 * @see Arthur and Vassilvitskii (2007), "k-means++: The Advantages of Careful Seeding", SODA, 1027-1035; Lloyd (1982), IEEE
 *   Transactions on Information Theory 28(2), 129-137
 */
export function kMeans(points: Points, k: number, uniform: () => number, startCount = 5): Clustering {
  let best: Clustering | null = null;
  for (let start = 0; start < startCount; start += 1) {
    const one = lloyd(points, seed(points, k, uniform));
    if (best === null || one.inertia < best.inertia) best = one;
  }
  if (best === null) throw new RangeError("k-means needs at least one start");
  return best;
}

/** Draws centres among the points, each with a chance that grows with its squared distance to those drawn before. */
function seed({ count, dimensions, values }: Points, k: number, uniform: () => number): Float64Array {
  const centres: number[] = [];
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let next = Math.floor(uniform() * count);
  while (centres.length < k * dimensions) {
    const first = centres.length;
    for (let d = 0; d < dimensions; d += 1) centres.push(values[next * dimensions + d]!);
    let total = 0;
    for (let point = 0; point < count; point += 1) {
      let distance = 0;
      for (let d = 0; d < dimensions; d += 1) distance += (values[point * dimensions + d]! - centres[first + d]!) ** 2;
      if (distance < nearest[point]!) nearest[point] = distance;
      total += nearest[point]!;
    }
    if (!(total > 0)) break;
    let left = uniform() * total;
    next = -1;
    for (let point = 0; point < count && left >= 0; point += 1) {
      if (nearest[point]! > 0) next = point;
      left -= nearest[point]!;
    }
  }
  return Float64Array.from(centres);
}

function lloyd(points: Points, start: Float64Array): Clustering {
  const { count, dimensions } = points;
  const centres = start;
  const k = centres.length / dimensions;
  const assignment = new Uint16Array(count);
  const sums = new Float64Array(k * dimensions);
  const sizes = new Float64Array(k);
  let inertia = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds; round += 1) {
    const now = assign(points, centres, assignment, sums, sizes);
    const isDone = !(inertia - now > enough * now);
    inertia = now;
    if (isDone) break;
    for (let cluster = 0; cluster < k; cluster += 1) {
      if (sizes[cluster] === 0) continue;
      for (let d = 0; d < dimensions; d += 1)
        centres[cluster * dimensions + d] = sums[cluster * dimensions + d]! / sizes[cluster]!;
    }
  }
  return { centres, assignment, inertia: assign(points, centres, assignment, sums, sizes) };
}

/** Puts each point to its nearest centre, adds up the points of each, and returns the inertia. */
function assign(
  { count, dimensions, values }: Points,
  centres: Float64Array,
  assignment: Uint16Array,
  sums: Float64Array,
  sizes: Float64Array,
): number {
  sums.fill(0);
  sizes.fill(0);
  let inertia = 0;
  for (let point = 0; point < count; point += 1) {
    const at = point * dimensions;
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let cluster = 0, centre = 0; centre < centres.length; cluster += 1, centre += dimensions) {
      let distance = 0;
      for (let d = 0; d < dimensions; d += 1) {
        const difference = values[at + d]! - centres[centre + d]!;
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = cluster;
      }
    }
    assignment[point] = nearest;
    inertia += least;
    sizes[nearest] = sizes[nearest]! + 1;
    for (let d = 0; d < dimensions; d += 1)
      sums[nearest * dimensions + d] = sums[nearest * dimensions + d]! + values[at + d]!;
  }
  return inertia;
}
