/** Every analysis appears on every surface: route, OpenAPI operation, command, dashboard catalogue and reference page. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../src/analyses/index.ts";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { createProgram } from "../src/cli/main.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const names = catalogue.map((analysis) => analysis.name);

describe("surfaces", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-surfaces-"));

  beforeAll(async () => {
    shop = await openTestShop();
    const credentials = new Credentials(folder, fixedClock());
    token = credentials.createToken({ name: "test", role: "analyst" }).secret;
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(catalogue)("$name answers over HTTP in an empty shop with the declared columns only", async (analysis) => {
    const required = Object.entries(analysis.allParams).filter(([, param]) => param.isRequired);
    const query = Object.fromEntries(required.map(([name]) => [name, "1"]));
    const answer = await server.inject({
      url: `/api/v1/analyses/${analysis.name}`,
      query,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    const { rows, meta } = answer.json() as { rows: Record<string, unknown>[]; meta: { row_count: number } };
    expect(meta.row_count).toBe(rows.length);
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(Object.keys(analysis.columns).sort());
  });

  it("each has a route and an explanation in the OpenAPI document", async () => {
    const { paths } = (
      await server.inject({ url: "/openapi.json", headers: { authorization: `Bearer ${token}` } })
    ).json() as { paths: Record<string, unknown> };
    expect(names.filter((name) => !(`/api/v1/analyses/${name}` in paths))).toEqual([]);
    expect(names.filter((name) => !(`/api/v1/analyses/${name}/explain` in paths))).toEqual([]);
  });

  it("each is a command with a flag for every parameter", () => {
    const query = createProgram().commands.find((command) => command.name() === "query");
    for (const analysis of catalogue) {
      const command = query?.commands.find((one) => one.name() === analysis.name);
      const flags = command?.options.map((option) => option.long) ?? [];
      for (const name of Object.keys(analysis.allParams))
        expect(flags, analysis.name).toContain(`--${name.replaceAll("_", "-")}`);
    }
  });

  it("each is in the dashboard's catalogue and on the reference page", () => {
    const web = readFileSync(join(root, "web/generated/catalogue.ts"), "utf8");
    const page = readFileSync(join(root, "docs/reference/analyses.md"), "utf8");
    expect(names.filter((name) => !web.includes(`"name": "${name}"`))).toEqual([]);
    expect(names.filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
  });

  it("each export has one header line of the declared columns", async () => {
    for (const analysis of catalogue) {
      const answer = await server.inject({
        url: `/api/v1/analyses/${analysis.name}?format=csv`,
        headers: { authorization: `Bearer ${token}` },
      });
      if (answer.statusCode === 400) continue;
      expect(answer.body.split("\r\n")[0], analysis.name).toBe(Object.keys(analysis.columns).join(","));
    }
  });
});
