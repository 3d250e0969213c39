/** Runs against a clock that is set by hand; the expected times are read off the calendar. 2 March 2026 is a Monday. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configSchema } from "../config.ts";
import { changeJournal, readJournal } from "./journal.ts";
import { listSchedules } from "./list.ts";
import { beginByHand, beginIfDue, changeRun, endRun, type Scheduled, takeOver } from "./runs.ts";

let root: string;
let now: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cartwright-schedules-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const clock = { now: () => Date.parse(now) };
function nightly(given: object = {}): Scheduled {
  const { schedules } = configSchema.parse({
    schedules: { nightly: { cron: "30 2 * * *", task: "refresh", ...given } },
  });
  const schedule = schedules.nightly;
  if (!schedule) throw new Error("no schedule");
  return { root, name: "nightly", schedule, timeZone: "Europe/London", clock };
}
const at = (instant: string, scheduled: Scheduled) => {
  now = instant;
  return beginIfDue(scheduled);
};
const done = { state: "done", words: "did it", code: null } as const;
const runs = () => readJournal(root, "nightly")?.runs ?? [];
/** Gives the open run to a process that is no more: the number of this one, begun at another time. */
const kill = (scheduled: Scheduled, id: string) => changeRun(scheduled, id, { process: `${process.pid} 1` });

describe("a schedule", () => {
  it("begins with the next time, runs when it has come, and once", () => {
    const one = nightly();
    expect(at("2026-03-02T10:00:00Z", one)).toBeNull();
    expect(at("2026-03-03T02:29:59Z", one)).toBeNull();
    const run = at("2026-03-03T02:30:04Z", one);
    expect(run).toMatchObject({ state: "running", reason: "time", due_at: "2026-03-03T02:30:00.000Z", due_count: 1 });
    now = "2026-03-03T02:41:04Z";
    endRun(one, run?.id ?? "", done);
    expect(at("2026-03-03T02:41:05Z", one)).toBeNull();
    expect(runs()).toMatchObject([{ state: "done", ended_at: "2026-03-03T02:41:04.000Z", words: "did it" }]);
    const home = {
      config: configSchema.parse({ schedules: { nightly: { cron: "30 2 * * *", task: "refresh" } } }),
      folders: { root },
      clock,
    };
    expect(listSchedules(home)).toMatchObject([
      {
        words: "At 02:30",
        next_at: "2026-03-04T02:30:00.000Z",
        is_running: false,
        last_run: { duration_seconds: 660 },
      },
    ]);
  });

  it("makes good a week off by one run, which says for how many times it stands", () => {
    const one = nightly();
    at("2026-03-02T10:00:00Z", one);
    const run = at("2026-03-09T08:00:00Z", one);
    expect(run).toMatchObject({ reason: "catch-up", due_at: "2026-03-03T02:30:00.000Z", due_count: 7 });
    endRun(one, run?.id ?? "", done);
    expect(at("2026-03-09T08:00:10Z", one)).toBeNull();
    expect(at("2026-03-10T02:30:01Z", one)).toMatchObject({ reason: "time", due_count: 1 });
  });

  it("runs once in the night clocks are put forward and once in the night they are put back, looked at every ten minutes", () => {
    const one = nightly({ cron: "30 1 * * *" });
    const begun: string[] = [];
    for (const from of ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"]) {
      rmSync(join(root, "schedules"), { recursive: true, force: true });
      for (let instant = Date.parse(from); instant < Date.parse(from) + 86_400_000; instant += 600_000) {
        const run = at(new Date(instant).toISOString(), one);
        if (!run) continue;
        begun.push(now);
        endRun(one, run.id, done);
      }
    }
    expect(begun).toEqual(["2026-03-29T01:30:00.000Z", "2026-10-25T00:30:00.000Z"]);
  });

  it("lets times pass that were missed when it is told not to catch up, and says so", () => {
    const one = nightly({ catch_up: "none" });
    at("2026-03-02T10:00:00Z", one);
    expect(at("2026-03-05T08:00:00Z", one)).toBeNull();
    expect(runs()).toMatchObject([{ state: "missed", due_at: "2026-03-03T02:30:00.000Z", due_count: 3 }]);
    expect(at("2026-03-07T02:32:00Z", one)).toMatchObject({
      reason: "time",
      due_at: "2026-03-07T02:30:00.000Z",
      due_count: 1,
    });
    expect(runs()[1]).toMatchObject({ state: "missed", due_at: "2026-03-06T02:30:00.000Z", due_count: 1 });
  });

  it("does not begin while the run before goes on; the times that pass so are one line", () => {
    const hourly = nightly({ cron: "0 * * * *" });
    at("2026-03-02T10:10:00Z", hourly);
    const run = at("2026-03-02T11:00:01Z", hourly);
    for (const instant of ["2026-03-02T12:00:01Z", "2026-03-02T12:30:00Z", "2026-03-02T13:00:01Z"])
      expect(at(instant, hourly)).toBeNull();
    expect(() => beginByHand(hourly, "Ada")).toThrow(/nightly has been running since 2026-03-02T11:00:01/);
    expect(runs()[1]).toMatchObject({ state: "skipped", due_at: "2026-03-02T12:00:00.000Z", due_count: 2 });
    endRun(hourly, run?.id ?? "", done);
    expect(at("2026-03-02T13:59:00Z", hourly)).toBeNull();
    expect(at("2026-03-02T14:00:00Z", hourly)).toMatchObject({ reason: "time" });
  });

  it("knows a run whose process was killed, and makes it good, but not for ever", () => {
    const one = nightly();
    at("2026-03-02T10:00:00Z", one);
    kill(one, at("2026-03-03T02:30:00Z", one)?.id ?? "");
    for (const [instant, attempt] of [
      ["2026-03-03T02:50:00Z", 2],
      ["2026-03-03T03:10:00Z", 3],
    ] as const) {
      const again = at(instant, one);
      expect(again).toMatchObject({ reason: "catch-up", due_at: "2026-03-03T02:30:00.000Z", due_count: 1, attempt });
      kill(one, again?.id ?? "");
    }
    expect(at("2026-03-03T03:30:00Z", one)).toBeNull();
    expect(runs().map(({ state, ended_at }) => [state, ended_at])).toEqual([
      ["interrupted", "2026-03-03T02:50:00.000Z"],
      ["interrupted", "2026-03-03T03:10:00.000Z"],
      ["interrupted", "2026-03-03T03:30:00.000Z"],
    ]);
    expect(at("2026-03-04T02:30:00Z", one)).toMatchObject({ reason: "time", attempt: 1 });
  });

  it("does not make good what somebody cancelled or asked for, nor what a new line of times would have had", () => {
    const one = nightly();
    at("2026-03-02T10:00:00Z", one);
    const run = at("2026-03-03T02:30:00Z", one);
    changeRun(one, run?.id ?? "", { cancelled_by: "Ada" });
    endRun(one, run?.id ?? "", { state: "interrupted", words: "told to end", code: "cancelled" });
    kill(one, beginByHand(one, "Ada").id);
    expect(at("2026-03-03T02:50:00Z", one)).toBeNull();
    expect(runs().map(({ state }) => state)).toEqual(["cancelled", "interrupted"]);
    expect(at("2026-03-09T12:00:00Z", nightly({ cron: "0 3 * * *" }))).toBeNull();
    expect(at("2026-03-10T03:00:00Z", nightly({ cron: "0 3 * * *" }))).toMatchObject({ reason: "time", due_count: 1 });
  });

  it("keeps the last five hundred runs, and no address in what they say", () => {
    const one = nightly();
    now = "2026-03-02T10:00:00Z";
    endRun(one, beginByHand(one, "Ada").id, { ...done, words: "550 ada@example.com" });
    changeJournal(root, "nightly", (journal) => {
      const [run] = journal?.runs ?? [];
      if (!journal || !run) throw new Error("no run");
      const many = Array.from({ length: 600 }, (_, place) => ({ ...run, id: String(place) }));
      return { journal: { ...journal, runs: many }, value: null };
    });
    expect(runs()).toHaveLength(500);
    expect(runs()[0]).toMatchObject({ id: "100", words: "550 (address)" });
  });

  it("is taken over by the process that does it, unless it has ended before", () => {
    const one = nightly();
    now = "2026-03-02T10:00:00Z";
    const taken = beginByHand(one, "Ada");
    expect(takeOver(one, taken.id)).toMatchObject({ state: "running" });
    endRun(one, taken.id, done);
    expect(takeOver(one, taken.id)).toMatchObject({ state: "done" });
    expect(() => takeOver(one, "other")).toThrow("nightly has no run other");
  });
});

