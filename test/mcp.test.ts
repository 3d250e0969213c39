/** Assistants ask a shop with the protocol's own client: over standard input and output beside a running shop, and over HTTP with a token. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../src/analyses/index.ts";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { metrics } from "../src/metrics/index.ts";
import { ensureBuilt } from "./support/built.ts";
import { program } from "./support/program.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const events = `event_at,event_type,customer_id,session_id,product_id,price
2026-03-01T10:00:00Z,view,ada,s1,kettle,20.00
2026-03-01T10:01:00Z,purchase,ada,s1,kettle,20.00
2026-03-02T09:00:00Z,purchase,ben,s2,kettle,22.50
`;

interface Cite {
  readonly definition_version: string;
  readonly data_version: string;
  readonly currency: string;
  readonly columns: readonly { name: string; meaning: string }[];
  readonly metrics: readonly { name: string; meaning: string }[];
}

let shop: TestShop;
let server: FastifyInstance;
let credentials: Credentials;
let address: string;
const folder = mkdtempSync(join(tmpdir(), "cartwright-mcp-"));

beforeAll(async () => {
  await ensureBuilt();
  shop = await openTestShop();
  writeFileSync(join(folder, "events.csv"), events);
  await shop.load([join(folder, "events.csv")]);
  credentials = new Credentials(folder, fixedClock());
  server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
  address = await server.listen({ host: "127.0.0.1", port: 0 });
}, 600_000);
afterAll(async () => {
  await server.close();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

function httpTransport(token: string): StreamableHTTPClientTransport {
  const headers = { authorization: `Bearer ${token}` };
  return new StreamableHTTPClientTransport(new URL("/mcp", address), { requestInit: { headers } });
}

const transports = {
  "standard input and output": () =>
    new StdioClientTransport({ command: process.execPath, args: [program, "mcp", "--workspace", shop.folder] }),
  HTTP: () => httpTransport(credentials.createToken({ name: "assistant", role: "viewer", scopes: ["query"] }).secret),
};

describe.each(Object.entries(transports))("an assistant over %s", (_, transportOf) => {
  const client = new Client({ name: "test", version: "1" });
  beforeAll(async () => await client.connect(transportOf()), 120_000);
  afterAll(async () => await client.close());

  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const { isError = false, content, structuredContent } = await client.callTool({ name, arguments: given });
    const [first] = content as { type: string; text: string }[];
    return { isError, text: first?.text ?? "", answer: structuredContent as Record<string, unknown> };
  };

  it("is told of which days and in what money, and finds only tools that change nothing", async () => {
    expect(client.getInstructions()).toMatch(
      /2026-03-01 to 2026-03-02, days in UTC, columns ending in _minor in minor units, 100 to the GBP/,
    );
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "find-analyses",
      "describe-analysis",
      "run-analysis",
      "define-terms",
    ]);
    for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true);
  });

  it("finds analyses by words and reads what each means", async () => {
    const find = async (words?: string): Promise<string[]> => {
      const { answer } = await call("find-analyses", words === undefined ? {} : { words });
      return (answer.analyses as { name: string }[]).map(({ name }) => name);
    };
    expect(await find()).toEqual(catalogue.map(({ name }) => name));
    const found = await find("Revenue CATEGORY");
    expect(found).toContain("revenue-by-category");
    expect(found.length).toBeLessThan(catalogue.length / 2);
    const { answer } = await call("describe-analysis", { name: "revenue-by-category" });
    expect(answer.definition).toMatch(/\w{20,}|\n/);
    expect(answer.params).toEqual(expect.arrayContaining([expect.objectContaining({ name: "period_start" })]));
  });

  it("gets the rows everybody gets, with what they mean and of which data they are", async () => {
    const { answer } = await call("run-analysis", { name: "revenue-over-time", params: { grain: "day" } });
    expect(answer.rows).toEqual(JSON.parse(JSON.stringify(await shop.query("revenue-over-time", { grain: "day" }))));
    const revenue = (answer.rows as { net_revenue_minor: number }[]).map((row) => row.net_revenue_minor);
    expect(revenue).toEqual([2000, 2250]);
    const cite = answer.cite as Cite;
    expect(cite).toMatchObject({ currency: "GBP", minor_units: 100 });
    expect(cite.data_version).not.toBe("");
    expect(cite.definition_version).toMatch(/^[0-9a-f]{8}$/);
    expect(cite.metrics.length).toBeGreaterThan(0);
    for (const one of [...cite.metrics, ...cite.columns]) expect(one.meaning).not.toBe("");
  });

  it("is told how many rows were left out", async () => {
    const { answer } = await call("run-analysis", {
      name: "revenue-over-time",
      params: { grain: "day" },
      most_rows: 1,
    });
    expect(answer).toMatchObject({ row_count: 2, is_cut: true });
    expect(answer.rows).toHaveLength(1);
  });

  it("is told what is wrong with a question, and what to do", async () => {
    expect(await call("run-analysis", { name: "no-such" })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/no analysis "no-such".*find-analyses/),
    });
    expect(await call("run-analysis", { name: "funnel", params: { period_start: "soon" } })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/period_start .*soon/),
    });
    expect(await call("run-analysis", { name: "funnel", most_rows: 1e9 })).toMatchObject({ isError: true });
  });

  it("reads the glossary", async () => {
    const { terms } = (await call("define-terms")).answer as { terms: { name: string }[] };
    expect(terms.map(({ name }) => name)).toEqual(metrics.map(({ name }) => name));
  });
});

describe("who may ask over HTTP", () => {
  const answerTo = async (headers: Record<string, string>): Promise<number> => {
    const body = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const accept = "application/json, text/event-stream";
    const answer = await fetch(new URL("/mcp", address), {
      method: "POST",
      headers: { accept, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it("is somebody with a token that covers questions", async () => {
    const tokenOf = (scopes: ("query" | "import")[]) =>
      `Bearer ${credentials.createToken({ name: scopes.join("-"), role: "analyst", scopes }).secret}`;
    expect(await answerTo({})).toBe(401);
    expect(await answerTo({ authorization: tokenOf(["import"]) })).toBe(403);
    expect(await answerTo({ authorization: tokenOf(["query"]) })).toBe(200);
  });

  it("is answered in words when what was sent is no question", async () => {
    const token = credentials.createToken({ name: "rubbish", role: "viewer" }).secret;
    const ask = async (method: string, body?: string) =>
      await fetch(new URL("/mcp", address), {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body }),
      });
    expect((await ask("GET")).status).toBe(405);
    for (const body of ["", "{", "[]", '"text"', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":7}']) {
      const { status } = await ask("POST", body);
      expect(status, body).toBeGreaterThanOrEqual(400);
      expect(status, body).toBeLessThan(500);
    }
  });
});
