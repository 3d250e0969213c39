import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_TABLES, demoCsv } from "./csv.ts";
import type { DemoShop } from "./shop.ts";

/** A file of a shop: `rows` without the header; 0 rows for `truth.json`. */
export interface DemoFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

const NEW_LINE = 10;

async function writeTable(path: string, chunks: Iterable<Buffer>): Promise<DemoFile> {
  let rows = -1;
  let bytes = 0;
  const handle = await open(path, "w");
  try {
    for (const chunk of chunks) {
      for (let written = 0; written < chunk.length; ) written += (await handle.write(chunk, written)).bytesWritten;
      bytes += chunk.length;
      for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, at + 1)) rows++;
    }
  } finally {
    await handle.close();
  }
  return { path, rows, bytes };
}

/**
 * Writes a shop as `customers.csv`, `products.csv`, `orders.csv`, `events.csv`, `reviews.csv` and `truth.json`. The folder
 * is made when missing; files of these names are replaced.
 */
export async function writeDemoFiles(shop: DemoShop, dir: string): Promise<readonly DemoFile[]> {
  await mkdir(dir, { recursive: true });
  const files: DemoFile[] = [];
  for (const table of DEMO_TABLES) files.push(await writeTable(join(dir, `${table}.csv`), demoCsv(shop, table)));
  const truth = `${JSON.stringify(shop.truth, null, 2)}\n`;
  const path = join(dir, "truth.json");
  await writeFile(path, truth);
  return [...files, { path, rows: 0, bytes: Buffer.byteLength(truth) }];
}
