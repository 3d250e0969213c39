/** The journal of manual entries about who is who. Entries stay; the last one of two customers that is not undone holds. */
import { type Clock, isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { recover } from "../ingestion/commit.ts";
import { buildOwed, type ImportContext } from "../ingestion/import.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";
import { findCustomer, namesOf } from "./customer-ids.ts";

export interface IdentityEntry {
  readonly entry: number;
  /** UTC. */
  readonly happened_at: string;
  readonly actor: string;
  readonly action: "merge" | "separate" | "undo";
  /** Ids of the two; null of an undo. */
  readonly first_id: string | null;
  readonly second_id: string | null;
  /** Entry that an undo takes back; null otherwise. */
  readonly undone_entry: number | null;
  readonly is_undone: boolean;
  readonly note: string;
}

/** Two customers by their ids as files and events name them; the merged person keeps the first one's. */
export interface Pair {
  readonly first: string;
  readonly second: string;
  readonly note?: string | undefined;
}

/** Every entry, oldest first. */
export async function listEntries(warehouse: Warehouse): Promise<readonly IdentityEntry[]> {
  const rows = await warehouse.query(
    `select entry, toString(happened_at) as happened_at, actor, toString(action) as action, toString(first_key) as first_key,
       toString(second_key) as second_key, undone_entry, note,
       entry in (select undone_entry from ops_identity_events) as is_undone
     from ops_identity_events order by entry`,
  );
  const names = await namesOf(
    warehouse,
    rows.flatMap((row) => [String(row.first_key), String(row.second_key)]),
  );
  const nameOf = (key: unknown): string | null => (key === "0" ? null : (names.get(String(key)) ?? String(key)));
  return rows.map((row) => ({
    entry: Number(row.entry),
    happened_at: `${String(row.happened_at).replace(" ", "T")}Z`,
    actor: String(row.actor),
    action: actionOf(row),
    first_id: nameOf(row.first_key),
    second_id: nameOf(row.second_key),
    undone_entry: Number(row.undone_entry) || null,
    is_undone: Number(row.is_undone) === 1,
    note: String(row.note),
  }));
}

const actionOf = (row: Row): IdentityEntry["action"] =>
  row.action === "merge" ? "merge" : row.action === "separate" ? "separate" : "undo";

interface Told {
  readonly action: IdentityEntry["action"];
  readonly firstKey?: string;
  readonly secondKey?: string;
  readonly undoneEntry?: number;
  readonly note?: string | undefined;
}

/** Writes an entry; what is built follows with the next build. */
export async function writeEntry(warehouse: Warehouse, clock: Clock, actor: string, told: Told): Promise<number> {
  const last = await warehouse.queryOne("select max(entry) as entry from ops_identity_events");
  const entry = Number(last.entry) + 1;
  await warehouse.insertRows("ops_identity_events", [
    {
      entry,
      happened_at: isoNow(clock).replace("T", " ").replace("Z", ""),
      actor,
      action: told.action,
      first_key: told.firstKey ?? "0",
      second_key: told.secondKey ?? "0",
      undone_entry: told.undoneEntry ?? 0,
      note: told.note ?? "",
    },
  ]);
  return entry;
}

/** What an earlier process left half done, and what is not built yet. */
async function finishOwed(context: ImportContext): Promise<void> {
  await recover(context.warehouse, context.clock);
  await buildOwed(context, "identity");
}

async function append(context: ImportContext, actor: string, told: Told): Promise<IdentityEntry> {
  const { warehouse, clock } = context;
  const entry = await writeEntry(warehouse, clock, actor, told);
  await buildOwed(context, "identity");
  return await findEntry(warehouse, entry);
}

async function findEntry(warehouse: Warehouse, entry: number): Promise<IdentityEntry> {
  const found = (await listEntries(warehouse)).find((one) => one.entry === entry);
  if (found) return found;
  throw new CartwrightError("identity_entry_unknown", `there is no entry ${entry}`, { entry });
}

/**
 * Says that two customers are one person, or that they are not, whatever else ties them; and brings the warehouse up to date. Finishes first
 * what an earlier process left. Nothing else may change the warehouse meanwhile.
 *
 * @throws person_unknown, invalid_parameter when both ids are one customer's
 */
export async function decide(
  context: ImportContext,
  action: "merge" | "separate",
  { first, second, note }: Pair,
  actor: string,
): Promise<IdentityEntry> {
  const { warehouse } = context;
  await finishOwed(context);
  const [firstKey, secondKey] = [await findCustomer(warehouse, first), await findCustomer(warehouse, second)];
  if (firstKey === secondKey)
    throw new CartwrightError("invalid_parameter", `${first} and ${second} are the same id`, { name: "second" });
  return await append(context, actor, { action, firstKey, secondKey, note });
}

/**
 * Takes a merge or a separation back; what held of the two customers before it holds again.
 *
 * @throws identity_entry_unknown when there is no such entry, or it is an undo, or undone already
 */
export async function undoEntry(context: ImportContext, entry: number, actor: string): Promise<IdentityEntry> {
  const { warehouse } = context;
  await finishOwed(context);
  const { action, is_undone } = await findEntry(warehouse, entry);
  if (action === "undo" || is_undone) {
    const why = is_undone ? "is undone already" : "is an undo: merge or separate again instead";
    throw new CartwrightError("identity_entry_unknown", `entry ${entry} ${why}`, { entry });
  }
  return await append(context, actor, { action: "undo", undoneEntry: entry });
}
