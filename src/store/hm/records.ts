/** CSV files of any size, record by record. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { CartwrightError } from "../../errors.ts";

export interface CsvRecord {
  readonly record: readonly string[];
  readonly line: number;
}

/** Records after the header, with the line each begins on. @throws file_unreadable naming the line */
export async function* records(path: string, isHeader = false): AsyncGenerator<CsvRecord> {
  const raw = createReadStream(path);
  const plain = path.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
  const parser = plain.pipe(
    parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, from: isHeader ? 1 : 2 }),
  );
  for (const source of [raw, plain]) source.on("error", (error: Error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { record, line: info.lines };
    }
  } catch (error) {
    if (error instanceof CartwrightError) throw error;
    throw new CartwrightError(
      "file_unreadable",
      `${path}: ${error instanceof Error ? error.message : error}`,
      {},
      error,
    );
  } finally {
    raw.destroy();
  }
}
