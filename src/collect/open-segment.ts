/** A sealed file of a journal as the importer takes any file: its whole groups are read, the rest was never acknowledged. */
import { statSync } from "node:fs";
import type { OpenedFile } from "../ingestion/open-file.ts";
import type { Reject } from "../ingestion/rows.ts";
import { columnsOf, formOf, type Stream } from "./forms.ts";
import { groupsIn } from "./groups.ts";

const rowBytesAtOnce = 16 * 1024 * 1024;

/** Tabs of a row: between its number, its columns and what has no column. */
const tabsOf = (stream: Stream): number => columnsOf[stream].length + 1;

/** Rows that a version from before there were notes has written get an empty one, before what has no column. */
function withNotes(rows: Buffer, stream: Stream): Buffer {
  const first = rows.subarray(0, rows.indexOf(10)).toString("latin1");
  if (stream !== "events" || rows.length === 0 || first.split("\t").length > tabsOf(stream)) return rows;
  // A tab within a value is written as \t: every one here is between two columns.
  return Buffer.from(rows.toString("latin1").replace(/\t(?=[^\t\n]*\n)/g, "\t\t"), "latin1");
}

export function openSegment(path: string, stream: Stream): OpenedFile {
  const bytes = { path, size: statSync(path).size, compression: "none", encoding: "utf-8" } as const;
  return {
    path,
    format: "journal",
    bytes,
    delimiter: null,
    mapping: formOf[stream],
    style: { decimal: ".", dateOrder: "ymd" },
    headerText: "",
    samples: [],
    takeApart: () => ({ reason: "was sent, and stands in no file" }),
    load: async (loader, read, onProgress) => {
      let rows: Buffer[] = [];
      let [rowCount, rowBytes, lastRow] = [0, 0, 0];
      const rejects: Reject[] = [];
      const flush = async (): Promise<void> => {
        await loader.loadRewritten(Buffer.concat(rows), rowCount);
        rows = [];
        rowCount = 0;
        rowBytes = 0;
        onProgress();
      };
      for await (const group of groupsIn(read(bytes))) {
        const noted = withNotes(group.rows, stream);
        rows.push(noted);
        rowCount += group.rowCount;
        rowBytes += noted.length;
        lastRow += group.rowCount;
        for (const line of group.rejects.toString("utf8").split("\n"))
          if (line !== "") rejects.push(JSON.parse(line) as Reject);
        if (rowBytes >= rowBytesAtOnce) await flush();
      }
      await flush();
      await loader.refuse(rejects.map((one, index) => ({ ...one, source_row: lastRow + index + 1 })));
    },
  };
}
