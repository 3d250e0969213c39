/** Schedules of a running server: begun by time, by hand and on the command line; ended by cancelling, by a kill and by a stop. */
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AuditLog } from "../../src/api/audit/audit-log.ts";
import { Credentials } from "../../src/api/credentials.ts";
import { systemClock } from "../../src/clock.ts";
import { changeJournal, readJournal, type ScheduleRun } from "../../src/schedules/index.ts";
import { createWorkspace } from "../../src/workspace.ts";
import { type PagedServer, sendJson, startPagedServer } from "../pulls/paged-server.ts";
import { ensureBuilt } from "../support/built.ts";
import { type RunningProgram, startProgram } from "../support/program.ts";

const root = mkdtempSync(join(tmpdir(), "cartwright-schedules-"));
const patience = { timeout: 60_000, interval: 50 };
const dayMs = 86_400_000;
const event = { event_id: "e1", event_at: "2025-03-31T10:00:01Z", event_type: "view", product_id: "tea" };
let source: PagedServer;
/** Requests that wait for their answer; null to answer at once. */
let waiting: ServerResponse[] | null = [];
let server: RunningProgram | null = null;
let url = "";
const tokens: Record<string, string> = {};

beforeAll(async () => {
  await ensureBuilt();
  source = await startPagedServer({
    "/events": (_parameters, response) => {
      if (waiting) waiting.push(response);
      else sendJson(response, [event]);
    },
  });
  createWorkspace(root, {
    pulls: {
      events: {
        from: "http",
        url: `${source.url}/events`,
        watermark: "event_at",
        scheme: "bearer",
        rows_at: "",
        timeout_seconds: 120,
        overlap_seconds: 0,
        paging: { by: "link" },
      },
    },
    // Far from any time at which a test may run: nothing begins by itself but what is made to.
    schedules: {
      slow: {
        task: "pull",
        cron: `0 0 1 ${((new Date(systemClock.now()).getUTCMonth() + 6) % 12) + 1} *`,
        catch_up: "once",
      },
    },
  });
  const credentials = new Credentials(root, systemClock);
  for (const role of ["analyst", "viewer", "admin"] as const)
    tokens[role] = credentials.createToken({ name: `the ${role}`, role }).secret;
}, 240_000);
afterAll(async () => {
  server?.child.kill("SIGKILL");
  await source?.close();
  rmSync(root, { recursive: true, force: true });
});

const runs = (): readonly ScheduleRun[] => readJournal(root, "slow")?.runs ?? [];
const last = async (wanted: Partial<ScheduleRun>): Promise<ScheduleRun> =>
  await vi.waitFor(() => {
    const run = runs().at(-1);
    expect(run).toMatchObject(wanted);
    return run as ScheduleRun;
  }, patience);
const asked = async (count: number): Promise<void> =>
  await vi.waitFor(() => expect(source.asked.length).toBe(count), patience);
const api = async (method: string, path: string, role = "admin") => {
  const answer = await fetch(`${url}/api/v1/schedules${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[role]}` },
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
};
async function serve(): Promise<void> {
  server = startProgram(["serve", "--workspace", root, "--port", "0", "--no-link"]);
  url = (await server.says(/is at (http:\S+)/))[1] ?? "";
}
/** As if nobody had looked since a day before the last time. */
function missATime(): void {
  changeJournal(root, "slow", (journal) => {
    if (!journal) throw new Error("no journal");
    return {
      journal: { ...journal, seen_until: new Date(systemClock.now() - 366 * dayMs).toISOString() },
      value: null,
    };
  });
}
const cartwright = async (...args: string[]) => await startProgram([...args, "--workspace", root]).ended;

