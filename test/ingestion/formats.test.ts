import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";
import { workbook } from "../support/workbook.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ time_zone: "Europe/Berlin", currency: "EUR" });
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

const lines = async () =>
  await shop.sql(`
    select order_id, toString(line_at) as at, quantity, toString(unit_price_minor) as price, country
    from stg_order_lines order by source_row`);

const expected = [
  { order_id: "A-1", at: "2025-12-31 22:59:00.000", quantity: 2, price: "123450", country: "Österreich" },
  { order_id: "A-2", at: "2025-02-01 09:05:00.000", quantity: -1, price: "990", country: 'Fr"ance, est' },
];

const german = (delimiter: string, newline: string): string =>
  [
    ["order_id", "ordered_at", "customer_id", "product_id", "quantity", "unit_price", "country"],
    ["A-1", "31.12.2025 23:59", "7", "X1", "2", delimiter === "," ? '"1.234,50"' : "1.234,50", "Österreich"],
    ["A-2", "1.2.2025 10:05", "", "X2", "-1", delimiter === "," ? '"9,90"' : "9,90", '"Fr""ance, est"'],
  ]
    .map((cells) => cells.join(delimiter) + newline)
    .join("");

describe("delimited text as shops have it, with decimal commas and days first", () => {
  it.each([
    { name: "semicolons", content: Buffer.from(german(";", "\n")) },
    { name: "tabs and CRLF", content: Buffer.from(german("\t", "\r\n")) },
    { name: "bars", content: Buffer.from(german("|", "\n")) },
    { name: "commas", content: Buffer.from(german(",", "\n")) },
    { name: "a byte-order mark", content: Buffer.from(`\ufeff${german(";", "\n")}`) },
    { name: "Windows-1252", content: iconv.encode(german(";", "\r\n"), "windows-1252") },
    { name: "UTF-16 LE with its mark", content: iconv.encode(german(";", "\r\n"), "utf-16le", { addBOM: true }) },
    { name: "UTF-16 BE with its mark", content: iconv.encode(german(";", "\n"), "utf-16be", { addBOM: true }) },
    { name: "UTF-16 LE without one", content: iconv.encode(german(";", "\n"), "utf-16le") },
    { name: "gzip", content: gzipSync(german(";", "\n")) },
    { name: "no line end at its end", content: Buffer.from(german(";", "\n").trimEnd()) },
  ])("$name", async ({ content }) => {
    const [batch] = await shop.load([writeFile(shop, "orders.csv", content)]);
    expect(batch).toMatchObject({ state: "loaded", read_rows: 2, loaded_rows: 2, rejected_rows: 0 });
    expect(await lines()).toEqual(expected);
  });

  it("zstd", async () => {
    const path = writeFile(shop, "orders.csv.zst", "");
    const raw = german(";", "\n").replaceAll("'", "''");
    const bytes = await compressed(raw);
    writeFileSync(path, bytes);
    await shop.load([path]);
    expect(await lines()).toEqual(expected);
  });
});

/** A zstd frame of one raw block: the format's own way to store bytes as they are. */
async function compressed(text: string): Promise<Buffer> {
  const content = Buffer.from(text);
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 5);
  const block = Buffer.alloc(3);
  block.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([head, block, content]);
}

