import { expect, it } from "vitest";
import { Fingerprints, fingerprintOf } from "./fingerprints.ts";

it("knows exactly those that were added, also when its first tables are full, zeros among them", () => {
  const set = new Fingerprints();
  for (let index = 0; index < 20_000; index += 1) set.add(...fingerprintOf(`id ${index}`));
  set.add(0, 0);
  set.add(0, 0);
  expect(set.size).toBe(20_001);
  expect(set.has(0, 0)).toBe(true);
  expect(set.has(2, 0)).toBe(false);
  for (let index = 0; index < 20_000; index += 1) {
    expect(set.has(...fingerprintOf(`id ${index}`))).toBe(true);
    expect(set.has(...fingerprintOf(`other ${index}`))).toBe(false);
  }
});

it("takes hardly any other for one of two million, and needs at most 12 bytes for each", () => {
  const before = process.memoryUsage().arrayBuffers;
  const set = new Fingerprints();
  // Pairs of Weyl sequences: spread evenly, and no pair twice.
  const high = (index: number): number => Math.imul(index, 0x9e3779b1) >>> 0;
  const low = (index: number): number => Math.imul(index, 0x85ebca6b) >>> 0;
  for (let index = 1; index <= 2_000_000; index += 1) set.add(high(index), low(index));
  expect(set.size).toBe(2_000_000);
  expect((process.memoryUsage().arrayBuffers - before) / 2_000_000).toBeLessThan(12);
  let wrong = 0;
  for (let index = 2_000_001; index <= 4_000_000; index += 1) if (set.has(high(index), low(index + 7))) wrong += 1;
  // 2 million questions about 2 million of 2^32 * (about 2^12 to 2^21 places): less than one by chance.
  expect(wrong).toBeLessThanOrEqual(2);
});

it("is the first 64 bits of SHA-256 (FIPS 180-4: 'abc' begins with ba7816bf 8f01cfea)", () => {
  expect(fingerprintOf("abc")).toEqual([0xba7816bf, 0x8f01cfea]);
});
