/** Exports say what the answer says: CSV, NDJSON and Parquet of every analysis hold the rows of the query. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";
import { csvLine, exportAnalysis } from "../src/analyses/export.ts";
import { catalogue } from "../src/analyses/index.ts";
import { readTable } from "../src/tables/read-table.ts";
import { readExtent } from "../src/warehouse/extent.ts";
import { describeCornerShop } from "./support/corner-shop.ts";

/** Least limits, so that small analyses of a small shop have rows. */
const generous = (names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => /^min_(count|carts|views)$/.test(name)).map((name) => [name, 1]));

/** The engine adds up in parallel: the last digits of a mean differ from run to run. */
const twelveDigits = (written: string): string =>
  written.replace(/-?\d+\.\d{6,}(e[+-]?\d+)?/g, (number) => String(Number(Number(number).toPrecision(12))));

describeCornerShop("exports", (query, shop) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-exports-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const context = async () => {
    const { warehouse, config } = shop().workspace;
    return { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
  };

  it.each(catalogue)("$name: CSV and NDJSON hold the rows of the query", async (analysis) => {
    const given = generous(Object.keys(analysis.params));
    const names = Object.keys(analysis.columns);
    const rows = (await query(analysis.name, given)).map((row) =>
      Object.fromEntries(names.map((name) => [name, row[name]])),
    );
    // The engine's own tables grow while it is asked.
    if (analysis.name === "storage") return;
    const ndjson = await text(await exportAnalysis(await context(), analysis, given, "ndjson"));
    const current = rows.map((row) => ({ ...row, ...("period" in row ? { period: "current" } : {}) }));
    expect(twelveDigits(ndjson)).toBe(twelveDigits(current.map((row) => `${JSON.stringify(row)}\n`).join("")));
    const csv = await text(await exportAnalysis(await context(), analysis, given, "csv"));
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    expect(twelveDigits(csv)).toBe(twelveDigits(lines.map((line) => csvLine(line)).join("")));
  });

  it.each(catalogue.filter((analysis) => analysis.derive))("$name: Parquet holds them too", async (analysis) => {
    const given = generous(Object.keys(analysis.params));
    const rows = await query(analysis.name, given);
    const stream = await exportAnalysis(await context(), analysis, given, "parquet");
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const path = join(folder, `${analysis.name}.parquet`);
    writeFileSync(path, Buffer.concat(chunks));
    const table = await readTable(path);
    expect(table.names).toEqual(Object.keys(analysis.columns));
    expect(table.rowCount).toBe(rows.length);
  });
});
