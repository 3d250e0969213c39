import { describe, expect, it } from "vitest";
import { earlier, isWithin, later } from "./watermark.ts";

describe("watermarks", () => {
  it("go back by seconds in the form they have; ids stay", () => {
    expect(earlier("2025-03-30 21:30:00.123456+00", 60)).toBe("2025-03-30 21:29:00.123Z");
    expect(earlier("2025-03-31T00:00:10", 30)).toBe("2025-03-30T23:59:40");
    expect(earlier("2025-03-31T02:00:00+02:00", 1)).toBe("2025-03-30T23:59:59Z");
    expect(earlier("1743370200", 60)).toBe("1743370140");
    expect(earlier("1743370200123", 60)).toBe("1743370140123");
    expect(earlier("4711", 60)).toBe("4711");
    expect(earlier("2025-03-31", 0)).toBe("2025-03-31");
  });

  it("are compared as numbers, as moments, else as texts", () => {
    expect(later("9", "10")).toBe("10");
    expect(later("2025-03-31T02:00:00+02:00", "2025-03-31T01:00:00Z")).toBe("2025-03-31T01:00:00Z");
    expect(later("b", "a")).toBe("b");
    expect(later(null, "a")).toBe("a");
    expect(later("2025-03-31T00:00:00Z", "2025-03-31T00:00:00Z")).toBe("2025-03-31T00:00:00Z");
  });

  it("are seen again when they equal the newest, or lie within the overlap", () => {
    expect(isWithin("5", "5", 0)).toBe(true);
    expect(isWithin("4", "5", 0)).toBe(false);
    expect(isWithin("2025-03-31T00:00:00Z", "2025-03-31T00:01:00Z", 60)).toBe(true);
    expect(isWithin("2025-03-31T00:00:00Z", "2025-03-31T00:05:00Z", 60)).toBe(false);
  });
});
