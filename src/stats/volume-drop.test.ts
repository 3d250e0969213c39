import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "./random.ts";
import { judgeVolume } from "./volume-drop.ts";

/** Share of the mean by day of the week. */
const shape = [1.1, 1, 0.9, 1, 1.2, 0.7, 0.5];
const dayCount = 63;
const judgedDays = 14;

/** Daily counts: Poisson around the weekday's mean, which itself varies from day to day by `spread` (standard deviation over mean). */
function courseOf(random: Random, mean: number, spread: number, days: number, from = days, factor = 1): number[] {
  return Array.from({ length: days }, (_, day) => {
    const usual = mean * (shape[day % 7] ?? 1) * (day >= from ? factor : 1);
    const level = spread === 0 ? usual : random.gamma(1 / spread ** 2, usual * spread ** 2);
    // Beyond some hundred a Poisson count is normal to three digits.
    return level < 400 ? random.poisson(level) : Math.max(0, Math.round(random.normal(level, Math.sqrt(level))));
  });
}

interface Regime {
  readonly mean: number;
  readonly spread: number;
}

/** Share of days on which a steady course is called a drop, and the share of courses with such a day. */
function falseAlarms({ mean, spread }: Regime, courses: number): { days: number; fortnights: number } {
  const random = createRandom(95);
  let [days, fortnights] = [0, 0];
  for (let course = 0; course < courses; course += 1) {
    const counts = courseOf(random, mean, spread, dayCount + judgedDays);
    let found = 0;
    for (let end = dayCount + 1; end <= dayCount + judgedDays; end += 1)
      if (judgeVolume(counts.slice(end - dayCount, end))?.isDrop) found += 1;
    days += found;
    fortnights += found > 0 ? 1 : 0;
  }
  return { days: days / (courses * judgedDays), fortnights: fortnights / courses };
}

/** Share of courses whose halving is found by the end of the first, third and seventh day. */
function foundWithin({ mean, spread }: Regime, courses: number): readonly number[] {
  const random = createRandom(96);
  const by = [1, 3, 7];
  const found = by.map(() => 0);
  for (let course = 0; course < courses; course += 1) {
    const counts = courseOf(random, mean, spread, dayCount + 7, dayCount, 0.5);
    let first = Number.POSITIVE_INFINITY;
    for (let day = 7; day >= 1; day -= 1) if (judgeVolume(counts.slice(day, dayCount + day))?.isDrop) first = day;
    for (const [at, limit] of by.entries()) if (first <= limit) found[at] = (found[at] ?? 0) + 1;
  }
  return found.map((count) => count / courses);
}

it("judges by hand-computed medians and deviations", () => {
  // Nine weeks of 100 a day; the last two days have 20. Score of 3 days: 160 / sqrt(300 (1 + pi / 16)), the largest.
  const counts = [...new Array<number>(61).fill(100), 20, 20];
  expect(judgeVolume(counts)).toEqual({
    count: 20,
    expected: 100,
    windowDays: 3,
    changeRate: expect.closeTo(-0.8, 12),
    score: expect.closeTo(160 / Math.sqrt(300 * (1 + Math.PI / 16)), 12),
    isDrop: true,
    droppedDays: 2,
  });
  // A quarter less is business, however sure it is.
  expect(judgeVolume(counts.map((_, day) => (day < 56 ? 10_000 : 7500)))).toMatchObject({ isDrop: false });
  // Closed on Sundays: nothing is expected, and nothing is missing.
  expect(judgeVolume(Array.from({ length: 63 }, (_, day) => (day % 7 === 6 ? 0 : 100)))).toMatchObject({
    expected: 0,
    isDrop: false,
    changeRate: 0,
  });
});

it("judges nothing where fewer than four weeks are known, or nothing ever happened", () => {
  expect(judgeVolume(new Array<number>(34).fill(100))).toBeNull();
  expect(judgeVolume(new Array<number>(35).fill(100))).not.toBeNull();
  expect(judgeVolume(new Array<number>(63).fill(0))).toBeNull();
  expect(judgeVolume([])).toBeNull();
});

it("takes what lasts for five weeks as usual", () => {
  const after = (days: number) =>
    judgeVolume([...new Array<number>(100).fill(100), ...new Array<number>(days).fill(30)]);
  expect(after(7)).toMatchObject({ isDrop: true, droppedDays: 7 });
  expect(after(28)).toMatchObject({ isDrop: true, droppedDays: 28 });
  expect(after(42)).toMatchObject({ isDrop: false, expected: 30 });
});

describe("on simulated shops, seeds fixed", () => {
  it("calls a day in a thousand at most a drop that is none, and none where counts are Poisson", () => {
    for (const mean of [5, 20, 100]) expect(falseAlarms({ mean, spread: 0 }, 500).days, `mean ${mean}`).toBe(0);
    for (const [mean, spread] of [
      [100, 0.1],
      [1000, 0.1],
      [1000, 0.2],
      [10_000, 0.2],
      [10_000, 0.3],
    ] as const) {
      // 14,000 days each: a rate of 1 in 1000 shows up to 1.53 in 1000 by chance (two standard errors).
      const { days } = falseAlarms({ mean, spread }, 1000);
      expect(days, `mean ${mean}, spread ${spread}`).toBeLessThan(0.00153);
    }
  });

  it("finds a halving on the first day, within three, or within seven, by how calm the shop is", () => {
    expect(foundWithin({ mean: 150, spread: 0 }, 200)[0]).toBeGreaterThan(0.95);
    expect(foundWithin({ mean: 10_000, spread: 0.1 }, 200)[0]).toBeGreaterThan(0.9);
    expect(foundWithin({ mean: 80, spread: 0 }, 200)[1]).toBeGreaterThan(0.99);
    expect(foundWithin({ mean: 1000, spread: 0.15 }, 200)[1]).toBeGreaterThan(0.95);
    expect(foundWithin({ mean: 10_000, spread: 0.2 }, 200)[2]).toBeGreaterThan(0.95);
    expect(foundWithin({ mean: 20, spread: 0 }, 200)[2]).toBeGreaterThan(0.85);
  });
});
