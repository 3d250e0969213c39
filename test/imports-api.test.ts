/** Importing through the server, step by step: what is seen before loading, what is put right, loaded, cancelled, undone, refused. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import iconv from "iconv-lite";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { verify } from "../src/warehouse/verify.ts";
import { emptyWarehouse, tableRows, writeFile } from "./support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

/** Order lines as a shop on the continent exports them; three rows of six are wrong. */
const header = "order_id;ordered_at;customer_id;product_id;product_name;quantity;unit_price";
const lines = [
  "1001;24/12/2025 10:15;ada;kettle;Café kettle;1;1.249,90",
  "1002;24/12/2025 11:00;ben;mug;Mug;2;7,5O",
  "1003;25/12/2025 09:30;cleo;mug;Mug;1;7,50",
  "1004;31/02/2026 12:00;ada;mug;Mug;1;7,50",
  "1005;26/12/2025 12:00;dora;kettle;Café kettle;39,90",
  "1006;27/12/2025 12:00;ben;kettle;Café kettle;1;39,90",
];
const inFile = (rows: readonly string[]): Buffer =>
  iconv.encode(`${[header, ...rows].join("\r\n")}\r\n`, "windows-1252");

interface View {
  readonly id: string;
  readonly step: string;
  readonly [field: string]: unknown;
  readonly preview: Record<string, unknown> & { readonly rejects: readonly Record<string, unknown>[] };
  readonly batch: Record<string, unknown>;
  readonly problem: Record<string, unknown> | null;
}

const built = ["stg_order_lines", "fct_orders", "fct_order_lines", "dim_customer", "dim_product", "agg_daily"];

