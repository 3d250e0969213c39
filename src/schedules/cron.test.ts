/**
 * Expected instants are computed by hand from the dates of the changes: Europe/London 29 March 2026 01:00 GMT to 02:00 BST and
 * 25 October 2026 02:00 BST to 01:00 GMT; America/New_York 8 March 2026 02:00 EST to 03:00 EDT and 1 November 2026 02:00 EDT
 * to 01:00 EST; Australia/Lord_Howe by half an hour, 5 April 2026 02:00 (+11:00) to 01:30 (+10:30).
 */
import { describe, expect, it } from "vitest";
import { cronWords, nextAfter, occurrences } from "./cron.ts";

function due(cron: string, timeZone: string, after: string, until: string): string[] {
  const found: string[] = [];
  for (const instant of occurrences({ cron, timeZone }, Date.parse(after))) {
    if (instant > Date.parse(until)) break;
    found.push(new Date(instant).toISOString().replace(":00.000Z", "Z"));
  }
  return found;
}

describe("a time that a change of clocks skips", () => {
  it("comes once, as much later as clocks were put forward (RFC 5545)", () => {
    expect(due("30 1 * * *", "Europe/London", "2026-03-28T00:00Z", "2026-03-30T12:00Z")).toEqual([
      "2026-03-28T01:30Z",
      "2026-03-29T01:30Z", // shown as 02:30 BST
      "2026-03-30T00:30Z",
    ]);
    expect(due("30 2 * * *", "America/New_York", "2026-03-07T00:00Z", "2026-03-09T12:00Z")).toEqual([
      "2026-03-07T07:30Z",
      "2026-03-08T07:30Z", // shown as 03:30 EDT
      "2026-03-09T06:30Z",
    ]);
  });
  it("does not come twice where the later time is one of the line too", () => {
    expect(due("0 1,2 * * *", "Europe/London", "2026-03-29T00:00Z", "2026-03-30T00:30Z")).toEqual([
      "2026-03-29T01:00Z",
      "2026-03-30T00:00Z",
    ]);
  });
  it("comes as often as its line says where all times of an hour are skipped", () => {
    expect(due("*/20 1 * * *", "Europe/London", "2026-03-28T12:00Z", "2026-03-29T12:00Z")).toEqual([
      "2026-03-29T01:00Z",
      "2026-03-29T01:20Z",
      "2026-03-29T01:40Z",
    ]);
  });
});

describe("a time that a change of clocks repeats", () => {
  it("comes the first time only", () => {
    expect(due("30 1 * * *", "Europe/London", "2026-10-24T00:00Z", "2026-10-26T12:00Z")).toEqual([
      "2026-10-24T00:30Z",
      "2026-10-25T00:30Z", // 01:30 BST, not again at 01:30 GMT
      "2026-10-26T01:30Z",
    ]);
    expect(due("30 1 * * *", "America/New_York", "2026-10-31T00:00Z", "2026-11-02T12:00Z")).toEqual([
      "2026-10-31T05:30Z",
      "2026-11-01T05:30Z", // 01:30 EDT, not again at 01:30 EST
      "2026-11-02T06:30Z",
    ]);
    expect(due("0 0,1,2 * * *", "Europe/London", "2026-10-24T12:00Z", "2026-10-25T12:00Z")).toEqual([
      "2026-10-24T23:00Z",
      "2026-10-25T00:00Z",
      "2026-10-25T02:00Z",
    ]);
    expect(due("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", "2026-04-06T00:00Z")).toEqual([
      "2026-04-04T14:45Z", // 01:45 +11:00, not again at 01:45 +10:30
      "2026-04-05T15:15Z",
    ]);
  });
  it("is not due again when it is asked in between or just after", () => {
    const timing = { cron: "30 1 * * *", timeZone: "Europe/London" };
    for (const after of ["2026-10-25T00:30Z", "2026-10-25T00:59Z", "2026-10-25T01:00Z", "2026-10-25T01:45Z"])
      expect(nextAfter(timing, Date.parse(after)), after).toBe(Date.parse("2026-10-26T01:30Z"));
  });
});

describe("a line for every hour", () => {
  it("goes by time that passes, through both changes", () => {
    const hours = (from: string, count: number): string[] =>
      Array.from({ length: count }, (_, hour) =>
        new Date(Date.parse(from) + hour * 3_600_000).toISOString().replace(":00.000Z", "Z"),
      );
    expect(due("15 * * * *", "Europe/London", "2026-10-24T22:30Z", "2026-10-25T04:30Z")).toEqual(
      hours("2026-10-24T23:15Z", 6),
    );
    expect(due("15 * * * *", "America/New_York", "2026-03-08T04:30Z", "2026-03-08T10:30Z")).toEqual(
      hours("2026-03-08T05:15Z", 6),
    );
  });
});

describe("a line", () => {
  it("takes month days and weekdays as cron does: either suffices", () => {
    expect(due("0 9 13 * 5", "UTC", "2026-11-01T00:00Z", "2026-11-20T12:00Z")).toEqual([
      "2026-11-06T09:00Z",
      "2026-11-13T09:00Z",
      "2026-11-20T09:00Z",
    ]);
  });
  it("reaches a day that comes every four years; one of every minute tells each of a week once, through a change", () => {
    expect(nextAfter({ cron: "0 0 29 2 *", timeZone: "UTC" }, Date.parse("2025-01-01"))).toBe(Date.parse("2028-02-29"));
    expect(due("* * * * *", "Europe/London", "2026-10-22T00:00Z", "2026-10-29T00:00Z")).toHaveLength(7 * 24 * 60);
  });
  it("reads as words", () => {
    expect(cronWords("30 2 * * *")).toBe("At 02:30");
    expect(cronWords("0 7 * * 1-5")).toBe("At 07:00, Monday through Friday");
  });
});
