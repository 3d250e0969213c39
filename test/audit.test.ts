/** The audit log: what it says of changes, exports and sign-ins, what it leaves out, and how it is read. */
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog, type AuditRow, type AuditSearch } from "../src/api/audit/audit-log.ts";
import { installAudit } from "../src/api/audit/install-audit.ts";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { commandKinds, commandName, kindOf } from "../src/cli/audited.ts";
import { createProgram, main } from "../src/cli/main.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

describe("the audit log of a server", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let credentials: Credentials;
  let admin: { id: string; secret: string };

  beforeAll(async () => {
    shop = await openTestShop();
    credentials = new Credentials(shop.folder, shop.workspace.clock);
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    admin = credentials.createToken({ name: "robot", role: "admin" });
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await shop.close();
  });

  const ask = (method: "GET" | "POST" | "DELETE", url: string, body?: object, by = admin.secret) =>
    server.inject({
      method,
      url,
      ...(body ? { payload: body } : {}),
      headers: { authorization: `Bearer ${by}` },
    });
  const logged = async (search = ""): Promise<readonly AuditRow[]> =>
    (await ask("GET", `/api/v1/audit?${search}`)).json().rows;
  const form = (url: string, fields: Record<string, string>) =>
    server.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });

  it("says of a change who made it, to what, under which request, and how it ended", async () => {
    const made = await ask("POST", "/api/v1/write-keys", { name: "site of ada@example.com" });
    const refused = await ask("DELETE", "/api/v1/tokens/none");
    const viewer = credentials.createToken({ name: "small", role: "viewer" });
    await ask("DELETE", `/api/v1/tokens/${admin.id}`, undefined, viewer.secret);
    const [third, second, first] = await logged();
    const who = { kind: "change", who: "robot", by: "token", by_id: admin.id };
    expect(first).toMatchObject({ ...who, what: "create-write-key", on: made.json().id, outcome: "done", code: null });
    expect(second).toMatchObject({ ...who, what: "revoke-token", on: "none", outcome: "refused", code: "not_found" });
    expect(refused.json().instance).toBe(`urn:uuid:${second?.request_id}`);
    expect(third).toMatchObject({
      who: "small",
      by_id: viewer.id,
      on: admin.id,
      outcome: "refused",
      code: "not_allowed",
    });
    expect(String(first?.at)).toMatch(/^2026-01-01T00:\d\d:\d\d\.000Z$/);
  });

  it("writes exports and SQL down, and no question that is only looked at", async () => {
    const rule = { all: [{ kind: "orders", min_count: 1 }] };
    expect((await ask("POST", "/api/v1/segments", { name: "buyers", title: "Buyers", rule })).statusCode).toBe(200);
    const before = await logged("limit=500");
    expect(before[0]).toMatchObject({ kind: "change", what: "save-segment", on: "buyers", outcome: "done" });
    await ask("GET", "/api/v1/analyses/kpi-summary");
    await ask("POST", "/api/v1/segments/size", { rule });
    expect(await logged("limit=500")).toEqual(before);
    expect((await ask("GET", "/api/v1/segments/buyers/customers?format=csv&as_of=2026-01-08")).statusCode).toBe(200);
    expect((await ask("GET", "/api/v1/analyses/kpi-summary?format=csv")).statusCode).toBe(200);
    await ask("POST", "/api/v1/sql", { sql: "select 'ada@example.com'" });
    const [sql, exported, members] = await logged();
    expect(members).toMatchObject({ kind: "export", what: "customers-of-segment", on: "buyers csv", outcome: "done" });
    expect(sql).toMatchObject({ kind: "query", what: "sql", on: "", outcome: "done" });
    expect(exported).toMatchObject({ kind: "export", what: "kpi-summary", on: "csv", outcome: "done" });
  });

  it("writes sign-ins down, and wrong passwords of users there are; nothing of strangers", async () => {
    const { user, secret } = credentials.users.invite(
      { name: "Ada", email: "ada@example.com", role: "viewer" },
      "test",
    );
    const password = "slow green tractors sing";
    await form("/password", { token: secret, password, repeated: password });
    await form("/sign-in", { email: "ada@example.com", password: "another password" });
    await form("/sign-in", { email: "nobody@example.com", password: "another password" });
    const entered = await form("/sign-in", { email: "ada@example.com", password });
    const cookie = [entered.headers["set-cookie"] ?? []]
      .flat()
      .map((one) => one.split(";")[0])
      .join("; ");
    const { csrf_token } = (await server.inject({ url: "/api/v1/session", headers: { cookie } })).json();
    await server.inject({ url: "/password", headers: { cookie } });
    await server.inject({ method: "POST", url: "/sign-out", headers: { cookie, "x-csrf-token": csrf_token } });
    await server.inject({ url: `/sign-in?token=${credentials.createLink({ name: "owner", role: "admin" })}` });
    const rows = (await logged("kind=sign-in")).map(({ who, by, by_id, what, outcome }) => [
      who,
      by,
      by_id,
      what,
      outcome,
    ]);
    expect(rows.reverse()).toEqual([
      ["Ada", "user", user.id, "password", "done"],
      ["Ada", "user", user.id, "sign-in", "refused"],
      ["Ada", "user", user.id, "sign-in", "done"],
      ["Ada", "user", user.id, "sign-out", "done"],
      ["owner", "link", "", "sign-in", "done"],
    ]);
  });

  it("holds no address, no secret and no statement, and is its owner's alone", async () => {
    const [file = ""] = readdirSync(join(shop.folder, "audit"));
    expect(file).toBe("2026-01.ndjson");
    const text = readFileSync(join(shop.folder, "audit", file), "utf8");
    for (const part of ["@", admin.secret, "select", "tractors"]) expect(text).not.toContain(part);
    expect(statSync(join(shop.folder, "audit", file)).mode & 0o077).toBe(0);
    expect((await ask("GET", "/api/v1/audit?since=yesterday")).json()).toMatchObject({ code: "invalid_parameter" });
    expect((await ask("GET", "/api/v1/audit?limit=501")).json()).toMatchObject({ code: "invalid_parameter" });
  });

  it("writes commands down that change something or take it out, with what they made", async () => {
    const workspace = ["--workspace", shop.folder];
    expect(await main(["user", "invite", "--name", "Berta", "--email", "berta@example.com", ...workspace])).toBe(0);
    expect(await main(["user", "disable", "berta@example.com", ...workspace])).toBe(0);
    expect(await main(["token", "revoke", "none", ...workspace])).not.toBe(0);
    expect(await main(["token", "list", ...workspace])).toBe(0);
    const rows = (await logged("who=command line&limit=500")).filter((row) => row.at > "2026-02");
    const id = credentials.users.find("berta@example.com").id;
    expect(rows.map(({ what, on, outcome }) => [what, on, outcome]).reverse()).toEqual([
      ["user invite", id, "done"],
      ["user disable", id, "done"],
      ["token revoke", "none", "refused"],
    ]);
  });
});

