/** Requests of every kind to every documented operation, as everybody: what is answered is documented, and never a fault. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "./support/built.ts";

const script = fileURLToPath(new URL("../bench/api-fuzz.mjs", import.meta.url));

describe("requests made from the server's own document", () => {
  beforeAll(ensureBuilt);

  it("of four seeds, 2,000 in all: no fault, no undocumented status, no answer unlike its schema; the workspace verifies", async () => {
    const words = [script, "--requests", "2000", "--seed", "40", "--seeds", "4"];
    const run = await promisify(execFile)(process.execPath, words, { maxBuffer: 2 ** 26 }).catch((error) => error);
    const found = JSON.parse(run.stdout);
    expect(found.faults).toEqual([]);
    expect(found.lost).toEqual([]);
    expect(found.unverified).toBeNull();
    expect(found.log).toEqual([]);
    expect(found.isRunning).toBe(true);
    // They reach the handlers, and are refused at every door: a fuzz that meets one kind of answer alone proves nothing.
    expect(found.statuses[200]).toBeGreaterThan(400);
    for (const status of [400, 401, 403, 404]) expect(found.statuses[status]).toBeGreaterThan(50);
    expect(found.answers_checked_by_schema).toBeGreaterThan(100);
    expect(found.operations).toBeGreaterThan(360);
  }, 420_000);

  it("would notice a fault, a status nobody documented, an answer unlike its schema and an error that is no problem document", async () => {
    const { faultOf } = await import("../bench/support/api-fuzz.mjs");
    const { routesOf } = await import("../bench/support/openapi-routes.mjs");
    const schema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
    const responses = { 200: { content: { "application/json": { schema } } }, 503: {} };
    const [route] = routesOf({ paths: { "/n": { get: { operationId: "n", responses } } } });
    if (!route) throw new Error("no route");
    const json = { "content-type": "application/json" };
    const problem = (status: number) => ({
      status,
      headers: { "content-type": "application/problem+json" },
      body: JSON.stringify({ status, code: "a", remedy: "b" }),
    });
    expect(faultOf(route, { status: 200, headers: json, body: '{"n":1}' })).toBeNull();
    expect(faultOf(route, { status: 200, headers: json, body: '{"n":"1"}' })).toMatch(/not as documented: n/);
    expect(faultOf(route, problem(503))).toMatch(/^503/);
    expect(faultOf(route, problem(418))).toMatch(/418 is not documented/);
    expect(faultOf(route, { status: 404, headers: {}, body: "" })).toMatch(/no problem document/);
  });
});
