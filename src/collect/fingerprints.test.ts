import { expect, it } from "vitest";
import { Fingerprints, fingerprintOf } from "./fingerprints.ts";

it("knows exactly those that were added, also after it has grown, zeros among them", () => {
  const set = new Fingerprints();
  for (let index = 0; index < 20_000; index += 1) set.add(...fingerprintOf(`id ${index}`));
  set.add(0, 0);
  set.add(0, 0);
  expect(set.size).toBe(20_001);
  expect(set.has(0, 0)).toBe(true);
  expect(set.has(0, 2)).toBe(false);
  for (let index = 0; index < 20_000; index += 1) {
    expect(set.has(...fingerprintOf(`id ${index}`))).toBe(true);
    expect(set.has(...fingerprintOf(`other ${index}`))).toBe(false);
  }
});

it("is the first 64 bits of SHA-256 (FIPS 180-4: 'abc' begins with ba7816bf 8f01cfea)", () => {
  expect(fingerprintOf("abc")).toEqual([0xba7816bf, 0x8f01cfea]);
});