it("every command is a change unless it is named as another kind, and those named exist", () => {
  const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
  const kinds = new Map(
    createProgram()
      .commands.flatMap(all)
      .map((one) => [commandName(one), kindOf(one)]),
  );
  expect(Object.keys(commandKinds).filter((name) => !kinds.has(name))).toEqual([]);
  for (const name of ["import", "user invite", "segment save", "train", "backup", "store psql-url"])
    expect(kinds.get(name), name).toBe("change");
  expect(kinds.get("query kpi-summary")).toBe("none");
  expect(kinds.get("export")).toBe("export");
});

it("writes a change down also when its maker has left before the answer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-audit-"));
  const log = new AuditLog(folder, fixedClock());
  const server = Fastify();
  server.decorateRequest("principal", null);
  server.decorateRequest("signedInBy", null);
  server.decorateRequest("problemCode", null);
  server.addHook("onRequest", async (request) => {
    request.principal = { name: "Ada", role: "admin" };
    request.signedInBy = { kind: "user", id: "u1" };
  });
  installAudit(server, log);
  const leaving = new AbortController();
  const over = new Promise<void>((resolve) => server.addHook("onSend", async () => resolve()));
  server.post("/slow", async (_request, reply) => {
    const gone = once(reply.raw, "close");
    leaving.abort();
    await gone;
    return { id: "made" };
  });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  await expect(fetch(`${url}/slow`, { method: "POST", signal: leaving.signal })).rejects.toThrow("abort");
  await over;
  const { rows } = await log.read({ limit: 10 });
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  expect(rows).toMatchObject([{ who: "Ada", what: "slow", kind: "change", on: "made", outcome: "done" }]);
});

describe("the files of the audit log", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-audit-"));
  const ticking = fixedClock();
  let passed = 0;
  const log = () => new AuditLog(folder, { now: () => ticking.now() + passed });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const entry = {
    kind: "change",
    by: "user",
    by_id: "u1",
    on: "",
    outcome: "done",
    code: null,
    request_id: "",
  } as const;
  const pages = async (search: Omit<AuditSearch, "limit">, limit: number): Promise<readonly string[][]> => {
    const read: string[][] = [];
    for (let before: string | undefined; ; ) {
      const page = await log().read({ ...search, limit, before });
      read.push(page.rows.map(({ what }) => what));
      if (page.next === null) return read;
      before = page.next;
    }
  };

  it("is a file a month, read page by page from the latest, over months, blocks and cut lines", async () => {
    const first = log();
    for (let at = 0; at < 700; at += 1) first.append({ ...entry, who: at % 2 ? "Odd" : "Even", what: `what-${at}` });
    passed = 40 * 86_400_000;
    appendFileSync(join(folder, "audit", "2026-02.ndjson"), '{"at":"2026-02-01');
    for (let at = 700; at < 1000; at += 1) log().append({ ...entry, who: at % 2 ? "Odd" : "Ëven", what: `what-${at}` });
    expect(readdirSync(join(folder, "audit")).sort()).toEqual(["2026-01.ndjson", "2026-02.ndjson"]);
    const all = Array.from({ length: 1000 }, (_, at) => `what-${999 - at}`);
    for (const limit of [500, 333, 1]) {
      const read = await pages({}, limit);
      expect(read.flat()).toEqual(all);
      expect(read).toHaveLength(Math.ceil(1000 / limit));
    }
    expect((await pages({ who: "odd" }, 100)).flat()).toEqual(all.filter((_, at) => at % 2 === 0));
    expect((await pages({ what: "what-99" }, 100)).flat()).toHaveLength(11);
    expect((await pages({ since: "2026-02" }, 500)).flat()).toEqual(all.slice(0, 300));
    expect((await pages({ until: "2026-02" }, 500)).flat()).toEqual(all.slice(300));
    expect((await pages({ who: "nobody" }, 500)).flat()).toEqual([]);
  });
});
