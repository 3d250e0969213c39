/** A sealed file of a journal as the importer takes any file: its whole groups are read, the rest was never acknowledged. */
import { statSync } from "node:fs";
import type { OpenedFile } from "../ingestion/open-file.ts";
import type { Reject } from "../ingestion/rows.ts";
import { formOf, type Stream } from "./forms.ts";
import { groupsOf } from "./groups.ts";

const rowBytesAtOnce = 16 * 1024 * 1024;

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
      const parts: Buffer[] = [];
      for await (const block of read(bytes)) parts.push(block);
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
      for (const group of groupsOf(Buffer.concat(parts))) {
        rows.push(group.rows);
        rowCount += group.rowCount;
        rowBytes += group.rows.length;
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