describe("importing through the API", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let tokens: Record<string, string>;
  let credentials: Credentials;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-imports-"));

  beforeAll(async () => {
    shop = await openTestShop({ imports: { max_file_bytes: 40_000_000, folders: [] } });
    credentials = new Credentials(folder, fixedClock());
    const token = (name: string, role: "viewer" | "analyst" | "admin") =>
      credentials.createToken({ name, role }).secret;
    tokens = { ada: token("ada", "admin"), ben: token("ben", "admin"), analyst: token("cleo", "analyst") };
    mkdirSync(join(shop.workspace.folders.uploads, "left-over"), { recursive: true });
    writeFileSync(join(shop.workspace.folders.uploads, "left-over", "old.csv"), "a,b\n");
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    await server.listen({ host: "127.0.0.1", port: 0 });
  });
  afterEach(async () => {
    const { current } = await state();
    if (current)
      expect((await call("DELETE", `/${current.id}`, undefined, current.owner as string)).statusCode).toBe(204);
    expect(uploads()).toEqual([]);
    await emptyWarehouse(shop.workspace.warehouse);
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const uploads = (): readonly string[] => {
    const { uploads: at } = shop.workspace.folders;
    return existsSync(at) ? readdirSync(at) : [];
  };
  const as = (person: string) => ({ authorization: `Bearer ${tokens[person]}` });
  const call = (method: "GET" | "POST" | "DELETE", path: string, payload?: object, person = "ada") =>
    server.inject({
      method,
      url: `/api/v1/imports${path}`,
      headers: as(person),
      ...(payload === undefined ? {} : { payload }),
    });
  const upload = (name: string, content: Buffer | string, headers: Record<string, string> = as("ada")) =>
    server.inject({
      method: "POST",
      url: `/api/v1/imports?name=${encodeURIComponent(name)}`,
      headers: { "content-type": "application/octet-stream", ...headers },
      payload: content,
    });
  const state = async (): Promise<{ current: View | null; max_file_bytes: number }> =>
    (await call("GET", "/current")).json();
  /** The import once nothing is under way. */
  async function rested(): Promise<View> {
    let view: View | null = null;
    await expect
      .poll(
        async () => {
          view = (await state()).current;
          return view?.step;
        },
        { timeout: 120_000, interval: 50 },
      )
      .toMatch(/unclear|ready|done/);
    return view as unknown as View;
  }
  const differences = async () => (await verify(shop.workspace.warehouse, shop.workspace.config)).differences;
  const tables = () => tableRows(shop.workspace.warehouse, built);

  it("removes what an ended server left behind", () => {
    expect(uploads()).toEqual([]);
  });

  it("takes a shop system's export as it is, with orders and customers beside its lines, and undoes all", async () => {
    const fixture = new URL("./fixtures/presets/shopify-orders.csv", import.meta.url);
    await upload("orders_export.csv", readFileSync(fixture, "utf8").replaceAll(",EUR,", ",GBP,"));
    const { id, preview } = await rested();
    expect(preview).toMatchObject({ preset: "shopify-orders", kind: "order_lines", rejected_rows: 1 });
    await call("POST", `/${id}/load`);
    const { batch } = await rested();
    expect(batch).toMatchObject({ state: "loaded", loaded_rows: 6 });
    const live = async () =>
      (await shop.sql("select arraySort(groupArray(kind)) as kinds from ops_batches final where state = 'loaded'"))[0];
    expect(await live()).toEqual({ kinds: ["customers", "order_lines", "orders"] });
    await call("POST", `/batches/${batch.batch_key}/undo`);
    expect(await live()).toEqual({ kinds: [] });
    expect(await differences()).toEqual([]);
  });

  it("tells how a shop's file is understood and why, and what it would load, before anything is loaded", async () => {
    const answer = await upload("Bestellungen 2025.csv", inFile(lines));
    expect(answer.statusCode, answer.body).toBe(201);
    const { preview, columns, mapping } = await rested();
    expect(columns).toEqual(header.split(";"));
    expect(mapping).toMatchObject({ kind: "order_lines", columns: { order_id: "order_id", line_at: "ordered_at" } });
    expect(preview).toMatchObject({
      preset: "orders-csv",
      kind: "order_lines",
      style: { delimiter: ";", decimal: ",", dateOrder: "dmy", encoding: "windows-1252" },
      read_rows: 6,
      new_rows: 3,
      duplicate_rows: 0,
      rejected_rows: 3,
      corrected_rows: 0,
    });
    expect(preview.reasons).toEqual([
      {
        about: "columns",
        because: expect.stringMatching(/^Its columns order_id, ordered_at, unit_price tell the preset orders-csv/),
      },
      { about: "delimiter", because: "“;” parts the header into 7 columns." },
      { about: "encoding", because: "Its text is not valid UTF-8." },
      { about: "decimal", because: expect.stringContaining("1.249,90: with a decimal comma") },
      { about: "dates", because: "Dates such as 24/12/2025 10:15 begin with the day." },
    ]);
    expect((preview.first_rows as readonly object[])[0]).toMatchObject({
      order_id: "1001",
      line_at: expect.stringContaining("2025-12-24"),
      product_name: "Café kettle",
      unit_price: "1249.90",
    });
    expect(preview.rejects.map(({ line, column_name, value }) => [line, column_name, value])).toEqual([
      [3, "unit_price", "7,5O"],
      [5, "ordered_at", "31/02/2026 12:00"],
      [6, "", ""],
    ]);
    expect(await shop.sql("select count() as n from ops_batches")).toEqual([{ n: "0" }]);
  });

  it("loads rows that were put right as if the file had held them so, and undo brings the state before back", async () => {
    await shop.load([writeFile(shop, "before.csv", "order_id,ordered_at,unit_price\n900,2025-12-01,5\n")]);
    const before = await tables();
    await upload("orders.csv", inFile(lines));
    const { id } = await rested();
    const wrong = await call("POST", `/${id}/corrections`, { source_row: 2, values: { unit_price: "seven" } });
    expect(wrong.json()).toMatchObject({ preview: { rejected_rows: 3, corrected_rows: 0 } });
    expect((wrong.json() as View).preview.rejects[0]).toMatchObject({ value: "seven", is_corrected: false });
    await call("POST", `/${id}/corrections`, { source_row: 2, values: { unit_price: "7,50" } });
    const whole = "1005;26/12/2025 12:00;dora;kettle;Café kettle;1;39,90";
    const fixed = await call("POST", `/${id}/corrections`, { source_row: 5, raw: whole });
    expect((fixed.json() as View).preview).toMatchObject({ rejected_rows: 1, corrected_rows: 2, new_rows: 5 });

    expect((await call("POST", `/${id}/load`)).statusCode).toBe(202);
    const done = await rested();
    expect(done).toMatchObject({
      step: "done",
      batch: { state: "loaded", read_rows: 6, loaded_rows: 5, duplicate_rows: 0, rejected_rows: 1 },
    });
    expect((await shop.query("rejects")).map((row) => [row.source_row, row.column_name])).toEqual([[4, "ordered_at"]]);
    expect(await differences()).toEqual([]);
    const loaded = await tables();

    const undone = await call("POST", `/batches/${done.batch.batch_key}/undo`);
    expect(undone.json()).toMatchObject({ state: "undone" });
    expect(await tables()).toEqual(before);
    expect(await differences()).toEqual([]);

    const byHand = [lines[0], lines[1]?.replace("7,5O", "7,50"), lines[2], lines[3], whole, lines[5]];
    const [batch] = await shop.load([writeFile(shop, "by-hand.csv", inFile(byHand as string[]))]);
    expect(batch).toMatchObject({ loaded_rows: 5, rejected_rows: 1 });
    const unnumbered = (rows: object) =>
      JSON.parse(JSON.stringify(rows, (key, value) => (key === "batch_key" ? undefined : value))) as unknown;
    expect(unnumbered(await tables())).toEqual(unnumbered(loaded));
  });

  it("counts what is known already, and takes the very same file with corrected rows for its corrected self", async () => {
    const events = (...ids: readonly string[]): string =>
      `event_id,event_at,event_type,customer_id\n${ids.map((one) => `${one},2025-03-01T10:00:00Z,view,ada`).join("\n")}\n`;
    await shop.load([writeFile(shop, "known.csv", events("a", "b"))]);
    await upload("more.csv", events("b", "c", "c", "d"));
    const { id, preview } = await rested();
    expect(preview).toMatchObject({ read_rows: 4, new_rows: 2, duplicate_rows: 2, rejected_rows: 0, same_as: null });
    await call("POST", `/${id}/load`);
    expect((await rested()).batch).toMatchObject({ loaded_rows: 2, duplicate_rows: 2 });

    await upload("orders.csv", inFile(lines));
    await call("POST", `/${(await rested()).id}/load`);
    expect((await rested()).batch).toMatchObject({ batch_key: 3, loaded_rows: 3, rejected_rows: 3 });
    await upload("orders.csv", inFile(lines));
    const again = await rested();
    expect(again).toMatchObject({
      namesakes: [{ batch_key: 3 }],
      preview: { same_as: 3, new_rows: 0, duplicate_rows: 3 },
    });
    await call("POST", `/${again.id}/corrections`, { source_row: 2, values: { unit_price: "7,50" } });
    await call("POST", `/${again.id}/load`);
    expect((await rested()).batch).toMatchObject({ state: "loaded", loaded_rows: 4, message: "replaces batch 3" });
    expect(await shop.sql("select count() as n from fct_orders")).toEqual([{ n: "4" }]);
    expect(await differences()).toEqual([]);
  });

  it("corrects rows of JSON Lines by their keys, and as a whole where they are no object", async () => {
    const rows = [
      '{"event_at":"2025-03-01T10:00:00Z","event_type":"view","customer_id":"ada","plan":"gold"}',
      '{"event_at":"yesterday","event_type":"view","customer_id":"ben","plan":"iron"}',
      '{"event_at":"2025-03-01T12:00:00Z","event_type":"view"',
    ];
    await upload("events.jsonl", `${rows.join("\n")}\n`);
    const { id, preview } = await rested();
    expect(preview).toMatchObject({ format: "json-lines", new_rows: 1, rejected_rows: 2 });
    await call("POST", `/${id}/corrections`, { source_row: 2, values: { event_at: "2025-03-01T11:00:00Z" } });
    expect((await call("POST", `/${id}/corrections`, { source_row: 3, raw: "{" })).json()).toMatchObject({
      code: "mapping_invalid",
    });
    await call("POST", `/${id}/corrections`, { source_row: 3, raw: `${rows[2]}}` });
    await call("POST", `/${id}/load`);
    expect((await rested()).batch).toMatchObject({ read_rows: 3, loaded_rows: 3, rejected_rows: 0 });
    expect(await shop.sql("select toString(event_at) as at, properties from fct_events order by event_at")).toEqual([
      { at: "2025-03-01 10:00:00.000", properties: '{"plan":"gold"}' },
      { at: "2025-03-01 11:00:00.000", properties: '{"plan":"iron"}' },
      { at: "2025-03-01 12:00:00.000", properties: "" },
    ]);
  });

  it("asks for a mapping where no preset fits, proposes one from the names, and looks again under it", async () => {
    const text =
      "Invoice No,Order Date,Customer,SKU,Qty,Price,Memo\n1,2025-05-01,ada,mug,2,7.50,x\n2,2025-05-02,ben,mug,1,oops,y\n";
    await upload("sales.csv", text);
    const unclear = await rested();
    expect(unclear).toMatchObject({
      step: "unclear",
      problem: { code: "format_unknown", detail: expect.stringMatching(/^sales\.csv: no preset fits/) },
      mapping: {
        kind: "order_lines",
        columns: {
          order_id: "Invoice No",
          line_at: "Order Date",
          customer_id: "Customer",
          product_id: "SKU",
          quantity: "Qty",
          unit_price: "Price",
        },
      },
    });
    expect((await call("POST", `/${unclear.id}/load`)).json()).toMatchObject({ status: 409, code: "import_state" });
    await call("POST", `/${unclear.id}/form`, {
      mapping: { kind: "order_lines", columns: { order_id: "Invoice No" } },
    });
    expect(await rested()).toMatchObject({ step: "unclear", problem: { code: "mapping_invalid" } });
    await call("POST", `/${unclear.id}/form`, { mapping: unclear.mapping });
    expect((await rested()).preview).toMatchObject({
      preset: "map",
      new_rows: 1,
      rejected_rows: 1,
      unmapped: ["Memo"],
    });
    expect((await call("POST", `/${unclear.id}/form`, { mapping: { kind: "nothing" } })).statusCode).toBe(400);
  });

  it("cancelled in the middle leaves nothing, and may be loaded again", async () => {
    const before = await tables();
    const many = Array.from(
      { length: 60_000 },
      (_, at) => `${at},2025-0${(at % 9) + 1}-15,c${at % 5000},p${at % 300},1,${(at % 90) + 1}.50`,
    );
    await upload("many.csv", `order_id,ordered_at,customer_id,product_id,quantity,unit_price\n${many.join("\n")}\n`);
    const { id } = await rested();
    expect((await call("POST", `/${id}/load`)).json()).toMatchObject({ step: "loading" });
    expect((await call("POST", `/${id}/form`, {})).json()).toMatchObject({ code: "import_state" });
    expect((await call("POST", `/${id}/cancel`)).statusCode).toBe(202);
    expect(await rested()).toMatchObject({ step: "ready", problem: { code: "cancelled" } });
    expect(await tables()).toEqual(before);
    expect(await shop.sql("select state from ops_batches final")).not.toContainEqual({ state: "loaded" });
    await call("POST", `/${id}/load`);
    expect((await rested()).batch).toMatchObject({ loaded_rows: 60_000 });
    expect(await differences()).toEqual([]);
  }, 300_000);

  it("is one person's at a time: others are told who", async () => {
    await upload("orders.csv", inFile(lines));
    const { id } = await rested();
    const other = await upload("other.csv", inFile(lines), as("ben"));
    expect(other.json()).toMatchObject({ status: 409, code: "import_busy", detail: "ada is importing orders.csv" });
    expect((await call("POST", `/${id}/load`, undefined, "ben")).json()).toMatchObject({ code: "import_busy" });
    expect((await call("DELETE", `/${id}`, undefined, "ben")).statusCode).toBe(204);
    expect((await upload("other.csv", inFile(lines), as("ben"))).statusCode).toBe(201);
    await rested();
  });

  it("refuses what is too large, no table, or named like a path, and keeps nothing of it", async () => {
    const refused = async (name: string, content: Buffer | string) => (await upload(name, content)).json() as object;
    const picture = Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x02\0\0\0", "latin1"),
      deflateSync(Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919) % 251))),
    ]);
    const at = (status: number, code: string) => ({ status, code });
    expect(await refused("picture.csv", picture)).toMatchObject(at(415, "file_type_unknown"));
    expect(await refused("big.csv", Buffer.alloc(40_000_001, "a"))).toMatchObject(at(413, "file_too_large"));
    expect(await refused("empty.csv", "")).toMatchObject(at(400, "file_unreadable"));
    for (const name of ["../../cartwright.json", "..\\orders.csv", "/etc/passwd", "..", "", "a\0.csv", "x".repeat(200)])
      expect(await refused(name, inFile(lines)), name).toMatchObject(at(400, "file_name_refused"));
    expect((await state()).current).toBeNull();
    expect((await upload(".hidden?.csv", inFile(lines))).json()).toMatchObject({ name: "_hidden_.csv" });
    await rested();
  });

  it("stops a stream that grows beyond the limit without a length said before", async () => {
    const address = server.addresses()[0];
    const port = typeof address === "object" ? address?.port : 0;
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1_000_000;
        controller.enqueue(Buffer.alloc(1_000_000, "a"));
        if (sent >= 60_000_000) controller.close();
      },
    });
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/imports?name=big.csv`, {
      method: "POST",
      headers: { ...as("ada"), "content-type": "application/octet-stream" },
      body,
      duplex: "half",
    } as RequestInit).catch(() => null);
    // The connection may be closed before the answer is read; the file must be gone either way.
    if (answer) expect(answer.status).toBe(413);
    await expect.poll(uploads, { timeout: 30_000 }).toEqual([]);
    expect((await state()).current).toBeNull();
  });

  it("is for admins who are signed in, from the dashboard itself", async () => {
    expect((await upload("a.csv", inFile(lines), {})).json()).toMatchObject({ status: 401, code: "not_signed_in" });
    expect((await upload("a.csv", inFile(lines), as("analyst"))).json()).toMatchObject({
      status: 403,
      code: "not_allowed",
    });
    expect((await call("POST", "/batches/1/undo", undefined, "analyst")).statusCode).toBe(403);
    const shared = await server.inject({
      method: "POST",
      url: "/api/v1/shares",
      headers: as("ada"),
      payload: { title: "x", page: "overview", questions: [{ analysis: "kpi-summary", query: "" }] },
    });
    const secret = (shared.json() as { path: string }).path.split("#")[1];
    for (const [method, path] of [
      ["POST", "?name=a.csv"],
      ["GET", "/current"],
      ["GET", "/forms"],
      ["POST", "/batches/1/undo"],
    ] as const)
      expect(
        (
          await server.inject({ method, url: `/api/v1/imports${path}`, headers: { authorization: `Share ${secret}` } })
        ).json(),
        path,
      ).toMatchObject({ status: 403, code: "share_refused" });
    const link = await server.inject({
      url: `/sign-in?token=${credentials.createLink({ name: "ada", role: "admin" })}`,
    });
    const cookie = String(link.headers["set-cookie"]).split(";")[0] ?? "";
    expect((await upload("a.csv", inFile(lines), { cookie })).json()).toMatchObject({ code: "request_refused" });
    expect((await state()).current).toBeNull();
  });
});
