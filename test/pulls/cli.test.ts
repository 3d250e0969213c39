/** `cartwright pull` as cron runs it: what it prints, its exit codes, and what a killed one leaves to the next. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { ensureBuilt } from "../support/built.ts";
import { type RunningProgram, startProgram } from "../support/program.ts";
import { fixedClock } from "../support/shop.ts";
import { type PagedServer, sendJson, startPagedServer } from "./paged-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cartwright-pull-"));
let server: PagedServer;
/** Called at the second page; the page is never given when it does something. */
let atSecondPage: (() => void) | null = null;

const events = [1, 2, 3, 4].map((number) => ({
  event_id: `e${number}`,
  event_at: `2025-03-31T10:00:0${number}Z`,
  event_type: "view",
  product_id: "tea",
}));

beforeAll(async () => {
  await ensureBuilt();
  server = await startPagedServer({
    "/events": (parameters, response) => {
      const page = Number(parameters.get("page"));
      if (page === 2 && atSecondPage) return atSecondPage();
      sendJson(response, events.slice(2 * page - 2, 2 * page));
    },
  });
  const own = {
    from: "http",
    watermark: "event_at",
    scheme: "bearer",
    rows_at: "",
    timeout_seconds: 60,
    overlap_seconds: 0,
  } as const;
  const paging = { by: "page", parameter: "page", first: 1 } as const;
  createWorkspace(folder, {
    pulls: {
      events: { ...own, url: `${server.url}/events`, paging },
      gone: { ...own, url: `${server.url}/gone`, paging },
    },
  });
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (...args: string[]): RunningProgram => startProgram(["pull", "--workspace", folder, ...args]);

describe("cartwright pull", () => {
  it("killed while it reads and while it imports, takes every row once when it is run again", async () => {
    const reading = start("events");
    atSecondPage = () => reading.child.kill("SIGKILL");
    await reading.ended;
    atSecondPage = null;

    const importing = start("events");
    while (!existsSync(join(folder, "pulls", "events", "kept")) && importing.child.exitCode === null) await sleep(2);
    importing.child.kill("SIGKILL");
    await importing.ended;

    const both = await start("--json").ended;
    expect(both.code, both.words).toBe(4);
    const lines = both.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { name: "events", state: "done", watermark_after: "2025-03-31T10:00:04Z", problem: "" },
      { name: "gone", state: "failed", problem: expect.stringMatching(/\/gone answered 404/) },
    ]);
    expect(both.words).toContain("A source could not be pulled from");
    expect((await start("other").ended).code).toBe(2);

    const workspace = await Workspace.open(folder, fixedClock(), "test");
    const found = await workspace.warehouse.query(
      "select event_id, toString(count()) as times from fct_events group by event_id order by event_id",
    );
    await workspace.close();
    expect(found).toEqual(events.map(({ event_id }) => ({ event_id, times: "1" })));
  }, 300_000);
});
