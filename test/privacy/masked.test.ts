/** Nobody below an analyst, no statement a person writes and no assistant sees where people are reached or live. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { decompress } from "fzstd";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiRoute, routesOf } from "../../bench/support/openapi-routes.mjs";
import { Credentials } from "../../src/api/credentials.ts";
import type { Role } from "../../src/api/role.ts";
import { createServer } from "../../src/api/server.ts";
import { storeServices } from "../../src/api/store/services.ts";
import { maskEmails, masked } from "../../src/warehouse/mask.ts";
import { hiddenColumns, maskedColumns } from "../../src/warehouse/personal-columns.ts";
import { type PlantedShop, person, plantShop } from "./planted-shop.ts";

/** Where planted people are reached and live. */
const secrets = [
  person.email,
  "Ada.Lovelace@Example.com",
  "ben@example.com",
  "carla@example.com",
  person.street,
  "1 High Street",
  "2 Low Road",
  "LS1 1AA",
  "YO1 1AA",
].map((text) => text.toLowerCase());

const compressors = { ZSTD: (packed: Uint8Array) => decompress(packed) };

const secretsIn = (body: string): string[] => secrets.filter((text) => body.toLowerCase().includes(text));

const ownAnalysis = {
  question: "Who are they?",
  title: "Who",
  grain: "one row per customer",
  page: "customers",
  hasPeriod: false,
  columns: { customer_id: { type: "text", meaning: "Id" }, email: { type: "text", meaning: "Address" } },
  chart: { kind: "table" },
};

