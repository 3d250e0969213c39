import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { kMeans, type Points } from "./k-means.ts";
import { rfmPoints, segmentCustomers } from "./segment-customers.ts";
import { silhouette } from "./silhouette.ts";

const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  count: rows.length,
  dimensions: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});

describe("k-means", () => {
  it("finds clusters far apart, each centre the mean of its points (by hand)", () => {
    const points = pointsOf([
      [0, 0],
      [0, 2],
      [10, 0],
      [10, 2],
      [0, 100],
      [2, 100],
    ]);
    const { centres, assignment, inertia } = kMeans(points, 3, createRandom(1).uniform);
    expect(inertia).toBeCloseTo(6, 12);
    const means = [0, 1, 2].map((one) => [centres[one * 2], centres[one * 2 + 1]]).sort();
    expect(means).toEqual([
      [0, 1],
      [1, 100],
      [10, 1],
    ]);
    expect(assignment[0]).toBe(assignment[1]);
    expect(assignment[2]).not.toBe(assignment[4]);
  });

  it("finds the parameters of simulated clusters", () => {
    const random = createRandom(2);
    const truth = [-8, 0, 8];
    const points = pointsOf(
      Array.from({ length: 9000 }, (_, row) => [random.normal(truth[row % 3] ?? 0, 1), random.normal()]),
    );
    const { centres } = kMeans(points, 3, random.uniform);
    const found = [centres[0] ?? 0, centres[2] ?? 0, centres[4] ?? 0].sort((a, b) => a - b);
    // Three standard errors of a mean of 3,000.
    for (const [one, centre] of found.entries())
      expect(Math.abs(centre - (truth[one] ?? 0))).toBeLessThan(3 / Math.sqrt(3000));
  });

  it("makes no more clusters than there are different points", () => {
    const { centres } = kMeans(pointsOf([[1], [1], [2], [2]]), 4, createRandom(3).uniform);
    expect([...centres].sort()).toEqual([1, 2]);
  });
});

describe("the silhouette", () => {
  it("of four points in two pairs (by hand)", () => {
    // a = 1; b of 0 and 11 is 10.5, of 1 and 10 is 9.5.
    const quality = silhouette(pointsOf([[0], [1], [10], [11]]), [0, 0, 1, 1], 2);
    const expected = (2 * (9.5 / 10.5) + 2 * (8.5 / 9.5)) / 4;
    expect(quality?.overall).toBeCloseTo(expected, 12);
    expect(quality?.byCluster[0]).toBeCloseTo(expected, 12);
    expect(silhouette(pointsOf([[0], [1]]), [0, 0], 1)).toBeNull();
  });
});

describe("segments of customers", () => {
  const random = createRandom(4);
  const groups = [
    { recencyDays: 5, frequency: 20, monetaryMinor: 500_000 },
    { recencyDays: 200, frequency: 12, monetaryMinor: 200_000 },
    { recencyDays: 6, frequency: 1, monetaryMinor: 3000 },
    { recencyDays: 300, frequency: 1, monetaryMinor: 3000 },
  ];
  const customers = Array.from({ length: 800 }, (_, row) => {
    const { recencyDays = 1, frequency = 1, monetaryMinor = 1 } = groups[row % 4] ?? {};
    return {
      recencyDays: Math.round(recencyDays * random.logNormal(1, 0.1)),
      frequency: frequency === 1 ? 1 : Math.round(frequency * random.logNormal(1, 0.1)),
      monetaryMinor: Math.round(monetaryMinor * random.logNormal(1, 0.1)),
    };
  });

  it("are found, ordered by value and named for what they are, k left open", () => {
    const { clusters, assignment } = segmentCustomers(customers, rfmPoints(customers), "auto", createRandom(1).uniform);
    expect(clusters.map(({ cluster, name }) => [cluster, name])).toEqual(
      expect.arrayContaining([
        [1, "VIP"],
        [2, "At risk"],
      ]),
    );
    expect(new Set(clusters.map(({ name }) => name))).toEqual(new Set(["VIP", "At risk", "New", "Lapsed low value"]));
    for (const [row, cluster] of assignment.entries()) if (row % 4 < 2) expect(cluster).toBe((row % 4) + 1);
  });

  it("are the same for the same seed, and one for customers all alike", () => {
    const segment = () => segmentCustomers(customers, rfmPoints(customers), 4, createRandom(7).uniform);
    expect(segment()).toEqual(segment());
    const same = new Array(5).fill(groups[0]);
    const alike = segmentCustomers(same, rfmPoints(same), 4, createRandom(1).uniform);
    expect(alike.clusters).toHaveLength(1);
    expect(alike.silhouette).toBeNull();
  });
});
