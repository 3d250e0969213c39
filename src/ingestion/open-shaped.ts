/** Files whose records are not yet rows: a preset makes rows of them, of one kind or several, and each kind is opened by itself. */
import type { Shape, SourceRecord } from "../sources/preset.ts";
import { type Mapping, type ResolvedMapping, resolveMapping } from "./mapping.ts";
import type { FileFormat, OpenedFile } from "./open-file.ts";
import type { ByteSource } from "./read-bytes.ts";
import type { ShapedTable } from "./recognise.ts";
import { reject, type SourceRow } from "./rows.ts";

/** A record with its place in the file, or why it could not be taken apart. */
export type FileRecord = { readonly line: number; readonly raw: string } & (
  | { readonly values: SourceRecord }
  | { readonly reason: string }
);

interface ShapedFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly bytes: ByteSource;
  readonly delimiter: string | null;
  readonly headerText: string;
  readonly shaped: ShapedTable;
  readonly records: (blocks: AsyncIterable<Buffer>) => AsyncIterable<FileRecord>;
}

type Readable = Extract<FileRecord, { readonly values: SourceRecord }>;

const rowsAtOnce = 10_000;

/** Opens the file once for each kind of row that its records become; the first refuses records that are none. */
export function openShaped(file: ShapedFile): OpenedFile {
  const { mapping, shape } = file.shaped.table;
  return { ...openKind(file, mapping, true), also: shape.also.map((one) => openKind(file, one, false)) };
}

function openKind(file: ShapedFile, mapping: Mapping, isFirst: boolean): OpenedFile {
  const { path, format, bytes, delimiter, headerText, shaped, records } = file;
  const header = [...new Set(Object.values(mapping.columns).flatMap(columnsOf))];
  const resolved: ResolvedMapping = resolveMapping(mapping, header, shaped.preset);
  return {
    path,
    format,
    bytes,
    delimiter,
    mapping: resolved,
    style: { decimal: ".", dateOrder: "ymd" },
    headerText,
    samples: [],
    takeApart: () => ({ reason: "is one of several made of a record, so correct the file and import it again" }),
    load: async (loader, read, onProgress) => {
      let rows: SourceRow[] = [];
      let row = 0;
      const flush = async (): Promise<void> => {
        await loader.loadRows(rows);
        rows = [];
        onProgress();
      };
      for await (const group of groupsOf(records(read(bytes)), shaped.table.shape.by)) {
        if ("reason" in group) {
          row += 1;
          if (isFirst) await loader.refuse([reject({ ...group, row }, group.reason)]);
          continue;
        }
        for (const made of shaped.table.shape.rows(group.map(({ values }) => values))) {
          const { line, raw } = group[made.record] ?? { line: 0, raw: "" };
          row += 1;
          if ("reason" in made) {
            if (isFirst) await loader.refuse([reject({ line, raw, row }, made.reason, made.column, made.value)]);
          } else if (made.kind === resolved.kind.name) {
            const { values, further } = made;
            const fields = header.map((column) => values[column] ?? "");
            rows.push({ row, line, raw, fields, ...(further ? { further } : {}) });
          }
        }
        if (rows.length >= rowsAtOnce) await flush();
      }
      await flush();
    },
  };
}

const columnsOf = (source: Mapping["columns"][string]): readonly string[] => {
  if (typeof source === "string") return [source];
  return source.columns ?? (source.column === undefined ? [] : [source.column]);
};

/** Records that belong together; one that could not be taken apart stands alone and parts nothing. */
async function* groupsOf(
  records: AsyncIterable<FileRecord>,
  by: Shape["by"],
): AsyncGenerator<readonly Readable[] | Extract<FileRecord, { readonly reason: string }>> {
  let group: Readable[] = [];
  for await (const record of records) {
    if ("reason" in record) {
      yield record;
      continue;
    }
    const [first] = group;
    if (first && !belong(first.values, record.values, by)) {
      yield group;
      group = [];
    }
    group.push(record);
  }
  if (group.length > 0) yield group;
}

function belong(first: SourceRecord, next: SourceRecord, by: Shape["by"]): boolean {
  if (by === "record") return false;
  return by === "file" || first[by.column] === next[by.column];
}
