/** The command line as a script uses it: what it prints where, its exit codes, and several commands on one workspace. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Outcome, program, type RunningProgram, startProgram } from "./support/program.ts";

const events = `event_at,event_type,customer_id,session_id,product_id,price
2026-03-01T10:00:00Z,view,ada,s1,kettle,20.00
2026-03-01T10:01:00Z,purchase,ada,s1,kettle,20.00
2026-03-02T09:00:00Z,view,ben,s2,kettle,20.00
2026-03-02T09:00:00Z,view,ben,s2,kettle,twenty
`;

describe("the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-cli-"));
  const workspace = join(folder, "shop");
  const file = join(folder, "events.csv");

  const run = (...args: string[]): Outcome => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, out: stdout, words: stderr };
  };
  const start = (...args: string[]): RunningProgram => startProgram(args, folder);
  const rows = (outcome: Outcome): Record<string, unknown>[] => JSON.parse(outcome.out) as Record<string, unknown>[];

  beforeAll(() => {
    writeFileSync(file, events);
    expect(run("init", "--workspace", workspace, "--currency", "GBP").code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("imports a file and says what became of every row", () => {
    const first = run("import", file, "--workspace", workspace, "--format", "json");
    expect(first.code, first.words).toBe(0);
    expect(rows(first)).toMatchObject([
      { state: "loaded", read_rows: 4, loaded_rows: 3, duplicate_rows: 0, rejected_rows: 1 },
    ]);
    expect(first.words).toContain("1 rows were refused");
    const again = run("import", file, "--workspace", workspace, "--format", "json");
    expect(rows(again)).toMatchObject([{ state: "duplicate", read_rows: 4, loaded_rows: 0, duplicate_rows: 4 }]);
  });

  it("makes the workspace with the first import, and says with which settings", () => {
    const fresh = join(folder, "fresh");
    const outcome = run("import", file, "--workspace", fresh, "--format", "json");
    expect(outcome.code, outcome.words).toBe(0);
    expect(outcome.words).toContain(`made the workspace ${fresh} (USD, UTC)`);
    expect(rows(run("query", "kpi-summary", "--workspace", fresh, "--format", "json"))).toMatchObject([
      { event_count: 3 },
    ]);
  });

  it("prints an analysis as one JSON array and nothing else", () => {
    const outcome = run("query", "kpi-summary", "--workspace", workspace, "--format", "json");
    expect(outcome.code, outcome.words).toBe(0);
    expect(rows(outcome)).toMatchObject([
      { event_count: 3, session_count: 2, order_count: 1, net_revenue_minor: 2000 },
    ]);
    expect(outcome.words).toBe("");
  });

  it("prints CSV with one header line and NDJSON with a line a row", () => {
    const csv = run("query", "daily-kpis", "--workspace", workspace, "--format", "csv").out.split("\r\n");
    expect(csv[0]).toMatch(/^day_on,event_count,/);
    expect(csv.slice(1, 3).map((line) => line.slice(0, 12))).toEqual(["2026-03-01,2", "2026-03-02,1"]);
    const lines = run("query", "daily-kpis", "--workspace", workspace, "--format", "ndjson").out.trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { day_on: string }).day_on)).toEqual(["2026-03-01", "2026-03-02"]);
  });

  it("runs several commands on one workspace at a time", async () => {
    const running = [1, 2, 3, 4].map(
      () => start("query", "kpi-summary", "--workspace", workspace, "--format", "json").ended,
    );
    for (const outcome of await Promise.all(running)) {
      expect(outcome.code, outcome.words).toBe(0);
      expect(rows(outcome)[0]).toMatchObject({ event_count: 3 });
    }
  });

  it("answers beside a running server, and prints a sign-in link for it", async () => {
    const server = start("serve", "--workspace", workspace, "--port", "0");
    try {
      const link = await new Promise<string>((resolve, reject) => {
        server.child.stderr?.on("data", (chunk: Buffer) => {
          const found = /http:\S+sign-in\?token=\S+/.exec(chunk.toString())?.[0];
          if (found) resolve(found);
        });
        void server.ended.then((outcome) => reject(new Error(outcome.words)));
      });
      expect((await fetch(new URL("/health", link))).status).toBe(200);
      const beside = run("query", "kpi-summary", "--workspace", workspace, "--format", "json");
      expect(beside.code, beside.words).toBe(0);
      const printed = run("link", "--workspace", workspace).out.trim();
      expect(new URL(printed).origin).toBe(new URL(link).origin);
      expect((await fetch(printed, { redirect: "manual" })).status).toBe(303);
    } finally {
      server.child.kill("SIGTERM");
    }
    expect((await server.ended).code).toBe(0);
  });

  it("makes a narrow token that ends, lists it without its secret, and revokes it", () => {
    const token = (...args: string[]): Outcome => run("token", ...args, "--workspace", workspace);
    const made = token("create", "--name", "report", "--scopes", "query, score", "--expires-days", "90");
    expect(made.code, made.words).toBe(0);
    expect(made.out).toMatch(/^cw_[\w-]{43}\n$/);
    const list = token("list", "--format", "json");
    expect(list.out).not.toContain(made.out.trim());
    const [listed] = rows(list);
    expect(listed).toMatchObject({ name: "report", role: "viewer", scopes: "query, score", last_used_at: null });
    const refused = token("create", "--name", "report", "--scopes", "everything");
    expect(refused.code).toBe(2);
    expect(refused.words).toContain("must be among query, import, score, store");
    expect(token("revoke", String(listed?.id)).code).toBe(0);
    expect(rows(token("list", "--format", "json"))).toEqual([]);
  });

  it("refuses statements that are not reading, with exit code 2", () => {
    for (const statement of [
      "select * from file('/etc/passwd', 'LineAsString')",
      "drop table fct_orders",
      "insert into fct_orders values (1)",
    ]) {
      const outcome = run("sql", statement, "--workspace", workspace);
      expect(outcome.code, statement).toBe(2);
      expect(outcome.out).toBe("");
      expect(outcome.words).toContain("not allowed");
    }
    expect(
      rows(run("sql", "select count() as event_count from fct_events", "--workspace", workspace, "--format", "json")),
    ).toEqual([{ event_count: 3 }]);
  });

  it.each([
    { args: ["query", "no-such-analysis"], code: 2, words: "no-such-analysis" },
    { args: ["query", "daily-kpis", "--period-start", "2026-02-30"], code: 2, words: "2026-02-30" },
    { args: ["query", "daily-kpis", "--nonsense", "1"], code: 2, words: "--nonsense" },
    { args: ["import", "no-such-file.csv"], code: 3, words: "no-such-file.csv" },
    { args: ["import", "--undo", "99"], code: 2, words: "99" },
    { args: ["nonsense"], code: 2, words: "nonsense" },
  ])("ends with exit code $code on: $args", ({ args, code, words }) => {
    const outcome = run(...args, ...(args[0] === "nonsense" ? [] : ["--workspace", workspace]));
    expect(outcome.code, outcome.words).toBe(code);
    expect(outcome.words).toContain(words);
    expect(outcome.out).toBe("");
  });

  it("names the line of a wrong setting", () => {
    const other = join(folder, "other");
    run("init", "--workspace", other);
    const path = join(other, "cartwright.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"week_start": 1', '"week_start": 9'));
    const outcome = run("query", "kpi-summary", "--workspace", other);
    expect(outcome.code).toBe(2);
    expect(outcome.words).toMatch(/cartwright\.json:5: week_start: .*got 9/);
  });

  it("undoes a batch, and every number follows", () => {
    expect(run("import", "--undo", "1", "--workspace", workspace).code).toBe(0);
    expect(rows(run("query", "kpi-summary", "--workspace", workspace, "--format", "json"))).toMatchObject([
      { event_count: 0, session_count: 0, order_count: 0 },
    ]);
  });

  it("keeps notes and alerts, fires an alert once, and lists links", () => {
    const at = ["--workspace", workspace];
    const json = [...at, "--format", "json"];
    expect(run("import", file, ...at).code).toBe(0);
    const note = run("annotate", "add", "2026-03-01", "Opening day", "--to", "2026-03-02", ...json);
    expect(note.code, note.words).toBe(0);
    expect(rows(run("annotate", "list", ...json))).toMatchObject([
      { first_on: "2026-03-01", last_on: "2026-03-02", text: "Opening day", made_by: "command line" },
    ]);
    expect(run("annotate", "add", "2026-02-30", "Never", ...at).code).toBe(2);
    const alert = join(folder, "alert.json");
    const condition = { kind: "above", value: 0 };
    writeFileSync(alert, JSON.stringify({ title: "Events", analysis: "daily-kpis", column: "event_count", condition }));
    expect(run("alerts", "save", alert, ...at).code).toBe(0);
    expect(rows(run("alerts", "check", ...json))).toMatchObject([{ title: "Events", state: "fired" }]);
    expect(rows(run("alerts", "check", ...json))).toMatchObject([{ title: "Events", state: "known" }]);
    expect(rows(run("alerts", "log", ...json))).toMatchObject([{ outcome: "fired", attempt_count: 0 }]);
    expect(rows(run("share", "list", ...json))).toEqual([]);
    expect(run("share", "revoke", "nothing", ...at).code).toBe(2);
  });
});
