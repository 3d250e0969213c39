/** Outlines on a sheet of 800 by 1000. Most garments are drawn as their right half and mirrored. */

export const width = 800;
export const height = 1000;

export type Point = readonly [number, number];

/** A line to a point, or a curve by two control points to one. */
export type Step = readonly [Point] | readonly [Point, Point, Point];

const text = ([x, y]: Point): string => `${x} ${y}`;
const mirrored = ([x, y]: Point): Point => [width - x, y];

const drawn = (step: Step): string => (step.length === 1 ? `L${text(step[0])}` : `C${step.map(text).join(" ")}`);

const endOf = (step: Step): Point => (step.length === 1 ? step[0] : step[2]);

/** A path from a point through steps. */
export const path = (start: Point, steps: readonly Step[], isClosed = true): string =>
  `M${text(start)}${steps.map(drawn).join("")}${isClosed ? "Z" : ""}`;

/** A closed outline from its right half: from a point at the top to one at the bottom, and back on the other side. */
export function symmetric(start: Point, steps: readonly Step[]): string {
  const back: Step[] = [];
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at] as Step;
    const to = mirrored(at === 0 ? start : endOf(steps[at - 1] as Step));
    back.push(step.length === 1 ? [to] : [mirrored(step[1]), mirrored(step[0]), to]);
  }
  const bottom = mirrored(endOf(steps[steps.length - 1] as Step));
  return path(start, [...steps, [bottom], ...back]);
}

/** Marks shown again on the other side of the garment. */
export const bothSides = (marks: string): string =>
  `${marks}<g transform="translate(${width} 0) scale(-1 1)">${marks}</g>`;
