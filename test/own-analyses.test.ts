/** Analyses of a workspace's own: on every surface, as their files say at the moment, and none of them harms another. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { describeCornerShop } from "./support/corner-shop.ts";
import { fixedClock } from "./support/shop.ts";

const program = fileURLToPath(new URL("../bin/cartwright", import.meta.url));

const declaration = {
  title: "Gross by country",
  question: "Which countries bring the gross revenue?",
  grain: "one row per country",
  page: "sales",
  params: { min_orders: { type: "integer", min: 1, max: 1000, default: 1, meaning: "Fewest orders of a country" } },
  filters: ["country", "brand"],
  columns: {
    country: { type: "text", meaning: "Country of the order" },
    order_count: { type: "count", meaning: "Orders" },
    gross_minor: { type: "money", meaning: "Gross value of the orders" },
  },
  chart: { kind: "bar", x: "country", y: "gross_minor" },
};
const sql = `/* gross by country */
WITH totals AS (
    select country, count() as order_count, sum(gross_minor) as gross_minor
    from scoped_orders
    group by country
)
select country, order_count, gross_minor
from totals
where order_count >= {min_orders:UInt32}
order by gross_minor desc, country;
`;

describeCornerShop("own analyses", (_query, shop) => {
  let server: FastifyInstance;
  let folder: string;
  const secrets = mkdtempSync(join(tmpdir(), "cartwright-own-"));
  const credentials = new Credentials(secrets, fixedClock());
  const viewer = `Bearer ${credentials.createToken({ name: "ada", role: "viewer" }).secret}`;
  const analyst = `Bearer ${credentials.createToken({ name: "ben", role: "analyst" }).secret}`;

  beforeAll(async () => {
    folder = join(shop().folder, "analyses");
    server = await createServer({ workspace: shop().workspace, credentials, logFile: null });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    rmSync(secrets, { recursive: true, force: true });
  });
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  });

  const write = (name: string, declared: object | string, statement: string = sql): void => {
    const text = typeof declared === "string" ? declared : JSON.stringify(declared, null, 2);
    writeFileSync(join(folder, `${name}.json`), text);
    writeFileSync(join(folder, `${name}.sql`), statement);
  };
  const get = async (path: string, headers: Record<string, string> = {}) =>
    await server.inject({ url: `/api/v1${path}`, headers: { authorization: viewer, ...headers } });
  const rowsOf = async (path: string): Promise<unknown> => {
    const answer = await get(path);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().rows;
  };
  const refused = async (path = "/analyses/gross"): Promise<string> => {
    const answer = await get(path);
    expect(answer.json()).toMatchObject({ code: "own_analysis_invalid", status: 422 });
    return answer.json().detail;
  };
  const command = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, [...args, "--workspace", shop().folder], {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, out: stdout, words: stderr };
  };

  // United Kingdom: O01 30, O02 40, O03 9, O07 30, O13 30, O14 30, O15 20, O17 30, O18 30, O21 20, O22 50, O25 5.
  const kingdom = { country: "United Kingdom", order_count: 12, gross_minor: 32400 };
  // France: O04 70, O05 30, O24 60, O28 0. Germany: O08 10, O16 90, O20 30, O23 10. Spain: O10 20.
  const france = { country: "France", order_count: 4, gross_minor: 16000 };
  const germany = { country: "Germany", order_count: 4, gross_minor: 14000 };
  const spain = { country: "Spain", order_count: 1, gross_minor: 2000 };
  const csv = "country,order_count,gross_minor\r\nUnited Kingdom,12,32400\r\nFrance,4,16000\r\nGermany,4,14000\r\n";

  it("answer over HTTP with parameters, period and filters, and as files", async () => {
    write("gross", declaration);
    expect(await rowsOf("/analyses/gross")).toEqual([kingdom, france, germany, spain]);
    expect(await rowsOf("/analyses/gross?min_orders=5")).toEqual([kingdom]);
    // In March: O14 30, O15 20, O17 30, O18 30 here, O16 90 and O20 30 in Germany.
    expect(await rowsOf("/analyses/gross?period_start=2025-03-01&period_end=2025-04-01")).toEqual([
      { ...germany, order_count: 2, gross_minor: 12000 },
      { ...kingdom, order_count: 4, gross_minor: 11000 },
    ]);
    expect(await rowsOf("/analyses/gross?country=Spain&country=France")).toEqual([france, spain]);
    expect((await get("/analyses/gross?min_orders=4&format=csv")).body).toBe(csv);
    expect((await get("/analyses/gross?min_orders=5&format=ndjson")).body).toBe(`${JSON.stringify(kingdom)}\n`);
    expect((await get("/analyses/gross?format=parquet")).body.slice(0, 4)).toBe("PAR1");
    expect((await get("/analyses/gross?min_orders=0")).json()).toMatchObject({ code: "invalid_parameter" });
    expect((await get("/analyses/gross?colour=red")).json()).toMatchObject({ code: "unknown_parameter" });
  });

  it("explain themselves, and are listed in the catalogue and in the OpenAPI document", async () => {
    write("gross", declaration);
    writeFileSync(join(folder, "gross.md"), "# Gross\n\nBefore refunds.\n");
    expect((await get("/analyses/gross/explain")).json()).toMatchObject({
      question: declaration.question,
      definition: expect.stringContaining("Before refunds."),
      sql: expect.stringContaining("scoped_orders as ("),
      params: { min_orders: 1, period_start: "2025-01-02" },
      tables: ["fct_orders"],
    });
    const listed = (await get("/catalogue")).json().rows as { name: string }[];
    expect(listed.at(-1)).toMatchObject({ name: "gross", page: "sales", title: "Gross by country" });
    for (const url of ["/openapi.json", "/docs/json"]) {
      const document = (await server.inject({ url, headers: { authorization: viewer } })).json();
      const { get: operation } = document.paths["/api/v1/analyses/gross"];
      expect(operation).toMatchObject({ operationId: "gross", summary: "Gross by country" });
      expect(operation.parameters).toContainEqual({
        in: "query",
        name: "min_orders",
        required: false,
        description: "Fewest orders of a country",
        schema: { type: "integer", minimum: 1, maximum: 1000, default: 1 },
      });
      const { get: builtIn } = document.paths["/api/v1/analyses/top-products"];
      expect(Object.keys(operation).sort()).toEqual(Object.keys(builtIn).sort());
    }
  });

  it("change with their files at once, ETag included, and are gone with them", async () => {
    write("gross", declaration);
    const before = await get("/analyses/gross");
    const etag = String(before.headers.etag);
    expect((await get("/analyses/gross", { "if-none-match": etag })).statusCode).toBe(304);
    expect((await get("/analyses/gross")).headers["cache-status"]).toBe("cartwright; hit");
    write("gross", declaration, sql.replace("sum(gross_minor)", "sum(net_minor)"));
    const after = await get("/analyses/gross", { "if-none-match": etag });
    expect(after.statusCode).toBe(200);
    // O04 lost 10, O10 lost 20.
    expect(after.json().rows).toMatchObject([{ gross_minor: 32400 }, { gross_minor: 15000 }, {}, { gross_minor: 0 }]);
    write("gross", declaration, sql.replace("sum(gross_minor)", "sum(gross_minor) + 0 * toInt64(now())"));
    const { headers } = await get("/analyses/gross");
    expect([headers.etag, headers["cache-status"]], "the clock changes what nothing else does").toEqual([
      undefined,
      undefined,
    ]);
    rmSync(join(folder, "gross.json"));
    expect(await refused()).toBe("analyses/gross.json: the file is missing");
    rmSync(join(folder, "gross.sql"));
    expect((await get("/analyses/gross")).json()).toMatchObject({ code: "unknown_analysis", status: 404 });
  });

  it("run from the command line like the built-in ones", () => {
    write("gross", declaration);
    expect(command("query", "gross", "--min-orders", "4", "--format", "csv")).toMatchObject({ code: 0, out: csv });
    const help = command("query", "gross", "--help");
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining("--min-orders <value>") });
    expect(command("query", "--list", "--format", "csv").out).toContain(`gross,sales,${declaration.question}`);
    const named = ["query", "--workspace", shop().folder, "gross", "--min-orders", "4", "--format", "csv"];
    expect(spawnSync(program, named, { encoding: "utf8" }).stdout).toBe(csv);
    expect(command("query", "nothing")).toMatchObject({ code: 2, words: expect.stringContaining("no analysis") });
  });

  it("begin from a template that works, and are looked over by a command", async () => {
    expect(command("analyses", "new", "orders-by-country").code).toBe(0);
    expect(await rowsOf("/analyses/orders-by-country?min_orders=12")).toEqual([
      { country: "United Kingdom", order_count: 12, average_order_value_minor: 2700 },
    ]);
    expect(command("analyses", "new", "orders-by-country").code).toBe(2);
    expect(command("analyses", "new", "funnel").words).toContain("built-in");
    expect(command("analyses", "new", "../outside").code).toBe(2);
    write("slip", declaration, sql.replace("sum(gross_minor)", "summ(gross_minor)"));
    const check = command("analyses", "check", "--format", "json");
    expect(check.code).toBe(2);
    expect(JSON.parse(check.out)).toMatchObject([
      { name: "orders-by-country", status: "right", row_count: 4 },
      { name: "slip", status: "wrong", problem: expect.stringMatching(/^analyses\/slip\.sql: .*summ/s) },
    ]);
    expect(command("analyses", "check", "orders-by-country").code).toBe(0);
  });

  const without = (field: string) => Object.fromEntries(Object.entries(declaration).filter(([name]) => name !== field));
  const withColumns = (columns: object) => ({ ...declaration, columns: { ...declaration.columns, ...columns } });
  it.each<readonly [string, object | string, string, string]>([
    ["no JSON", '{\n  "title": "x",\n  "question" "y"\n}', sql, "gross.json:3: not valid JSON (ColonExpected)"],
    ["a field missing", without("title"), sql, "gross.json:1: title: Invalid input"],
    ["a field too many", { titel: "x", ...declaration }, sql, 'gross.json:2: unknown field "titel"; known: title, '],
    ["a page there is not", { ...declaration, page: "home" }, sql, "gross.json:5: page: Invalid option"],
    [
      "a type of parameter there is not",
      { ...declaration, params: { min_orders: { type: "int", meaning: "x" } } },
      sql,
      "params.min_orders.type: ",
    ],
    [
      "a type of column there is not",
      withColumns({ country: { type: "string", meaning: "x" } }),
      sql,
      "columns.country",
    ],
    ["no columns", { ...declaration, columns: {} }, sql, "columns: must name at least one column"],
    [
      "a chart of no column",
      { ...declaration, chart: { kind: "bar", x: "country", y: "revenue" } },
      sql,
      'gross.json: chart.y: there is no column "revenue"',
    ],
    [
      "a chart of a column it cannot draw",
      { ...declaration, chart: { kind: "line", x: "country", y: "gross_minor" } },
      sql,
      'chart.x: the column "country" is of unit text; a line draws day, month here',
    ],
    ["a metric there is not", { ...declaration, metrics: ["joy"] }, sql, 'metrics: there is no metric "joy"'],
    [
      "a default out of range",
      { ...declaration, params: { min_orders: { ...declaration.params.min_orders, default: 0 } } },
      sql,
      "gross.json: params.min_orders.default: must be at least 1, got 0",
    ],
    [
      "a parameter of a common name",
      { ...declaration, params: { ...declaration.params, brand: { type: "text", meaning: "x" } } },
      sql,
      "params.brand: this name belongs to every analysis",
    ],
    [
      "an unknown parameter in the SQL",
      declaration,
      sql.replace("min_orders", "least"),
      'gross.sql: {least:UInt32}: there is no parameter "least"',
    ],
    [
      "a parameter of another type in the SQL",
      declaration,
      sql.replace("UInt32", "String"),
      'the parameter "min_orders" is bound as {min_orders:UInt32}',
    ],
    [
      "a parameter nobody reads",
      declaration,
      sql.replace("{min_orders:UInt32}", "1"),
      'the parameter "min_orders" is not read',
    ],
    ["no period", declaration, sql.replace("scoped_orders", "fct_orders"), "hasPeriod is true, but no period is read"],
    ["a period unasked", { ...declaration, hasPeriod: false }, sql, "hasPeriod is false"],
    [
      "a filter that narrows nothing",
      { ...declaration, filters: ["country"] },
      "select country, count() as order_count, sum(gross_minor) as gross_minor from fct_orders where ordered_on >= {period_start:Date} and ordered_on < {period_end:Date} and {min_orders:UInt32} > 0 group by country",
      'the filter "country" narrows nothing',
    ],
    ["an insert", declaration, "insert into fct_orders select * from fct_orders", "is not a select"],
    ["a format", declaration, `${sql.replace(";", "")} format CSV`, "leave out the format clause"],
  ])("with %s are refused, naming file and place", async (_what, declared, statement, words) => {
    write("gross", declared, statement);
    const detail = await refused();
    expect(detail).toMatch(/^analyses\/gross\.(json|sql)/);
    expect(detail).toContain(words);
    const { rows, faults } = (await get("/own-analyses")).json();
    expect(rows).toEqual([]);
    expect(faults).toMatchObject([{ name: "gross", code: "own_analysis_invalid", detail }]);
  });

  it.each([
    ["a table there is not", sql.replace("scoped_orders", "scoped_orders, missing_table"), /missing_table/],
    [
      "a file of the machine",
      sql.replace("from totals", "from totals, file('/etc/passwd', 'CSV', 'a String')"),
      /grant|ACCESS_DENIED/,
    ],
    [
      "another server",
      sql.replace("from totals", "from totals, url('http://127.0.0.1:1/', 'CSV', 'a String')"),
      /grant|ACCESS_DENIED/,
    ],
    ["the users of the engine", sql.replace("from totals", "from totals, system.users"), /grant|ACCESS_DENIED/],
    ["settings of its own", sql.replace(";", " settings max_execution_time = 0"), /READONLY/],
    ["two statements", sql.replace(";", "; select 1"), /SYNTAX_ERROR|Multi/],
  ])("that ask for %s are refused by the engine, also as files", async (_what, statement, words) => {
    write("gross", declaration, statement);
    for (const query of ["", "?format=csv", "?format=ndjson", "?format=parquet"]) {
      const detail = await refused(`/analyses/gross${query}`);
      expect(detail).toMatch(/^analyses\/gross\.sql: /);
      expect(detail).toMatch(words);
    }
  });

  it.each([
    [
      "a column missing",
      sql.replace("select country, order_count, gross_minor", "select country, order_count"),
      "the column gross_minor is missing",
    ],
    [
      "a column more",
      sql.replace("gross_minor\nfrom", "gross_minor, 1 as surplus\nfrom"),
      "the column surplus is not declared",
    ],
    [
      "a value of another type",
      sql
        .replace(
          "select country, order_count,",
          "select country, if(country = 'United Kingdom', -1, 1) as order_count,",
        )
        .replace("where order_count", "where totals.order_count"),
      "column order_count of row 1: expected a count of zero or more, got -1",
    ],
  ])("whose rows have %s are refused, naming it, also as files", async (_what, statement, words) => {
    write("gross", declaration, statement);
    for (const query of ["", "?format=csv", "?format=ndjson", "?format=parquet"])
      expect(await refused(`/analyses/gross${query}`)).toBe(`analyses/gross.json: ${words}`);
  });

  it("stand beside wrong ones unharmed, and none takes the name of a built-in one", async () => {
    write("gross", declaration);
    write("funnel", declaration);
    write("broken", "{");
    const { rows, faults } = (await get("/own-analyses")).json();
    expect(rows).toMatchObject([{ name: "gross", revision: expect.any(String) }]);
    expect(faults).toMatchObject([
      { name: "broken", page: "own" },
      { name: "funnel", page: "own", detail: expect.stringContaining('"funnel" is the name of a built-in analysis') },
    ]);
    expect(await rowsOf("/analyses/gross?min_orders=12")).toEqual([kingdom]);
    expect((await get("/analyses/funnel")).json().rows[0]).toHaveProperty("step");
    expect((await get("/analyses/..%2F..%2Fcartwright")).statusCode).toBe(404);
  });

  it("are never kept where their SQL reads the clock", async () => {
    write("gross", declaration, sql.replace("where ", "where today() > '2020-01-01' and "));
    expect((await get("/analyses/gross")).headers.etag).toBeUndefined();
  });

  it("can be watched by an alert, which says when their files are gone or wrong", async () => {
    write("gross", declaration);
    const body = {
      title: "Kingdom",
      analysis: "gross",
      column: "gross_minor",
      where: { country: "United Kingdom" },
      last_days: 400,
      condition: { kind: "above", value: 32399 },
    };
    const post = async (path: string) =>
      await server.inject({
        method: "POST",
        url: `/api/v1${path}`,
        headers: { authorization: analyst },
        payload: body,
      });
    const tried = await post("/alerts/try");
    expect(tried.json()).toMatchObject({ finding: { value: kingdom.gross_minor, isMet: true } });
    rmSync(join(folder, "gross.sql"));
    expect((await post("/alerts/try")).json()).toMatchObject({ code: "own_analysis_invalid", status: 422 });
    rmSync(join(folder, "gross.json"));
    expect((await post("/alerts/try")).json()).toMatchObject({ code: "kept_invalid" });
  });

  it("may be part of a shared link, which answers them word for word and nothing else of their own", async () => {
    write("gross", declaration);
    write("other", declaration);
    const query = "period_start=2025-01-01&period_end=2025-04-21";
    const made = await server.inject({
      method: "POST",
      url: "/api/v1/shares",
      headers: { authorization: analyst },
      payload: { title: "x", page: "own", questions: [{ analysis: "gross", query }] },
    });
    expect(made.statusCode, made.body).toBe(201);
    const authorization = `Share ${made.json().path.split("#")[1]}`;
    expect((await get(`/analyses/gross?${query}`, { authorization })).json().rows).toHaveLength(4);
    expect((await get("/shared", { authorization })).json().own_analyses).toMatchObject([{ name: "gross" }]);
    for (const path of [`/analyses/gross?${query}&min_orders=2`, `/analyses/other?${query}`, "/own-analyses"])
      expect((await get(path, { authorization })).json(), path).toMatchObject({ code: "share_refused" });
  });
});