describe("schedules of a server", () => {
  it("are listed for analysts, run for admins, and by one process at a time", async () => {
    await serve();
    expect((await api("GET", "", "viewer")).status).toBe(403);
    expect((await api("GET", "", "analyst")).body.rows).toMatchObject([
      { name: "slow", task: "pull", time_zone: "UTC", is_running: false, last_run: null },
    ]);
    expect((await api("POST", "/slow/runs", "analyst")).status).toBe(403);
    expect((await api("POST", "/other/runs")).body).toMatchObject({ code: "schedule_unknown" });
    const begun = await api("POST", "/slow/runs");
    expect(begun.status).toBe(202);
    await asked(1);
    expect((await api("POST", "/slow/runs")).body).toMatchObject({ code: "schedule_running" });
    const second = await cartwright("schedules", "run", "slow");
    expect(second.code, second.words).toBe(4);
    expect(second.words).toContain("The schedule is running already");
    for (const response of waiting ?? []) sendJson(response, [event]);
    const done = await last({ state: "done", reason: "hand", asked_by: "the admin", words: "1 new row from events" });
    expect(begun.body).toEqual({ id: done.id });
    expect((await api("GET", "/slow/runs?limit=1", "analyst")).body.rows).toMatchObject([
      { id: done.id, schedule: "slow" },
    ]);
    expect((await api("GET", "/slow/runs?limit=0")).status).toBe(400);
  }, 120_000);

  it("can be cancelled, wherever the run goes on", async () => {
    waiting = [];
    const begun = await api("POST", "/slow/runs");
    await asked(2);
    expect((await api("DELETE", `/slow/runs/${begun.body.id}`)).status).toBe(204);
    expect(runs().at(-1)).toMatchObject({ id: begun.body.id, state: "cancelled", cancelled_by: "the admin" });
    const elsewhere = startProgram(["schedules", "run", "slow", "--json", "--workspace", root]);
    await asked(3);
    const { id } = await last({ state: "running", asked_by: "command line" });
    expect((await api("DELETE", `/slow/runs/${id}`)).status).toBe(204);
    const ended = await elsewhere.ended;
    expect(ended.code, ended.words).toBe(130);
    expect(JSON.parse(ended.out)).toMatchObject({ schedule: "slow", state: "cancelled", id });
    expect((await api("DELETE", "/slow/runs/none")).status).toBe(404);
  }, 120_000);

  it("make good a time that was missed, and again what a kill of everything and a stop have interrupted", async () => {
    missATime();
    await asked(4);
    const first = await last({ state: "running", reason: "catch-up", due_count: 1, attempt: 1 });
    expect(Number(first.process.split(" ")[0])).not.toBe(server?.child.pid);
    process.kill(Number(first.process.split(" ")[0]), "SIGKILL");
    server?.child.kill("SIGKILL");
    await server?.ended;
    await serve();
    await asked(5);
    await last({ state: "running", attempt: 2, due_at: first.due_at });
    expect(runs().at(-2)).toMatchObject({ id: first.id, state: "interrupted" });
    server?.child.kill("SIGTERM");
    expect((await server?.ended)?.code).toBe(0);
    expect(runs().at(-1)).toMatchObject({ state: "interrupted", attempt: 2 });
    waiting = null;
    await serve();
    expect(await last({ state: "done", attempt: 3, due_at: first.due_at })).toMatchObject({
      words: "0 new rows from events",
    });
  }, 180_000);

  it("stand in the audit log as what they are, and on the command line", async () => {
    const { rows } = await new AuditLog(root, systemClock).read({ limit: 50 });
    const told = rows.map(({ who, by, what, on, outcome }) => [who, by, what, on, outcome].join(" "));
    expect(told).toContain("schedule schedule schedules run slow done");
    expect(told).toContain("the admin token run-schedule slow done");
    expect(told.some((one) => one.startsWith("the admin token cancel-schedule-run slow"))).toBe(true);
    const listed = await cartwright("schedules", "--json");
    expect(JSON.parse(listed.out)).toMatchObject({ name: "slow", last_state: "done" });
    const history = await cartwright("schedules", "history", "slow", "--limit", "3", "--json");
    expect(
      history.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).state),
    ).toEqual(["done", "interrupted", "interrupted"]);
    const byHand = await cartwright("schedules", "run", "slow", "--json");
    expect(byHand.code, byHand.words).toBe(0);
    expect(JSON.parse(byHand.out)).toMatchObject({ state: "done", reason: "hand", asked_by: "command line" });
    expect((await cartwright("schedules", "run", "other")).code).toBe(2);
  }, 120_000);
});