describe("rows that are not as they should be", () => {
  const header = "event_at,event_type,customer_id,product_id,price,note";
  const good = "2025-03-01T10:00:00Z,view,1,2,3.50,x";

  it.each([
    {
      what: "a quoted field with a line break and quotes",
      row: '2025-03-01T10:00:00Z,view,1,2,3.50,"a\r\nb ""c"", d"',
      reason: null,
    },
    { what: "NUL", row: "2025-03-01T10:00:00Z,view,1\0,2,3.50,x", reason: "contains a NUL character" },
    { what: "an overlong id", row: `2025-03-01T10:00:00Z,view,${"9".repeat(600)},2,3.50,x`, reason: null },
    { what: "too few columns", row: "2025-03-01T10:00:00Z,view,1", reason: "has 3 columns, and the header has 6" },
    { what: "too many columns", row: `${good},y,z`, reason: "has 8 columns, and the header has 6" },
    {
      what: "a quote never closed",
      row: '2025-03-01T10:00:00Z,view,1,2,3.50,"x',
      reason: "a quoted field is never closed",
    },
    {
      what: "text after a quote",
      row: '2025-03-01T10:00:00Z,"view"x,1,2,3.50,x',
      reason: "field 2 has text after its closing quote",
    },
    {
      what: "an impossible day",
      row: "2025-02-30T10:00:00Z,view,1,2,3.50,x",
      reason: "has day 30, and the month has 28",
    },
    { what: "a huge number", row: "2025-03-01T10:00:00Z,view,1,2,1e30,x", reason: "is larger than 90 billion" },
    {
      what: "broken UTF-8",
      row: Buffer.concat([Buffer.from("2025-03-01T10:00:00Z,view,1,2,3.50,"), Buffer.from([0xc3, 0x28])]),
      reason: "is not valid UTF-8; give the file's encoding with --encoding",
    },
  ])("$what", async ({ row, reason }) => {
    const text = Buffer.concat([Buffer.from(`${header}\n${good}é\n`), Buffer.from(row), Buffer.from(`\n${good}\n`)]);
    const isLast = reason === "a quoted field is never closed";
    const [batch] = await shop.load([writeFile(shop, "events.csv", text)]);
    const rejects = await shop.sql(
      "select toString(source_row) as row, toString(line) as line, reason from ops_rejects",
    );
    expect(rejects).toEqual(reason === null ? [] : [{ row: "2", line: "3", reason }]);
    const rejected = reason === null ? 0 : 1;
    expect(batch).toMatchObject({ read_rows: 3, loaded_rows: 3 - rejected, rejected_rows: rejected });
    expect(isLast || batch?.duplicate_rows === 0).toBe(true);
  });
});

describe("folders whose names are columns", () => {
  it("give their values to every row, as columns of the file", async () => {
    const text = "order_id,ordered_at,unit_price\n1,2019-11-03,5\n2,bad,5\n";
    await shop.load([writeFile(shop, "lake/channel=web%20shop/country=France/part.csv", text)]);
    const rows = await shop.sql("select order_id, channel, country from stg_order_lines");
    expect(rows).toEqual([{ order_id: "1", channel: "web shop", country: "France" }]);
    expect(await shop.sql("select toString(line) as line, column_name from ops_rejects")).toEqual([
      { line: "3", column_name: "ordered_at" },
    ]);
  });

  it("are kept as properties where no field takes them", async () => {
    const text = "event_at,event_type\n2019-11-03T10:00:00Z,view\n";
    await shop.load([writeFile(shop, "events/year=2019/part.csv", text)]);
    expect(await shop.sql("select properties from fct_events")).toEqual([{ properties: '{"year":"2019"}' }]);
  });
});

describe("JSON Lines", () => {
  it("takes keys as columns, keeps nested values as text and long numbers exact", async () => {
    const rows = [
      '{"event_at":"2025-03-01T10:00:00Z","event_type":"view","customer_id":12345678901234567890,"price":1.5,"tags":["a"]}',
      "",
      '{"event_at":"2025-03-01T11:00:00Z","event_type":"purchase","brand":"acme","product_id":"P","late":{"a":"1234567890123456789"}}',
      "[1,2]",
      '{"event_at":"2025-03-01T11:00:00Z","event_type":"dance"}',
      '{"broken":',
    ];
    const [batch] = await shop.load([writeFile(shop, "events.ndjson", `${rows.join("\n")}\n`)]);
    expect(batch).toMatchObject({ read_rows: 5, loaded_rows: 2, rejected_rows: 3 });
    expect(
      await shop.sql("select toString(price_minor) as price, properties from fct_events order by event_at"),
    ).toEqual([
      { price: "150", properties: '{"tags":"[\\"a\\"]"}' },
      { price: "0", properties: '{"late":"{\\"a\\":\\"1234567890123456789\\"}"}' },
    ]);
    expect(await shop.sql("select customer_id from dim_customer")).toEqual([{ customer_id: "12345678901234567890" }]);
    expect(await shop.sql("select product_id, brand from dim_product")).toEqual([{ product_id: "P", brand: "acme" }]);
    const rejects = await shop.sql("select toString(line) as line, reason from ops_rejects order by line");
    expect(rejects).toMatchObject([{ line: "4" }, { line: "5" }, { line: "6" }]);
  });
});

