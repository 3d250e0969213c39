/** Who may use what: every operation of the OpenAPI document, asked by everybody, is allowed or refused as declared. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { type Role, roles } from "../src/api/role.ts";
import { scopes } from "../src/api/scopes.ts";
import { createServer } from "../src/api/server.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly security?: readonly unknown[];
  readonly "x-role"?: Role;
  readonly "x-scope"?: string;
  readonly "x-audit"?: string;
}

const dayMs = 86_400_000;

/** What is no reading by its method and open to viewers: views and boards, one's own choices, assistants, and a question too long for an address. */
const viewersChange = [
  "add-board-card",
  "change-board",
  "change-view",
  "choose-start-page",
  "choose-viewpoint",
  "delete-board",
  "delete-view",
  "forget-start-page",
  "mcp",
  "save-board",
  "save-view",
  "size-of-rule",
];

describe("access", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let base: string;
  let credentials: Credentials;
  let operations: readonly Operation[];
  let passed = 0;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-access-"));
  const ticking = fixedClock();
  const clock = { now: () => ticking.now() + passed };

  beforeAll(async () => {
    shop = await openTestShop();
    credentials = new Credentials(folder, clock);
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    base = await server.listen({ port: 0, host: "127.0.0.1" });
    const secret = tokenOf("admin");
    const answer = await fetch(`${base}/openapi.json`, { headers: { authorization: `Bearer ${secret}` } });
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
    );
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenOf = (role: Role, further: { scopes?: (typeof scopes)[number][]; expires_days?: number } = {}): string =>
    credentials.createToken({ name: role, role, ...further }).secret;

  /** Status and code of a request that the guard sees whole, and that does nothing if it is let through: what it sends cannot be read. */
  async function ask({ method, path }: Operation, secret?: string): Promise<{ status: number; code: string }> {
    const url = `${base}${path.replace(/\{\w+\}/g, "none")}?no_such_parameter=1`;
    const leave = new AbortController();
    const answer = await fetch(url, {
      method,
      signal: leave.signal,
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(method === "GET" ? {} : { "content-type": "application/unreadable" }),
      },
      ...(method === "GET" ? {} : { body: "?" }),
    });
    const isProblem = (answer.headers.get("content-type") ?? "").includes("problem+json");
    const code = isProblem ? ((await answer.json()) as { code: string }).code : "";
    leave.abort();
    return { status: answer.status, code };
  }

  const refusals = new Set(["not_signed_in", "not_allowed", "token_expired", "scope_missing"]);
  const mayOf = (operation: Operation): Role => operation["x-role"] ?? "viewer";
  const isGuarded = (operation: Operation): boolean => operation["x-role"] !== undefined;

  /** The refusal that each guarded operation gives, beside the one expected; only those that differ. */
  async function differing(secret: string | undefined, expected: (operation: Operation) => string | null) {
    const wrong: string[] = [];
    for (const operation of operations.filter(isGuarded)) {
      const { status, code } = await ask(operation, secret);
      const refusal = refusals.has(code) ? code : null;
      if (refusal !== expected(operation) || status === 429)
        wrong.push(`${operation.method} ${operation.path}: ${status} ${code}, expected ${expected(operation)}`);
    }
    return wrong;
  }

  it("every operation says who may use it, or that anyone may", () => {
    expect(operations.filter((one) => !isGuarded(one) && one.security === undefined).map((one) => one.path)).toEqual(
      [],
    );
    expect(operations.filter(isGuarded).length).toBeGreaterThan(200);
  });

  it("a viewer changes nothing but views, boards and own choices, and only admins change the store, its files and who may sign in", () => {
    const changes = operations.filter((one) => isGuarded(one) && one.method !== "GET");
    const byViewer = changes.filter((one) => mayOf(one) === "viewer").map((one) => one.operationId);
    expect(byViewer.sort()).toEqual(viewersChange);
    const closed = /^\/api\/v1\/(imports|tokens|users|sessions|write-keys|personal-data|store\/desk)/;
    const byOthers = changes.filter((one) => closed.test(one.path) && mayOf(one) !== "admin").map((one) => one.path);
    // It compares the store with the warehouse, and changes neither.
    expect(byOthers).toEqual(["/api/v1/store/desk/reconciliation"]);
  });

  it("refuses everything to a stranger", async () => {
    expect(await differing(undefined, () => "not_signed_in")).toEqual([]);
  }, 120_000);

  it.each(roles)(
    "lets the role %s do what is declared for it",
    async (role) => {
      const rank = roles.indexOf(role);
      const expected = (one: Operation) => (roles.indexOf(mayOf(one)) <= rank ? null : "not_allowed");
      expect(await differing(tokenOf(role), expected)).toEqual([]);
    },
    240_000,
  );

  it.each(scopes)(
    "lets a token of the scope %s do that and nothing else",
    async (scope) => {
      const covered = (one: Operation) => (one["x-scope"] === scope ? null : "scope_missing");
      expect(operations.filter((one) => covered(one) === null).length).toBeGreaterThan(0);
      expect(await differing(tokenOf("admin", { scopes: [scope] }), covered)).toEqual([]);
    },
    240_000,
  );

  it("writes every operation that changes something into the audit log, also when it is refused", async () => {
    const { secret, id } = credentials.createToken({ name: "auditor", role: "admin" });
    const changes = operations.filter((one) => isGuarded(one) && one.method !== "GET");
    for (const operation of changes) await ask(operation, secret);
    const answer = await fetch(`${base}/api/v1/audit?who=${id}&limit=500`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const { rows } = (await answer.json()) as { rows: readonly { what: string; kind: string; request_id: string }[] };
    const missing = changes.filter(
      (one) => !rows.some((row) => row.what === one.operationId && row.kind === one["x-audit"]),
    );
    expect(missing.map((one) => one.operationId).sort()).toEqual(["mcp", "size-of-rule", "try-alert"]);
    expect(new Set(rows.map((row) => row.request_id)).size).toBe(rows.length);
    expect(rows).toHaveLength(changes.length - missing.length);
  }, 120_000);

  it("gives a token with scopes no more than its role", async () => {
    const secret = tokenOf("viewer", { scopes: ["query", "import"] });
    const asked = async (id: string) => (await ask(operationOf(id), secret)).code;
    expect(await asked("upload-import")).toBe("not_allowed");
    expect(await asked("sql")).toBe("not_allowed");
    expect(refusals.has(await asked("list-segments"))).toBe(false);
  });

  it("refuses everything to a token whose days are over, and nothing the moment before", async () => {
    const secret = tokenOf("admin", { expires_days: 1 });
    passed += dayMs - 60_000;
    expect((await ask(operationOf("shop"), secret)).status).toBe(200);
    passed += 60_000;
    expect(await differing(secret, () => "token_expired")).toEqual([]);
  }, 120_000);

  const operationOf = (id: string): Operation => {
    const found = operations.find((one) => one.operationId === id);
    if (!found) throw new Error(`no operation ${id}`);
    return found;
  };
});
