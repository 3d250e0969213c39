/** Many at once on a real server and engine: short questions go before long ones, everybody has a share, and the same question runs once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import type { Role } from "../src/api/role.ts";
import { createServer } from "../src/api/server.ts";
import { readTable } from "../src/tables/read-table.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const events = `event_at,event_type,customer_id,session_id,product_id,price
2026-03-01T10:00:00Z,view,ada,s1,kettle,20.00
2026-03-01T10:01:00Z,purchase,ada,s1,kettle,20.00
`;
/** Runs until whoever asked it leaves: no number has this hash. */
const endless = "select count() as n from system.numbers where toString(number) = 'never'";
const declared = (name: string, columns: object) => ({
  title: name,
  question: `What of ${name}?`,
  grain: "one row",
  page: "sales",
  hasPeriod: false,
  columns,
  chart: { kind: "table" },
});

describe("a server that is asked much at once", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let url = "";
  let credentials: Credentials;
  const asked: string[] = [];
  const leaving: AbortController[] = [];

  beforeAll(async () => {
    shop = await openTestShop({
      questions: {
        at_once: 1,
        at_once_per_person: 1,
        waiting_per_person: 2,
        long_at_once: 2,
        long_at_once_per_person: 2,
        long_waiting_per_person: 1,
      },
    });
    writeFileSync(join(shop.folder, "events.csv"), events);
    await shop.load([join(shop.folder, "events.csv")]);
    const own = join(shop.folder, "analyses");
    mkdirSync(own, { recursive: true });
    const write = (name: string, columns: object, sql: string): void => {
      writeFileSync(join(own, `${name}.json`), JSON.stringify(declared(name, columns)));
      writeFileSync(join(own, `${name}.sql`), sql);
    };
    const asWhom = { asked_by: { type: "text", meaning: "User" }, priority: { type: "count", meaning: "Priority" } };
    write("as-whom", asWhom, "select user() as asked_by, toUInt64(getSetting('priority')) as priority");
    write("endless", { n: { type: "count", meaning: "None" } }, endless);
    const many = "select number as n, 'ada@example.com of some length' as words from system.numbers limit 200000";
    write("many", { n: { type: "count", meaning: "Number" }, words: { type: "text", meaning: "Words" } }, many);
    credentials = new Credentials(shop.folder, fixedClock());
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    url = await server.listen({ host: "127.0.0.1", port: 0 });
    const { warehouse } = shop.workspace;
    const listening = warehouse.onAsked;
    warehouse.onAsked = (question) => {
      asked.push(question.name);
      listening?.(question);
    };
  }, 300_000);
  afterEach(async () => {
    for (const controller of leaving.splice(0)) controller.abort();
    await untilCounts("card 0 0, long 0 0");
    await untilEngineRuns(0);
  });
  afterAll(async () => {
    await server?.close();
    await shop?.close();
  });

  type Asker = (path: string, sql?: string) => Promise<Response> & { readonly leave: () => void };

  /** Somebody with a token of their own. */
  function person(name: string, role: Role = "analyst"): Asker {
    const { secret } = credentials.createToken({ name, role });
    return (path, sql) => {
      const controller = new AbortController();
      leaving.push(controller);
      const headers = { authorization: `Bearer ${secret}`, ...(sql ? { "content-type": "application/json" } : {}) };
      const body = sql ? { method: "POST", body: JSON.stringify({ sql }) } : {};
      const answer = fetch(`${url}${path}`, { headers, ...body, signal: controller.signal });
      answer.catch(() => {});
      return Object.assign(answer, { leave: () => controller.abort() });
    };
  }
  const ask = { sql: "/api/v1/sql", kpis: "/api/v1/analyses/kpi-summary?compare=none", own: "/api/v1/analyses" };

  const figure = (text: string, name: string): string => text.match(new RegExp(`^${name} (\\d+)$`, "m"))?.[1] ?? "none";
  let prometheus: Asker | null = null;
  async function metrics(): Promise<string> {
    prometheus ??= person("prometheus");
    return await (await prometheus("/metrics")).text();
  }
  /** Running and waiting, as Prometheus is told. */
  async function counts(): Promise<string> {
    const text = await metrics();
    const of = (line: string, state: string) =>
      figure(text, `cartwright_questions\\{line="${line}",state="${state}"\\}`);
    return ["card", "long"].map((line) => `${line} ${of(line, "running")} ${of(line, "waiting")}`).join(", ");
  }
  const untilCounts = async (expected: string): Promise<void> =>
    await vi.waitFor(async () => expect(await counts()).toBe(expected), { timeout: 20_000, interval: 20 });
  const running = async (): Promise<readonly Record<string, unknown>[]> =>
    await shop.sql(
      "select user, Settings['priority'] as priority from system.processes where user in ('reader', 'patient_reader') order by user",
    );
  const untilEngineRuns = async (count: number): Promise<void> =>
    await vi.waitFor(async () => expect(await running()).toHaveLength(count), { timeout: 20_000, interval: 20 });

  it("asks cards as the reader, and exports, SQL and assistants' questions as the one who lets it go first", async () => {
    const ada = person("ada");
    const short = { asked_by: "reader", priority: 1 };
    const long = { asked_by: "patient_reader", priority: 2 };
    expect(await (await ada(`${ask.own}/as-whom`)).json()).toMatchObject({ rows: [short] });
    expect(await (await ada(`${ask.own}/as-whom?format=ndjson`)).json()).toEqual(long);
    expect(await (await ada(`${ask.own}/as-whom?format=csv`)).text()).toBe("asked_by,priority\r\npatient_reader,2\r\n");
    const path = join(shop.folder, "as-whom.parquet");
    writeFileSync(path, Buffer.from(await (await ada(`${ask.own}/as-whom?format=parquet`)).arrayBuffer()));
    expect((await readTable(path)).rowCount).toBe(1);
    const sql = "select currentUser(), getSetting('priority'), getSetting('readonly')";
    expect((await (await ada(ask.sql, sql)).json()).rows).toEqual([["patient_reader", 2, 1]]);
    const client = new Client({ name: "test", version: "1" });
    const headers = { authorization: `Bearer ${credentials.createToken({ name: "bot", role: "viewer" }).secret}` };
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit: { headers } }));
    const { structuredContent } = await client.callTool({ name: "run-analysis", arguments: { name: "as-whom" } });
    expect(structuredContent).toMatchObject({ rows: [long] });
    await client.close();
  });

  it.each([
    "select email from stg_customers",
    "select * from file('/etc/passwd', 'LineAsString')",
    "insert into fct_events (event_id) values ('x')",
    "select 1 settings priority = 0",
    "select 1 settings low_priority_query_wait_time_ms = 0",
    "select 1 settings max_threads = 64",
  ])("the patient may do no more than the reader: %s", async (sql) => {
    const { warehouse } = shop.workspace;
    for (const isPatient of [false, true])
      await expect(warehouse.read(sql, { isPatient })).rejects.toMatchObject({ code: "query_refused" });
  });

  it("the engine holds a long question back while a short one runs, and no short one", async () => {
    const { warehouse } = shop.workspace;
    const preempted = async (): Promise<number> =>
      Number((await shop.sql("select sum(value) as n from system.events where event = 'QueryPreempted'"))[0]?.n);
    // 400 blocks of 65,409 rows: with a pause of 25 ms before each, ten seconds; a second or so without.
    const scan = "select sum(sipHash64(number)) as n from (select number from system.numbers limit 26163600)";
    const before = await preempted();
    await warehouse.read(scan, { isPatient: true });
    await Promise.all([warehouse.read(scan), warehouse.read("select sleepEachRow(1) from system.numbers limit 1")]);
    expect(await preempted()).toBe(before);
    const ended: string[] = [];
    const short = warehouse
      .read("select sleepEachRow(2.5) from system.numbers limit 1")
      .then(() => ended.push("short"));
    await untilEngineRuns(1);
    const long = warehouse.read(scan, { isPatient: true }).then(() => ended.push("long"));
    await Promise.all([short, long]);
    expect(ended).toEqual(["short", "long"]);
    expect(await preempted()).toBeGreaterThan(before);
  }, 60_000);

  it("cards are answered while all places of long questions are taken", async () => {
    const [ada, ben] = [person("ada"), person("ben")];
    ada(ask.sql, endless);
    ben(`${ask.own}/endless?format=csv`);
    await untilEngineRuns(2);
    expect(await running()).toEqual(Array(2).fill({ user: "patient_reader", priority: "2" }));
    expect((await person("eve")(ask.kpis)).status).toBe(200);
    expect(await counts()).toBe("card 0 0, long 2 0");
  });

  it("the next place is for who has fewest running; one too many is refused with the time to come back", async () => {
    const [ada, ben] = [person("ada"), person("ben")];
    const first = ada(ask.sql, endless);
    ada(ask.sql, endless);
    await untilCounts("card 0 0, long 2 0");
    const ended: string[] = [];
    const third = ada(ask.sql, "select 'a' as who").then(async (answer) => ended.push(await answer.text()));
    third.catch(() => {});
    await untilCounts("card 0 0, long 2 1");
    const refused = await ada(`${ask.own}/daily-kpis?format=csv`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("15");
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    expect(await refused.json()).toMatchObject({
      code: "too_many_questions",
      status: 429,
      detail: "1 of your questions wait already, which is the most (questions.long_waiting_per_person)",
    });
    expect(figure(await metrics(), 'cartwright_questions_refused_total\\{line="long"\\}')).toBe("1");
    // Came last, and has none running where ada has one or two.
    const other = ben(ask.sql, "select 'b' as who").then(async (answer) => ended.push(await answer.text()));
    await untilCounts("card 0 0, long 2 2");
    first.leave();
    await Promise.all([third, other]);
    expect(ended.map((text) => JSON.parse(text).rows)).toEqual([[["b"]], [["a"]]]);
  });

  it("who leaves the line leaves no place behind, and who leaves a place frees it in the engine too", async () => {
    const ada = person("ada");
    const [first, second] = [ada(ask.sql, endless), ada(`${ask.own}/endless?format=ndjson`)];
    await untilEngineRuns(2);
    const third = ada(ask.sql, endless);
    await untilCounts("card 0 0, long 2 1");
    third.leave();
    await untilCounts("card 0 0, long 2 0");
    first.leave();
    await untilEngineRuns(1);
    await untilCounts("card 0 0, long 1 0");
    second.leave();
    await untilEngineRuns(0);
    expect((await ada(ask.sql, "select 1")).status).toBe(200);
  });

  it.each(["analyst", "viewer"] as const)("a %s who leaves in the middle of a file frees its place", async (role) => {
    const zoe = person("zoe", role);
    for (const format of ["csv", "ndjson", "parquet"]) {
      const file = zoe(`${ask.own}/many?format=${format}`);
      const reader = (await file).body?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
      file.leave();
      await untilCounts("card 0 0, long 0 0");
      await untilEngineRuns(0);
    }
  });

  it("a file that is taken whole has all its rows and frees its place, as does one of which only the head is asked", async () => {
    const zoe = person("zoe", "viewer");
    const text = await (await zoe(`${ask.own}/many?format=csv`)).text();
    expect(text.split("\r\n")).toHaveLength(200_002);
    const { secret } = credentials.createToken({ name: "head", role: "viewer" });
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(`${url}${ask.own}/many?format=csv`, { method: "HEAD", headers })).status).toBe(200);
    await untilCounts("card 0 0, long 0 0");
  }, 60_000);

  it("the same question of two people waits once, runs once, and gives both the same bytes", async () => {
    const [ada, ben, eve] = [person("ada"), person("ben"), person("eve")];
    const path = "/api/v1/analyses/daily-kpis?compare=none";
    const holding = eve(`${ask.own}/endless`);
    await untilEngineRuns(1);
    const both = [ada(path), ben(path)];
    await untilCounts("card 1 1, long 0 0");
    asked.length = 0;
    holding.leave();
    const answers = await Promise.all(both);
    const [one, other] = await Promise.all(answers.map(async (answer) => await answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ headers }) => headers.get("cache-status"))).toEqual(Array(2).fill("cartwright; fwd=miss"));
    expect(one).toBe(other);
    expect(answers[0]?.headers.get("etag")).toMatch(/^W\/"/);
    expect(answers[1]?.headers.get("etag")).toBe(answers[0]?.headers.get("etag"));
    expect(asked.filter((name) => name === "daily-kpis")).toHaveLength(1);
  });

  it("what two wait for is cancelled when the second has left, not before", async () => {
    const [ada, ben, eve] = [person("ada"), person("ben"), person("eve")];
    eve(`${ask.own}/endless`);
    await untilEngineRuns(1);
    const path = "/api/v1/analyses/top-products?compare=none";
    const [one, other] = [ada(path), ben(path)];
    await untilCounts("card 1 1, long 0 0");
    // Beside it each may have two of their own; ada has, and one more is refused.
    ada(`${ask.own}/endless`);
    await untilCounts("card 1 2, long 0 0");
    one.leave();
    await untilCounts("card 1 2, long 0 0");
    other.leave();
    await untilCounts("card 1 1, long 0 0");
  });
});
