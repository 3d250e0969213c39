/** A small line without axes. */

/** Means of equal stretches, so that a long course stays a line and not a smear; unknown values leave gaps. */
export function thinned(course: readonly (number | null)[], most: number): readonly (number | null)[] {
  if (course.length <= most) return course;
  return Array.from({ length: most }, (_, index) => {
    const stretch = course.slice(
      Math.floor((index * course.length) / most),
      Math.floor(((index + 1) * course.length) / most),
    );
    const known = stretch.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** An SVG path in a box of the given size; it starts anew after each gap. The scale runs from zero or the lowest value. */
export function sparklinePath(course: readonly (number | null)[], width: number, height: number): string {
  const known = course.filter((value) => value !== null);
  if (known.length < 2) return "";
  const [low, high] = [Math.min(0, ...known), Math.max(...known)];
  const span = high - low || 1;
  let isDrawing = false;
  return course
    .map((value, index) => {
      if (value === null) {
        isDrawing = false;
        return "";
      }
      const x = (index / Math.max(1, course.length - 1)) * width;
      const y = height - ((value - low) / span) * height;
      const command = isDrawing ? "L" : "M";
      isDrawing = true;
      return `${command}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
