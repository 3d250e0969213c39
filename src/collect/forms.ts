/** The columns that collected rows have, as the importer knows them. */
import { kinds } from "../ingestion/kinds.ts";
import { type ResolvedMapping, resolveMapping } from "../ingestion/mapping.ts";
import { customerColumns, eventColumns } from "../sources/segment/columns.ts";

/** What a collected message becomes rows of. */
export const streams = ["events", "customers"] as const;
export type Stream = (typeof streams)[number];

export const columnsOf = { events: eventColumns, customers: customerColumns } as const;

/** How the rows of a stream are read: each column is the field of its name. */
export const formOf: Readonly<Record<Stream, ResolvedMapping>> = {
  events: form("events"),
  customers: form("customers"),
};

function form(stream: Stream): ResolvedMapping {
  const names = columnsOf[stream];
  const mapping = { kind: kinds[stream].name, columns: Object.fromEntries(names.map((name) => [name, name])) };
  return resolveMapping(mapping, names, "collect");
}