describe("people in answers", () => {
  let planted: PlantedShop;
  let server: FastifyInstance;
  let credentials: Credentials;
  let routes: readonly ApiRoute[];
  const folder = mkdtempSync(join(tmpdir(), "cartwright-masked-"));

  beforeAll(async () => {
    planted = await plantShop();
    const { workspace, shop } = planted;
    const own = join(shop.folder, "analyses");
    mkdirSync(own);
    writeFileSync(join(own, "who.json"), JSON.stringify(ownAnalysis));
    writeFileSync(join(own, "who.sql"), "select customer_id, email from dim_customer order by customer_id");
    credentials = new Credentials(folder, workspace.clock);
    const store = storeServices(workspace, { open: async () => planted.connection });
    server = await createServer({ workspace, credentials, logFile: null, store });
    const document = await server.inject({ url: "/openapi.json", headers: bearer("admin") });
    routes = routesOf(document.json());
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await planted?.shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const bearer = (role: Role, further: object = {}) => ({
    authorization: `Bearer ${credentials.createToken({ name: role, role, ...further }).secret}`,
  });

  /** What stands at an address for whoever sends these headers. */
  const get = async (url: string, headers: Record<string, string>) =>
    await server.inject({ method: "GET", url, headers });

  const paths = (url: string): readonly string[] => {
    const values: Readonly<Record<string, readonly string[]>> = {
      ":name": ["british", "who"],
      ":field": ["country", "segment", "brand"],
      ":article_id": ["1"],
      ":order_id": ["1", "2", "3"],
      ":customer_id": [String(planted.account)],
      ":mailing_id": ["1"],
    };
    const [parameter] = /:\w+/.exec(url) ?? [];
    return parameter === undefined ? [url] : (values[parameter] ?? ["1"]).map((one) => url.replace(parameter, one));
  };

  /** Every address that is read: each list once as it is, each analysis in every form, each of one customer for Ada. */
  const addresses = (): readonly string[] =>
    routes
      .filter(({ method, url }) => method === "GET" && url !== "/api/v1/live/stream")
      .flatMap(({ url, schemas }) => {
        const fields = Object.keys(schemas.query?.properties ?? {});
        const forms = fields.includes("format") ? ["", "format=csv", "format=ndjson"] : [""];
        const whose = fields.includes("customer_id") ? ["", `customer_id=${person.id}`] : [""];
        const queries = forms.flatMap((form) => whose.map((who) => [form, who].filter(Boolean).join("&")));
        return paths(url).flatMap((path) => queries.map((query) => `${path}?${query}`));
      });

  it("hold no planted e-mail address and no planted street or code for a viewer, on any address that is read", async () => {
    const headers = bearer("viewer");
    const [found, good]: [string[], string[]] = [[], []];
    for (const address of addresses()) {
      // An address each, as the limits of requests are by address.
      const remoteAddress = `10.4.${good.length >> 8}.${good.length & 255}`;
      const answer = await server.inject({ method: "GET", url: address, headers, remoteAddress });
      if (answer.statusCode < 300) good.push(address);
      for (const secret of secretsIn(answer.body)) found.push(`${address}: ${secret}`);
    }
    expect(found).toEqual([]);
    // Refusals prove nothing: most addresses answer.
    expect(good.length).toBeGreaterThan(350);
  }, 300_000);

  it("would be found there: an analyst gets the segment's addresses whole, a viewer masked", async () => {
    const list = "/api/v1/segments/british/customers?format=csv";
    expect(secretsIn((await get(list, bearer("analyst"))).body)).toContain("ben@example.com");
    const shown = (await get(list, bearer("viewer"))).body;
    expect(shown).toContain("b***@example.com");
    expect(secretsIn(shown)).toEqual([]);
    const narrow = await get(list, bearer("viewer", { scopes: ["query"] }));
    expect(narrow.statusCode).toBe(200);
    expect(secretsIn(narrow.body)).toEqual([]);
    const rows = (await get("/api/v1/segments/british/customers", bearer("admin"))).json().rows;
    expect(rows.map(({ email }: { email: string }) => email)).toContain("ben@example.com");
  });

  it("are masked within the words of people for viewers, whole for analysts: searches, reviews, files of both", async () => {
    const search = "/api/v1/analyses/search-terms";
    for (const [role, expected] of [
      ["viewer", "wrote to a***@example.com"],
      ["analyst", `wrote to ${person.email}`],
    ] as const) {
      const { rows } = (await get(search, bearer(role))).json();
      expect(rows.map(({ search_term }: { search_term: string }) => search_term)).toContain(expected);
      const bytes = (await get(`${search}?format=parquet`, bearer(role))).rawPayload;
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      expect((await parquetReadObjects({ file, compressors })).map(({ search_term }) => search_term)).toContain(
        expected,
      );
    }
  });

  it("are masked for whoever holds a shared link", async () => {
    const answer = await server.inject({
      method: "POST",
      url: "/api/v1/shares",
      headers: bearer("analyst"),
      payload: {
        title: "Searches",
        page: "funnel",
        first_day: "2026-01-01",
        last_day: "2026-03-01",
        questions: [{ analysis: "search-terms", query: "" }],
      },
    });
    const secret = answer.json().path.split("#")[1];
    const shown = await get("/api/v1/analyses/search-terms", { authorization: `Share ${secret}` });
    expect(shown.body).toContain("a***@example.com");
    expect(secretsIn(shown.body)).toEqual([]);
  });

  const ask = async (role: Role, sql: string) =>
    await server.inject({ method: "POST", url: "/api/v1/sql", headers: bearer(role), payload: { sql } });

  it("are out of reach of the SQL console, for admins too: what is built is masked, landed columns are refused", async () => {
    const shown = await ask("admin", "select * from dim_customer order by customer_id");
    expect(shown.statusCode).toBe(200);
    expect(secretsIn(shown.body)).toEqual([]);
    expect(shown.body).toContain("b***@example.com");
    expect(shown.body).toContain("YO***");
    for (const [table, columns] of Object.entries(hiddenColumns)) {
      for (const column of columns) {
        for (const sql of [
          `select ${column} from ${table}`,
          `select count() from ${table} where toString(${column}) like 'a%'`,
          `select ${column} from merge(currentDatabase(), '^${table}$')`,
          `select * from ${table}`,
        ])
          expect({ sql, code: (await ask("admin", sql)).json().code }).toEqual({ sql, code: "query_refused" });
      }
    }
    const names = Object.keys(hiddenColumns).concat(
      Object.keys(maskedColumns),
      "dim_users",
      "shown_rejects",
      "stg_reviews",
    );
    for (const table of names.filter((name) => !(name in hiddenColumns)))
      expect([table, secretsIn((await ask("admin", `select * from ${table}`)).body)]).toEqual([table, []]);
    const words = await ask("admin", "select properties from fct_events where properties like '%wrote to%'");
    expect(words.body).toContain("wrote to a***@example.com");
  });

  it("are masked in an analysis of the workspace's own, whoever asks", async () => {
    const answer = await get("/api/v1/analyses/who", bearer("admin"));
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().rows.map(({ email }: { email: string }) => email)).toContain("b***@example.com");
    expect(secretsIn(answer.body)).toEqual([]);
  });

  it("are masked for an assistant, though an admin has sent it", async () => {
    const answer = await server.inject({
      method: "POST",
      url: "/mcp",
      headers: { ...bearer("admin"), accept: "application/json, text/event-stream" },
      payload: {
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name: "run-analysis", arguments: { name: "search-terms" } },
      },
    });
    expect(answer.body).toContain("a***@example.com");
    expect(secretsIn(answer.body)).toEqual([]);
  });

  it("have a mask that stays as it is when it is masked again, and JSON stays JSON", () => {
    expect(maskEmails("To ada.lovelace+x@example.co.uk, b@c.de; no@where")).toBe(
      "To a***@example.co.uk, b***@c.de; no@where",
    );
    expect(maskEmails(maskEmails(person.email))).toBe("a***@example.com");
    expect(masked({ "a@b.de": ["\u0001ü@x.de", 1, null] })).toEqual({ "a***@b.de": ["\u0001***@x.de", 1, null] });
    const from = performance.now();
    maskEmails(`${"a".repeat(1_000_000)}@`);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});
