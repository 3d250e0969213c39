import { describe, expect, it } from "vitest";
import { qiniCurve, qiniEstimates } from "./qini.ts";
import { createRandom } from "./random.ts";

describe("the Qini curve", () => {
  // In order of score: T1 C0 T1 C1 T0 C0 T0 C1 (arm and outcome).
  const eight = {
    scores: [8, 7, 6, 5, 4, 3, 2, 1],
    isTreated: [1, 0, 1, 0, 1, 0, 1, 0],
    outcomes: [1, 0, 1, 1, 0, 0, 0, 1],
  };

  it("is that of eight people computed by hand", () => {
    // After each person: treated orders less control orders times treated over control people, over 4 treated:
    // 1/4, (1-0)/4, (2-0)/4, (2-1*2/2)/4, (2-1*3/2)/4, (2-1*3/3)/4, (2-1*4/3)/4, (2-2*4/4)/4.
    const gains = [0.25, 0.25, 0.5, 0.25, 0.125, 0.25, 1 / 6, 0];
    const points =
      qiniCurve(
        eight,
        [1, 2, 3, 4, 5, 6, 7, 8].map((people) => people / 8),
      ) ?? [];
    for (const [at, gain] of gains.entries()) expect(points[at]?.gain).toBeCloseTo(gain, 12);
    // The line of a random order is flat: both arms order twice. Trapezoids: (sum of the gains - half the last) / 8.
    expect(points.at(-1)?.area).toBeCloseTo(gains.reduce((sum, gain) => sum + gain, 0) / 8, 12);
    // Half way between the second and the third person.
    expect(qiniCurve(eight, [2.5 / 8])?.[0]?.gain).toBeCloseTo(0.375, 12);
  });

  it("takes equal scores together: one group is the straight line, its area 0, whatever the order of the rows", () => {
    const treatedFirst = { ...eight, outcomes: [1, 0, 1, 0, 0, 0, 1, 1], scores: new Float64Array(8) };
    const points = qiniCurve(treatedFirst, [0.5, 1]) ?? [];
    expect(points[0]?.gain).toBeCloseTo((3 - 1) / 4 / 2, 12);
    expect(points[1]).toMatchObject({ gain: 0.5 });
    expect(points[1]?.area).toBeCloseTo(0, 12);
  });

  it("changes its sign when the order is turned round, and needs both arms", () => {
    const random = createRandom(5);
    const people = Array.from({ length: 4000 }, () => random.uniform());
    const isTreated = people.map(() => (random.chance(0.5) ? 1 : 0));
    const outcomes = people.map((score, row) => (random.chance(0.1 + 0.3 * score * isTreated[row]!) ? 1 : 0));
    const up = qiniCurve({ scores: people, isTreated, outcomes }, [1])?.[0]?.area ?? 0;
    const down = qiniCurve({ scores: people.map((score) => -score), isTreated, outcomes }, [1])?.[0]?.area ?? 0;
    expect(up).toBeGreaterThan(0.01);
    expect(down).toBeCloseTo(-up, 2);
    expect(qiniCurve({ ...eight, isTreated: [1, 1, 1, 1, 1, 1, 1, 1] }, [1])).toBeNull();
  });

  it("has standard errors as wide as the areas of new trials are spread", () => {
    const trial = (seed: number) => {
      const random = createRandom(seed);
      const scores = Array.from({ length: 2000 }, () => random.uniform());
      const isTreated = scores.map(() => (random.chance(0.5) ? 1 : 0));
      const outcomes = scores.map((score, row) => (random.chance(0.2 + 0.2 * score * isTreated[row]!) ? 1 : 0));
      return { scores, isTreated, outcomes };
    };
    const areas = Array.from({ length: 300 }, (_, seed) => qiniCurve(trial(seed + 1), [1])?.[0]?.area ?? 0);
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    const spread = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / (areas.length - 1));
    const error = qiniEstimates(trial(1000), [1], createRandom(1))?.[0]?.areaError ?? 0;
    expect(error / spread).toBeGreaterThan(0.8);
    expect(error / spread).toBeLessThan(1.25);
  });
});
