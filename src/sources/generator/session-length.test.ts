import { describe, expect, it } from "vitest";
import { meanLength, sessionLengths } from "./session-length.ts";

const atMost = (lengths: Float64Array, longest: number) =>
  lengths.slice(0, longest).reduce((sum, probability) => sum + probability, 0);

describe("sessionLengths", () => {
  it.each([1.5, 3.4, 4.8, 12])("has the mean asked for: %d events", (mean) => {
    const lengths = sessionLengths(mean);
    expect(meanLength(lengths)).toBeCloseTo(mean, 6);
    expect(atMost(lengths, lengths.length)).toBeCloseTo(1, 9);
  });

  it("has a median of 2 and a long tail at 4.8 events, as the published REES46 months", () => {
    const lengths = sessionLengths(4.8);
    expect(atMost(lengths, 1)).toBeLessThan(0.5);
    expect(atMost(lengths, 2)).toBeGreaterThan(0.5);
    expect(1 - atMost(lengths, 40)).toBeGreaterThan(0.005);
    expect(1 - atMost(lengths, 100)).toBeGreaterThan(0.0005);
  });
});
