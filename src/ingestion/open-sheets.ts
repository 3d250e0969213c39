/** Excel workbooks: the sheets that are not empty, one below the other; they must have the same header. */
import readWorkbook from "read-excel-file/node";
import { CartwrightError } from "../errors.ts";
import { matchTable } from "./match-table.ts";
import type { FileOptions, OpenedFile } from "./open-file.ts";
import { inspect, wholeFile } from "./read-bytes.ts";
import { takeApartBy } from "./records.ts";
import type { SourceRow } from "./rows.ts";
import { requireUnzipped } from "./unzipped-size.ts";

const sampleRows = 1000;
const rowsAtOnce = 50_000;
/** A workbook is read whole: a million rows of ten columns are about half of this. */
const mostUnzippedBytes = 1024 * 1024 * 1024;

interface SheetRow {
  readonly line: number;
  readonly fields: readonly string[];
}

export async function openSheets(path: string, options: FileOptions): Promise<OpenedFile> {
  const bytes = await inspect(path, "utf-8");
  const { header, rows } = await readRows(path, await wholeFile(bytes));
  const samples = rows.slice(0, sampleRows).map((row) => row.fields);
  const { table, mapping, style } = matchTable({ header, samples }, options, path);
  return {
    path,
    format: "sheets",
    bytes,
    delimiter: null,
    mapping,
    style,
    headerText: header.map(quoted).join(","),
    samples: table.samples,
    takeApart: takeApartBy(","),
    load: async (loader, read, onProgress) => {
      // Read once more for the digest of what was loaded; the rows are in memory already.
      for await (const _ of read(bytes));
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        const some = rows.slice(from, from + rowsAtOnce);
        await loader.loadRows(
          some.map(
            (row, index): SourceRow => ({ row: from + index + 1, ...row, raw: row.fields.map(quoted).join(",") }),
          ),
        );
        onProgress();
      }
    },
  };
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

async function readRows(path: string, content: Buffer): Promise<{ header: string[]; rows: SheetRow[] }> {
  const read = async () => {
    await requireUnzipped(content, mostUnzippedBytes);
    return await readWorkbook(content);
  };
  const sheets = await read().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CartwrightError("file_unreadable", `${path} is not an Excel workbook (.xlsx): ${why}`, {}, error);
  });
  let header: string[] = [];
  const rows: SheetRow[] = [];
  for (const { sheet, data } of sheets) {
    const lines = data.map((cells) => cells.map(textOf));
    const first = lines.findIndex((cells) => cells.some((cell) => cell !== ""));
    if (first === -1) continue;
    const names = trimmed(lines[first] ?? []);
    if (header.length === 0) header = names;
    else if (names.join("\0") !== header.join("\0")) {
      throw new CartwrightError(
        "file_unreadable",
        `${path}: the sheet "${sheet}" has other columns than the first; save it as a file of its own`,
      );
    }
    for (const [index, cells] of lines.entries()) {
      if (index <= first || cells.every((cell) => cell === "")) continue;
      const fields = trimmed(cells, header.length);
      rows.push({
        line: index + 1,
        fields: [...fields, ...Array(Math.max(0, header.length - fields.length)).fill("")],
      });
    }
  }
  if (header.length === 0) throw new CartwrightError("file_unreadable", `${path} holds no row`);
  return { header, rows };
}

/** Without the empty cells at the end, but not shorter than `least`. */
function trimmed(cells: readonly string[], least = 0): string[] {
  let length = cells.length;
  while (length > least && cells[length - 1] === "") length -= 1;
  return cells.slice(0, length);
}

/** A sheet's dates have no zone: they are given as what the clock shows, to the hundredth: days as fractions are not exact. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return new Date(Math.round(value.getTime() / 10) * 10).toISOString().replace("T", " ").replace("Z", "");
  return String(value);
}
