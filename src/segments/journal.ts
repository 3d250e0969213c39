/** The journal of segments in the warehouse: every saving and deletion is a row that stays, the last one is what holds. */
import { type Clock, isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";
import { parseDefinition, type SegmentDefinition } from "./definition.ts";

/** One thing that happened to a segment. */
export interface SegmentEntry {
  /** Counts the entries of the segment from 1: its version. */
  readonly sequence: number;
  readonly happened_at: string;
  readonly actor: string;
  readonly action: "saved" | "deleted";
  readonly definition: SegmentDefinition;
}

export interface Segment {
  readonly definition: SegmentDefinition;
  readonly version: number;
  /** Oldest first. */
  readonly history: readonly SegmentEntry[];
}

const eventsSql = readSql(new URL("./segment-events.sql", import.meta.url));

const entryOf = (row: Row): SegmentEntry => ({
  sequence: Number(row.sequence),
  happened_at: `${String(row.happened_at).replace(" ", "T")}Z`,
  actor: String(row.actor),
  action: row.action === "deleted" ? "deleted" : "saved",
  definition: parseDefinition(JSON.parse(String(row.definition))),
});

/** What ever happened to the segments named, or to all when none is; deleted ones too. By name, then in order. */
async function readHistories(warehouse: Warehouse, names: readonly string[]): Promise<ReadonlyMap<string, Segment>> {
  const rows = await warehouse.query(eventsSql, { bindings: { names } });
  const histories = new Map<string, SegmentEntry[]>();
  for (const row of rows) {
    const name = String(row.segment);
    histories.set(name, [...(histories.get(name) ?? []), entryOf(row)]);
  }
  return new Map(
    [...histories].flatMap(([name, history]) => {
      const last = history.at(-1);
      return last ? [[name, { definition: last.definition, version: last.sequence, history }] as const] : [];
    }),
  );
}

const isThere = (segment: Segment): boolean => segment.history.at(-1)?.action === "saved";

/** Every segment that is not deleted, by name. */
export const listSegments = async (warehouse: Warehouse): Promise<Segment[]> =>
  [...(await readHistories(warehouse, [])).values()].filter(isThere);

/** The segments of these names, in their order. @throws segment_unknown */
export async function findSegments(warehouse: Warehouse, names: readonly string[]): Promise<Segment[]> {
  if (names.length === 0) return [];
  const known = await readHistories(warehouse, names);
  return names.map((name) => {
    const segment = known.get(name);
    if (segment && isThere(segment)) return segment;
    throw new CartwrightError("segment_unknown", `there is no segment "${name}"`, { name });
  });
}

/** @throws segment_unknown */
export async function findSegment(warehouse: Warehouse, name: string): Promise<Segment> {
  const [segment] = await findSegments(warehouse, [name]);
  if (!segment) throw new CartwrightError("segment_unknown", `there is no segment "${name}"`, { name });
  return segment;
}

async function write(
  warehouse: Warehouse,
  clock: Clock,
  entry: Omit<SegmentEntry, "happened_at" | "sequence">,
): Promise<void> {
  const { definition, ...rest } = entry;
  const before = (await readHistories(warehouse, [definition.name])).get(definition.name);
  await warehouse.insertRows("ops_segment_events", [
    {
      segment: definition.name,
      sequence: (before?.version ?? 0) + 1,
      happened_at: isoNow(clock).replace("T", " ").replace("Z", ""),
      ...rest,
      definition: JSON.stringify(definition),
    },
  ]);
}

/** Saves a segment under its name; one of the same name gets a new version. @throws segment_invalid */
export async function saveSegment(warehouse: Warehouse, clock: Clock, given: unknown, actor: string): Promise<Segment> {
  const definition = parseDefinition(given);
  await write(warehouse, clock, { definition, actor, action: "saved" });
  return await findSegment(warehouse, definition.name);
}

/** Takes a segment out of the list; its history stays. @throws segment_unknown */
export async function deleteSegment(warehouse: Warehouse, clock: Clock, name: string, actor: string): Promise<void> {
  const { definition } = await findSegment(warehouse, name);
  await write(warehouse, clock, { definition, actor, action: "deleted" });
}
