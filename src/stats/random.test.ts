import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "./random.ts";
import { Xoshiro128 } from "./xoshiro128.js";

const COUNT = 200_000;

function moments(draw: (random: Random) => number) {
  const random = createRandom(7);
  let mean = 0;
  let squares = 0;
  for (let n = 1; n <= COUNT; n++) {
    const value = draw(random);
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return { mean, variance: squares / (COUNT - 1) };
}

describe("xoshiro128**", () => {
  it("gives the first ten outputs of the reference code of Blackman and Vigna from state 1, 2, 3, 4", () => {
    const generator = new Xoshiro128().setState(1, 2, 3, 4);
    expect(Array.from({ length: 10 }, () => generator.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it("starts a different sequence for every pair of coordinates", () => {
    const firsts = new Set<string>();
    const generator = new Xoshiro128();
    for (let cell = 0; cell < 100; cell++) {
      for (let number = 0; number < 100; number++) {
        generator.reseed(5, cell, number);
        firsts.add(`${generator.uint32()} ${generator.uint32()}`);
      }
    }
    expect(firsts.size).toBe(10_000);
  });

  it("has no visible pattern in the first outputs of neighbouring coordinates", () => {
    const generator = new Xoshiro128();
    const values = Array.from({ length: 20_000 }, (_, number) => generator.reseed(1, 3, number).uniform());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const products = values.slice(1).reduce((sum, value, i) => sum + (value - 0.5) * ((values[i] ?? 0) - 0.5), 0);
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs((12 * products) / values.length)).toBeLessThan(5 / Math.sqrt(values.length));
  });
});

describe("distributions have their mean and variance", () => {
  it.each<[string, (random: Random) => number, number, number]>([
    ["uniform", (random) => random.uniform(), 1 / 2, 1 / 12],
    ["integer 3..8", (random) => random.integer(3, 8), 5.5, 35 / 12],
    ["normal(10, 3)", (random) => random.normal(10, 3), 10, 9],
    ["exponential, mean 4", (random) => random.exponential(4), 4, 16],
    ["gamma, shape 2.5 and scale 2", (random) => random.gamma(2.5, 2), 5, 10],
    ["gamma, shape 0.6", (random) => random.gamma(0.6, 1), 0.6, 0.6],
    ["Poisson, mean 2.3", (random) => random.poisson(2.3), 2.3, 2.3],
    ["Poisson, mean 75", (random) => random.poisson(75), 75, 75],
    ["beta, shapes 2 and 5", (random) => random.beta(2, 5), 2 / 7, 10 / (49 * 8)],
    ["beta, shapes 0.3 and 0.4", (random) => random.beta(0.3, 0.4), 3 / 7, 0.12 / (0.49 * 1.7)],
    ["binomial, 12 trials of 0.3", (random) => random.binomial(12, 0.3), 3.6, 2.52],
    ["binomial, 5,000 trials of 0.04", (random) => random.binomial(5_000, 0.04), 200, 192],
    ["log-normal, median 1, sigma 0.5", (random) => random.logNormal(1, 0.5), Math.exp(0.125), 0.3647],
  ])("%s", (_, draw, mean, variance) => {
    const found = moments(draw);
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(found.variance / variance).toBeGreaterThan(0.96);
    expect(found.variance / variance).toBeLessThan(1.04);
  });
});

describe("a seeded source", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random.uint32()
        )(createRandom(seed)),
      );
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("forks sources that do not depend on draws made before", () => {
    const fresh = createRandom(3);
    const used = createRandom(3);
    for (let n = 0; n < 10; n++) used.uniform();
    expect(used.fork(4).uint32()).toBe(fresh.fork(4).uint32());
    expect(fresh.fork(4).uint32()).not.toBe(fresh.fork(5).uint32());
  });
});