describe("the settings of schedules", () => {
  const refused = (settings: object): string =>
    configSchema.safeParse(settings).error?.issues[0]?.message ?? "accepted";
  it("refuse a line that never comes, one of six fields and a zone that there is not", () => {
    const when = (cron: string) => refused({ schedules: { one: { task: "refresh", cron } } });
    for (const cron of ["0 0 30 2 *", "0 0 2 * * *", "61 * * * *", "@daily", "often"])
      expect(when(cron), cron).toMatch(/^must be minute, hour, day, month and weekday that come/);
    for (const cron of ["*/5 * * * *", "0 7 * * MON-FRI", "0 0 29 2 *", "0 0 1,15 JAN *", "0 0 L * *"])
      expect(when(cron), cron).toBe("accepted");
    expect(refused({ schedules: { one: { task: "refresh", cron: "0 0 * * *", time_zone: "Mars/Olympus" } } })).toMatch(
      /IANA/,
    );
  });
  it("refuse sources and folders that other settings do not have", () => {
    const importing = (files: string, folders: string[]) =>
      refused({ imports: { folders }, schedules: { one: { task: "import", cron: "0 0 * * *", files } } });
    expect(importing("drop/*.csv", [])).toBe("must lie below one of `imports.folders`");
    expect(importing("/srv/drop/../etc/*", ["/srv/drop"])).toBe("must lie below one of `imports.folders`");
    expect(importing("/srv/dropped/*", ["/srv/drop"])).toBe("must lie below one of `imports.folders`");
    expect(importing("/srv/drop/**/*.csv", ["/srv/drop"])).toBe("accepted");
    expect(importing("/srv/drop", ["/srv/drop"])).toBe("accepted");
    expect(refused({ schedules: { one: { task: "pull", cron: "0 0 * * *", sources: ["gone"] } } })).toBe(
      "must be the name of one of `pulls`",
    );
  });
});