describe("Excel workbooks", () => {
  const header = ["order_id", "ordered_at", "product_id", "quantity", "unit_price"];
  it("read all sheets of one form, dates as the clock shows them", async () => {
    const content = workbook({
      "2009": [header, ["1", new Date(Date.UTC(2009, 11, 1, 7, 45)), "85123A", 12, 6.95], []],
      "2010": [header, [2, new Date(Date.UTC(2010, 6, 1)), "79323P", -1, 1.25], ["3", "soon", "x", 1, 1]],
      empty: [],
    });
    const [batch] = await shop.load([writeFile(shop, "online.xlsx", content)]);
    expect(batch).toMatchObject({ read_rows: 3, loaded_rows: 2, rejected_rows: 1 });
    expect(await lines()).toEqual([
      { order_id: "1", at: "2009-12-01 06:45:00.000", quantity: 12, price: "695", country: "" },
      { order_id: "2", at: "2010-06-30 22:00:00.000", quantity: -1, price: "125", country: "" },
    ]);
  });

  it("with sheets of different forms are refused by name", async () => {
    const content = workbook({ first: [header, ["1", "2020-01-01", "a", 1, 1]], notes: [["remember"], ["milk"]] });
    await expect(shop.load([writeFile(shop, "mixed.xlsx", content)])).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringContaining('the sheet "notes"'),
    });
  });
});

describe("Parquet", () => {
  it.each(["snappy", "zstd", "gzip", "none"])("compressed with %s, types read from the footer", async (compression) => {
    const select = `select toDateTime64('2025-03-01 10:00:00.250', 3, 'UTC') + number as event_at, 'purchase' as event_type,
      toUInt64(18446744073709551615 - number) as customer_id, toDecimal64(12.34, 2) as price, if(number = 1, null, number) as quantity,
      toDate('2025-01-01') as seen_on from numbers(3)`;
    const stream = await shop.workspace.warehouse.stream("app", select, "Parquet", {
      settings: { output_format_parquet_compression_method: compression },
    });
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const [batch] = await shop.load([writeFile(shop, `events-${compression}.parquet`, Buffer.concat(parts))]);
    expect(batch).toMatchObject({ read_rows: 3, loaded_rows: 3 });
    expect(
      await shop.sql(
        "select toString(event_at) as at, toString(price_minor) as price, quantity, properties from fct_events order by event_at",
      ),
    ).toEqual([
      { at: "2025-03-01 10:00:00.250", price: "1234", quantity: 0, properties: '{"seen_on":"2025-01-01"}' },
      { at: "2025-03-01 10:00:01.250", price: "1234", quantity: 1, properties: '{"seen_on":"2025-01-01"}' },
      { at: "2025-03-01 10:00:02.250", price: "1234", quantity: 2, properties: '{"seen_on":"2025-01-01"}' },
    ]);
    expect(await shop.sql("select max(customer_id) as id from dim_customer")).toEqual([{ id: "18446744073709551615" }]);
  });

  /** Events numbered from 0, a hundred in a row group, a few in a page. */
  async function inSmallGroups(count: number): Promise<Buffer> {
    const select = `select toDateTime64('2025-03-01 00:00:00', 3, 'UTC') + number as event_at, 'view' as event_type,
      number + 1 as customer_id, if(number % 7 = 0, null, number * 10) as price from numbers(${count})`;
    const stream = await shop.workspace.warehouse.stream("app", select, "Parquet", {
      settings: {
        output_format_parquet_row_group_size: 100,
        output_format_parquet_data_page_size: 64,
        max_block_size: 100,
      },
    });
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  }

  it("in many row groups is read group by group, every value beside its own row", async () => {
    const [batch] = await shop.load([writeFile(shop, "groups.parquet", await inSmallGroups(1234))]);
    expect(batch).toMatchObject({ read_rows: 1234, loaded_rows: 1234 });
    const misplaced = await shop.sql(
      `select count() as row_count, countIf(toUnixTimestamp(event_at) - toUnixTimestamp('2025-03-01 00:00:00', 'UTC') != customer_key - 1) as moved,
         countIf(price_minor != if((customer_key - 1) % 7 = 0, 0, (customer_key - 1) * 1000)) as repriced
       from fct_events`,
    );
    expect(misplaced).toEqual([{ row_count: "1234", moved: "0", repriced: "0" }]);
  });

  it("with a broken page is refused by name, and none of its rows stay", async () => {
    const content = await inSmallGroups(1234);
    content.fill(0xff, 3000, 4200);
    await expect(shop.load([writeFile(shop, "broken.parquet", content)])).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringContaining("broken.parquet"),
    });
    expect(await shop.sql("select count() as row_count from fct_events")).toEqual([{ row_count: "0" }]);
  });
});
