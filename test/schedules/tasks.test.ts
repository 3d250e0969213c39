/** What scheduled runs do, on a real workspace and engine, by a clock set by hand. Figures of the corner shop are counted in its files. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doRun } from "../../src/cli/schedules/run.ts";
import { beginByHand, beginIfDue, changeRun, scheduledOf, scheduleHistory } from "../../src/schedules/index.ts";
import { processMark } from "../../src/workspace/process-lock.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";

const shopFile = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/corner-shop/${name}.csv`, import.meta.url));

let folder: string;
let workspace: Workspace;
let mails: MailServer;
let now = "2026-03-02T10:00:00Z";
const clock = { now: () => Date.parse(now) };
const daily = { cron: "0 3 * * *" };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cartwright-schedules-"));
  const root = join(folder, "shop");
  mkdirSync(join(folder, "drop"));
  mails = await startMailServer();
  process.env.SCHEDULE_TEST_SMTP = mails.url;
  createWorkspace(root, {
    name: "Corner shop",
    currency: "GBP",
    time_zone: "Europe/London",
    store: { smtp_url_env: "SCHEDULE_TEST_SMTP", mail_from: "shop@example.com" } as never,
    imports: { folders: [join(folder, "drop")] } as never,
    retention: { rejects_months: 1 },
    pulls: {
      gone: { from: "sqlite", path: "gone.sqlite", table: "orders", watermark: "id", overlap_seconds: 0 },
    },
    schedules: {
      drop: { task: "import", files: join(folder, "drop"), ...daily },
      refresh: { task: "refresh", ...daily },
      backup: { task: "backup", keep: 2, ...daily },
      report: { task: "report", to: ["ada@example.com", "bob@example.com"], days: 7, ...daily },
      retention: { task: "retention", ...daily },
      pull: { task: "pull", ...daily },
      train: { task: "train", model: "customer-segments", ...daily },
      score: { task: "score", model: "churn", ...daily },
    } as never,
  });
  workspace = await Workspace.open(root, clock, "test");
}, 120_000);
afterAll(async () => {
  await workspace?.close();
  await mails?.close();
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
async function run(name: string, options: { signal?: AbortSignal; pauseMs?: number; patienceMs?: number } = {}) {
  const scheduled = scheduledOf(workspace, name);
  const begun = beginByHand(scheduled, "test");
  const inWorkspace = async <T>(work: (opened: Workspace) => Promise<T>): Promise<T> => await work(workspace);
  return (await doRun(scheduled, begun, { signal: never, inWorkspace, ...options })).run;
}
const put = (name: string, text: string): string => {
  const path = join(folder, "drop", name);
  writeFileSync(path, text);
  utimesSync(path, new Date("2026-03-01"), new Date("2026-03-01"));
  return path;
};
const countOf = async (table: string): Promise<number> =>
  Number((await workspace.warehouse.queryOne(`select count() as rows from ${table}`)).rows);

describe("a scheduled import", () => {
  it("loads each file of its folder once, leaves one that is being written, and follows no link out of it", async () => {
    expect(await run("drop")).toMatchObject({ state: "done", words: "no files to load" });
    for (const name of ["customers", "products", "orders"]) put(`${name}.csv`, readFileSync(shopFile(name), "utf8"));
    const events = put("events.csv", readFileSync(shopFile("events"), "utf8"));
    utimesSync(events, new Date("2026-03-02T09:59:30Z"), new Date("2026-03-02T09:59:30Z"));
    const lines = readFileSync(shopFile("orders"), "utf8").trim().split("\n").length - 1;
    const first = await run("drop");
    expect(first.words).toMatch(
      /^[\d,]+ rows of 3 new files loaded.*; 1 file may still be written and will be loaded next time$/,
    );
    expect(await countOf("fct_order_lines")).toBe(lines);
    now = "2026-03-02T10:05:00Z";
    expect((await run("drop")).words).toMatch(/^[\d,]+ rows of 1 new file loaded/);
    expect(await run("drop")).toMatchObject({ state: "done", words: "no new files" });
    expect(await countOf("fct_order_lines")).toBe(lines);

    const secret = join(folder, "secret.csv");
    writeFileSync(secret, "order_id\n1\n");
    symlinkSync(secret, join(folder, "drop", "link.csv"));
    expect(await run("drop")).toMatchObject({ state: "failed", code: "file_refused" });
    rmSync(join(folder, "drop", "link.csv"));
  }, 120_000);

  it("loads what it can when one file cannot be read, and fails naming that one", async () => {
    const bad = put("bad.csv", "nothing,of,ours\n1,2,3\n");
    put(
      "more.csv",
      "order_id,ordered_at,customer_id,product_id,quantity,unit_price\nlate-1,2025-04-01T10:00:00Z,c1,tea,1,2\n",
    );
    const failed = await run("drop");
    expect(failed.state).toBe("failed");
    expect(failed.words).toContain("bad.csv");
    expect(failed.words).toContain("1 row of 1 new file loaded");
    rmSync(bad);
  }, 60_000);
});

describe("a scheduled backup", () => {
  it("keeps the newest of its own, and leaves all others", async () => {
    const { backups } = workspace.folders;
    mkdirSync(join(backups, "cartwright-by-hand"), { recursive: true });
    for (const minute of [10, 11, 12]) {
      now = `2026-03-02T10:${minute}:00Z`;
      expect((await run("backup")).state).toBe("done");
    }
    expect(readdirSync(backups).sort()).toEqual([
      "cartwright-20260302T101100Z",
      "cartwright-20260302T101200Z",
      "cartwright-by-hand",
    ]);
    expect(scheduleHistory(workspace, "backup", 1)[0]?.words).toMatch(
      /^cartwright-20260302T101200Z, [\d.]+ MB; 1 older one removed$/,
    );
  }, 120_000);
});

describe("a scheduled report", () => {
  it("is mailed to each alone: the days in the subject, the key figures as text, the page attached", async () => {
    now = "2025-03-31T10:00:00Z";
    const done = await run("report");
    expect(done.words).toMatch(/^2025-03-24 to 2025-03-30, mailed to 2 addresses$/);
    expect(mails.received.map(({ to }) => to)).toEqual([["ada@example.com"], ["bob@example.com"]]);
    const { raw } = mails.received[0] as { raw: string };
    expect(raw).toContain("Subject: Corner shop: 2025-03-24 to 2025-03-30");
    expect(raw).toContain("From: shop@example.com");
    expect(raw).toContain("filename=report-2025-03-30.html");
    const attached =
      /base64\r\n(?:.+\r\n)*\r\n((?:[\w+/=]+\r\n)+)/.exec(raw.slice(raw.indexOf("report-2025-03-30.html")))?.[1] ?? "";
    const page = Buffer.from(attached, "base64").toString("utf8");
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    expect(raw).toMatch(/opens in any browser/);
  }, 60_000);

  it("is a failed run where an address is refused, and the address stands in no journal", async () => {
    mails.refused.add("bob@example.com");
    const failed = await run("report");
    expect(failed.state).toBe("failed");
    expect(failed.words).toContain("550");
    expect(readFileSync(join(workspace.folders.root, "schedules", "report.json"), "utf8")).not.toContain("example.com");
  }, 60_000);
});

describe("other scheduled tasks", () => {
  it("build, let go, train and pull, each saying what came of it", async () => {
    now = "2026-03-02T11:00:00Z";
    expect((await run("refresh")).words).toBe("everything was up to date");
    expect((await run("retention")).words).toMatch(/nothing was old enough to go|texts of \d+ rows? are gone/);
    expect((await run("train")).words).toMatch(
      /^customer-segments trained on what was before 2025-\d\d-\d\d, run \d+$/,
    );
    expect(await run("score")).toMatchObject({ state: "failed", code: "model_not_trained" });
    expect(await run("pull")).toMatchObject({ state: "failed" });
  }, 120_000);
});

describe("a run", () => {
  it("waits while another process changes the workspace, and fails only when its patience ends", async () => {
    const lock = join(workspace.folders.run, "write.lock");
    // A process that lives: the one above this.
    writeFileSync(lock, `${process.ppid} import`);
    const waiting = run("refresh", { pauseMs: 20 });
    await sleep(200);
    expect(scheduleHistory(workspace, "refresh", 1)[0]?.state).toBe("running");
    rmSync(lock);
    expect((await waiting).state).toBe("done");
    writeFileSync(lock, `${process.ppid} import`);
    expect(await run("refresh", { pauseMs: 20, patienceMs: 60 })).toMatchObject({
      state: "failed",
      code: "workspace_busy",
    });
    rmSync(lock);
  }, 60_000);

  it("that is told to end is interrupted, or cancelled when somebody asked for it", async () => {
    const lock = join(workspace.folders.run, "write.lock");
    for (const [cancelled_by, state] of [
      [null, "interrupted"],
      ["Ada", "cancelled"],
    ] as const) {
      writeFileSync(lock, `${process.ppid} import`);
      const controller = new AbortController();
      const waiting = run("refresh", { pauseMs: 60_000, signal: controller.signal });
      await sleep(50);
      changeRun(scheduledOf(workspace, "refresh"), scheduleHistory(workspace, "refresh", 1)[0]?.id ?? "", {
        cancelled_by,
      });
      controller.abort();
      expect(await waiting).toMatchObject({ state });
      rmSync(lock);
    }
  }, 60_000);

  it("comes once for a week without a server", async () => {
    const scheduled = scheduledOf(workspace, "refresh");
    now = "2026-03-02T12:00:00Z";
    beginIfDue(scheduled);
    now = "2026-03-09T12:00:00Z";
    const begun = beginIfDue(scheduled);
    expect(begun).toMatchObject({ reason: "catch-up", due_count: 7, process: processMark() });
    if (begun) await doRun(scheduled, begun, { signal: never, inWorkspace: async (work) => await work(workspace) });
    expect(beginIfDue(scheduled)).toBeNull();
    expect(existsSync(join(workspace.folders.root, "schedules", "refresh.json"))).toBe(true);
  }, 60_000);
});
