import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { countCoVisits, sequenceAware, unordered } from "./co-visits.ts";
import { evaluateRecommendations } from "./evaluate.ts";
import { popularityOf, type Sequences } from "./sequences.ts";

function sequencesOf(users: readonly (readonly number[])[], itemCount: number): Sequences {
  const starts = new Uint32Array(users.length + 1);
  for (const [user, items] of users.entries()) starts[user + 1] = (starts[user] ?? 0) + items.length;
  return { itemCount, starts, items: Uint32Array.from(users.flat()) };
}
const weightsOf = (neighbours: ReturnType<typeof countCoVisits>, item: number): Record<number, number> =>
  Object.fromEntries(
    Array.from(neighbours.item.subarray(neighbours.starts[item], neighbours.starts[item + 1]), (other, at) => [
      other,
      neighbours.weight[(neighbours.starts[item] ?? 0) + at] ?? 0,
    ]),
  );

describe("co-visits (by hand)", () => {
  const sequences = sequencesOf(
    [
      [0, 1, 2],
      [1, 0],
    ],
    4,
  );

  it("count each pair once a user, whatever the order", () => {
    const neighbours = countCoVisits(sequences, unordered, 0);
    expect(weightsOf(neighbours, 0)).toEqual({ 1: 2, 2: 1 });
    expect(weightsOf(neighbours, 2)).toEqual({ 0: 1, 1: 1 });
    expect(weightsOf(neighbours, 3)).toEqual({});
  });

  it("weigh by one over the gap, less for what came before", () => {
    const neighbours = countCoVisits(sequences, sequenceAware(0.5), 0);
    // 0 then 1: weight 1; 1 then 0, seen from 0: half; 0 and 2 are two apart.
    expect(weightsOf(neighbours, 0)).toEqual({ 1: 1.5, 2: 0.5 });
    expect(weightsOf(neighbours, 2)).toEqual({ 1: 0.5, 0: 0.25 });
  });

  it("know nothing of what is left out", () => {
    expect(weightsOf(countCoVisits(sequences, unordered, 1), 0)).toEqual({ 1: 1 });
    expect([...popularityOf(sequences, 1)]).toEqual([1, 2, 0, 0]);
  });
});

describe("leave-one-out", () => {
  it("finds a planted order that popularity cannot see, and chooses the method that does", () => {
    const random = createRandom(5);
    const users = Array.from({ length: 400 }, () => {
      const first = random.integer(0, 99);
      return Array.from({ length: 5 }, (_, step) => (first + step) % 100);
    });
    const { methods } = evaluateRecommendations(sequencesOf(users, 100));
    const sequence = methods.find(({ is_chosen }) => is_chosen);
    expect(sequence?.method).toBe("sequence-aware co-visitation");
    expect(sequence?.hr_at_5).toBeGreaterThan(0.95);
    expect(methods.find(({ method }) => method === "popularity")?.hr_at_5).toBeLessThan(0.3);
  });

  it("gives nothing for chance: shuffled items are found about as often as ten of a thousand", () => {
    const random = createRandom(6);
    const users = Array.from({ length: 1000 }, () => Array.from({ length: 6 }, () => random.integer(0, 999)));
    const { methods } = evaluateRecommendations(sequencesOf(users, 1000));
    // Ten of a thousand, plus four standard errors of 1,000 draws.
    for (const { hr_at_10 } of methods) expect(hr_at_10).toBeLessThan(0.01 + 4 * Math.sqrt((0.01 * 0.99) / 1000));
  });

  it("counts ties against the method: where all are equally popular, popularity finds nothing", () => {
    const users = Array.from({ length: 30 }, (_, user) => [user % 3, 3 + (user % 3), 6 + (user % 3), 9 + (user % 20)]);
    const tied = sequencesOf(
      users.map((items) => [...items].sort((a, b) => a - b)),
      29,
    );
    const [popularity] = evaluateRecommendations(tied).methods;
    expect(popularity?.hr_at_5).toBe(0);
  });
});
