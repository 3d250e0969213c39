import { textOf } from "../json-values.ts";
import { type Preset, type RefusedRecord, type ShapedRow, type SourceRecord, same } from "../preset.ts";
import { customerColumns, eventColumns } from "./columns.ts";
import { eventTime } from "./event-time.ts";
import { messageRows } from "./message-rows.ts";

/** Segment's messages as its archives keep them, one a line; understood as those that are collected. */
export const segment: Preset = {
  name: "segment",
  title: "Segment messages: track, identify, page, screen, group, alias (JSON Lines)",
  tables: [
    {
      requires: ["messageId", "type", "timestamp"],
      mapping: { kind: "events", columns: same(eventColumns) },
      shape: {
        by: "record",
        also: [{ kind: "customers", columns: same(customerColumns) }],
        rows: ([message = {}]) => archivedRows(message),
      },
    },
  ],
};

/** `timestamp` of an archive is corrected for the client's clock already, so it is taken as it stands. */
function archivedRows(message: SourceRecord): (ShapedRow | RefusedRecord)[] {
  const id = textOf(message.messageId);
  const refuse = (column: string, value: string, reason: string): RefusedRecord[] => [
    { record: 0, column, value, reason },
  ];
  if (id === "") return refuse("messageId", "", "is empty");
  const read = messageRows(message, id, () =>
    textOf(message.timestamp) === ""
      ? { isKnown: false, column: "timestamp", value: "", reason: "is empty" }
      : eventTime(message, undefined, latest),
  );
  if (read.kind === "refused") return refuse(read.column, read.value, read.reason);
  const { stream, rows, attributes: further } = read;
  return rows.map((values) => ({ kind: stream, record: 0, values, ...(stream === "customers" ? { further } : {}) }));
}

/** An archive may hold any time that the warehouse takes. */
const latest = Date.UTC(2099, 11, 30);
