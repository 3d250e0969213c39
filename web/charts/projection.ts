/** A box seen from outside: where points within it fall on paper when it is turned. No perspective, so equal lengths stay equal. */

/** A place in the box, each coordinate from -1 to 1; the third is up. */
export type Place = readonly [x: number, y: number, z: number];

/** How the box is turned: about its upright axis, and how far from above one looks, both in degrees. */
export interface Turn {
  readonly around: number;
  readonly above: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Left to right and bottom to top on paper. */
export function projected([x, y, z]: Place, { around, above }: Turn): readonly [number, number] {
  const [sin, cos] = [Math.sin(radians(around)), Math.cos(radians(around))];
  const behind = y * cos - x * sin;
  return [x * cos + y * sin, z * Math.cos(radians(above)) + behind * Math.sin(radians(above))];
}

const corners: readonly Place[] = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z): Place => [x, y, z])));

/** The twelve edges of the box. */
export const edges: readonly (readonly [Place, Place])[] = corners.flatMap((one, at) =>
  corners
    .slice(at + 1)
    .filter((other) => one.filter((value, axis) => value !== other[axis]).length === 1)
    .map((other): readonly [Place, Place] => [one, other]),
);
