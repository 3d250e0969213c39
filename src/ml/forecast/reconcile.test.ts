import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { type Hierarchy, inWholeUnits, type Reconciled, reconcile } from "./reconcile.ts";

const leaf = (value: number, variance: number): Hierarchy => ({ forecast: { value, variance }, parts: [] });

/** Nodes, a parent before its parts. */
const flat = <T extends { readonly parts: readonly T[] }>(node: T): readonly T[] => [node, ...node.parts.flatMap(flat)];

/** Solves A x = b by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const best = rows.slice(pivot).reduce((high, row) => (Math.abs(row[pivot]!) > Math.abs(high[pivot]!) ? row : high));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(pivot, 0, best);
    for (const [at, row] of rows.entries()) {
      if (at === pivot) continue;
      const factor = row[pivot]! / best[pivot]!;
      for (let column = pivot; column < row.length; column += 1) row[column]! -= factor * best[column]!;
    }
  }
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}

/** S (S' W^-1 S)^-1 S' W^-1 y, as the paper has it. */
function byMatrices(root: Hierarchy): readonly number[] {
  const nodes = flat(root);
  const leaves = nodes.filter(({ parts }) => parts.length === 0);
  const summing = nodes.map((node) => leaves.map((one) => Number(flat(node).includes(one))));
  const cross = leaves.map((_, a) =>
    leaves.map((__, b) =>
      nodes.reduce((sum, { forecast }, at) => sum + (summing[at]![a]! * summing[at]![b]!) / forecast.variance, 0),
    ),
  );
  const right = leaves.map((_, a) =>
    nodes.reduce((sum, { forecast }, at) => sum + (summing[at]![a]! * forecast.value) / forecast.variance, 0),
  );
  const bottom = solve(cross, right);
  return summing.map((row) => row.reduce((sum, one, at) => sum + one * bottom[at]!, 0));
}

const addsUp = (node: Reconciled): boolean =>
  node.parts.length === 0 ||
  (Math.abs(node.value - node.parts.reduce((sum, part) => sum + part.value, 0)) < 1e-9 && node.parts.every(addsUp));

describe("reconciliation", () => {
  it("meets half way between equally sure forecasts, more for the less sure (by hand)", () => {
    // The parts sum to 90 with a variance of 2 + 6 = 8; the whole says 106 with 8: 98 in all. The 8 more go to the parts as 2 to 6.
    const { value, variance, parts } = reconcile({
      forecast: { value: 106, variance: 8 },
      parts: [leaf(40, 2), leaf(50, 6)],
    });
    expect(value).toBeCloseTo(98, 12);
    expect(variance).toBeCloseTo(4, 12);
    expect(parts.map((part) => part.value)).toEqual([42, 56]);
    expect(parts[0]?.variance).toBeCloseTo(2 - (4 / 64) * 4, 12);
  });

  it("is the matrix formula's over two levels (second implementation)", () => {
    const random = createRandom(2);
    for (let round = 0; round < 20; round += 1) {
      const drawn = (): number => 10 + 90 * random.uniform();
      const root: Hierarchy = {
        forecast: { value: drawn() * 4, variance: drawn() },
        parts: [2, 3, 1].map((count) => ({
          forecast: { value: drawn() * 2, variance: drawn() },
          parts: Array.from({ length: count }, () => leaf(drawn(), drawn())),
        })),
      };
      const found = reconcile(root);
      expect(addsUp(found)).toBe(true);
      const expected = byMatrices(root);
      for (const [at, node] of flat(found).entries()) expect(node.value).toBeCloseTo(expected[at]!, 8);
    }
  });

  it("comes nearer to the truth than the base forecasts, on average", () => {
    const random = createRandom(9);
    let [base, reconciled] = [0, 0];
    for (let round = 0; round < 400; round += 1) {
      const truth = [100, 40, 10];
      const parts = truth.map((value) => leaf(random.normal(value, value / 5), (value / 5) ** 2));
      const whole = random.normal(150, 15);
      const root = { forecast: { value: whole, variance: 225 }, parts };
      base += (whole - 150) ** 2 + parts.reduce((sum, { forecast }, at) => sum + (forecast.value - truth[at]!) ** 2, 0);
      const found = reconcile(root);
      reconciled +=
        (found.value - 150) ** 2 + found.parts.reduce((sum, part, at) => sum + (part.value - truth[at]!) ** 2, 0);
    }
    expect(reconciled).toBeLessThan(0.85 * base);
  });

  it("adds up in whole units too: to the cent, with the largest rests rounded up (by hand)", () => {
    const node = (value: number, parts: readonly Reconciled[] = []): Reconciled => ({ value, variance: 1, parts });
    // 1.4 + 1.3 + 1.3 = 4: 1 + 1 + 1 leave one for the largest rest.
    const whole = inWholeUnits(node(4, [node(2.7, [node(1.4), node(1.3)]), node(1.3)]), true);
    expect(flat(whole).map(({ value }) => value)).toEqual([4, 3, 2, 1, 1]);
    const held = inWholeUnits(node(4, [node(-2), node(6)]), true);
    expect(flat(held).map(({ value }) => value)).toEqual([6, 0, 6]);
    expect(inWholeUnits(node(4, [node(-2), node(6)]), false).value).toBe(4);
  });
});
