import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Extent, emptyExtent } from "../warehouse/extent.ts";
import { givenOf, type Look, Looks, lookOf } from "./looks.ts";

const extentTo = (lastDay: string): Extent => ({ ...emptyExtent, firstDay: "2026-01-01", lastDay });
const march = extentTo("2026-03-10");
const april = extentTo("2026-04-02");
const look = (from: string, to: string, rest: object = {}): Look => {
  const given = { period_start: from, period_end: to, ...rest };
  return lookOf("kpi-summary", given, given, march, 0);
};

describe("looks", () => {
  it("follow the data: all there is, and the last days, mean what they mean later", () => {
    expect(givenOf(look("2026-01-01", "2026-03-11", { brand: "A" }), april)).toEqual({ brand: "A" });
    // The last 7 days: 4 to 10 March, then 27 March to 2 April.
    expect(givenOf(look("2026-03-04", "2026-03-11"), april)).toEqual({
      period_start: "2026-03-27",
      period_end: "2026-04-03",
    });
    expect(givenOf(look("2026-03-04", "2026-03-11"), { ...april, firstDay: "2026-04-01" })).toEqual({
      period_start: "2026-04-01",
      period_end: "2026-04-03",
    });
  });

  it("that name days of the past keep them", () => {
    const past = { period_start: "2026-02-01", period_end: "2026-03-01" };
    expect(givenOf(look(past.period_start, past.period_end), april)).toEqual(past);
  });

  it("of an analysis without a period are asked as they were", () => {
    expect(givenOf(lookOf("storage", { limit: "5" }, { limit: 5 }, march, 0), april)).toEqual({ limit: "5" });
  });

  describe("in their file", () => {
    const folder = mkdtempSync(join(tmpdir(), "cartwright-looks-"));
    const path = join(folder, "looks.json");
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const of = (analysis: string, askedAt: number): Look => ({ analysis, given: {}, lastDays: "all", askedAt });

    it("are there after a restart, the latest first, each once, and forgotten after a week", () => {
      let now = 0;
      const looks = new Looks(path, () => now);
      for (const [name, at] of [
        ["a", 0],
        ["b", 1],
        ["a", 86_400_000],
      ] as const)
        looks.note(of(name, at));
      now = 86_400_000;
      looks.save();
      const next = new Looks(path, () => now);
      expect(next.recent(Number.POSITIVE_INFINITY).map(({ analysis }) => analysis)).toEqual(["a", "b"]);
      expect(next.recent(60_000).map(({ analysis }) => analysis)).toEqual(["a"]);
      now = 7.5 * 86_400_000;
      expect(next.recent(Number.POSITIVE_INFINITY).map(({ analysis }) => analysis)).toEqual(["a"]);
    });

    it("are at most two hundred, the least recent giving way", () => {
      const looks = new Looks(join(folder, "many.json"), () => 0);
      for (let index = 0; index < 201; index += 1) looks.note(of(`n${index}`, 0));
      const names = looks.recent(1).map(({ analysis }) => analysis);
      expect([names.length, names[0], names.at(-1)]).toEqual([200, "n200", "n1"]);
    });

    it("are none where the file is broken", () => {
      writeFileSync(path, "{");
      expect(new Looks(path, () => 0).recent(1)).toEqual([]);
    });
  });
});
