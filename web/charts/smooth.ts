/** A trailing mean of seven days, which takes the week's rhythm out of a daily course. */
import type { LinePoint } from "./line-series.ts";

const week = 7;

/** The mean of each day and the six before it; null where one of them is unknown or missing. */
export function weeklyMean(points: readonly LinePoint[]): readonly LinePoint[] {
  return points.map((point, index) => {
    const days = points.slice(Math.max(0, index - week + 1), index + 1);
    const known = days.map((day) => day.value).filter((value) => value !== null);
    const isWhole =
      known.length === week && Date.parse(point.day) - Date.parse(days[0]?.day ?? "") === (week - 1) * 86_400_000;
    return { day: point.day, value: isWhole ? known.reduce((sum, value) => sum + value, 0) / week : null };
  });
}
