/** Everything Cartwright holds about one person, as one document. */
import { isInSegment, listSegments } from "../segments/index.ts";
import type { StoreConnection, StoreRow } from "../store/connection.ts";
import { dayAfterLast, readExtent } from "../warehouse/extent.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { Workspace } from "../workspace.ts";
import { personFiles } from "./files.ts";
import { namePatterns } from "./name-patterns.ts";
import { boundKeys, findPerson, isOf, type Person, type PersonQuery } from "./person.ts";
import { storePlaces } from "./store-places.ts";
import { warehousePlaces, warehouseTexts } from "./warehouse-places.ts";

export interface PersonDocument {
  /** What the person is known as. */
  readonly person: Pick<Person, "ids" | "emails" | "names">;
  readonly made_at: string;
  /** Rows by table; tables without any are left out. */
  readonly warehouse: Readonly<Record<string, readonly Row[]>>;
  /** Names of the saved segments that the person is in. */
  readonly segments: readonly string[];
  /** Rows by table, without hashes of passwords and of what opens a session; null in a shop without a store. */
  readonly store: Readonly<Record<string, readonly StoreRow[]>> | null;
  /** Files of the workspace that name the person, by path, with the lines that do. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

async function warehouseRows({ warehouse }: Workspace, person: Person): Promise<Record<string, readonly Row[]>> {
  const found: Record<string, readonly Row[]> = {};
  const { anywhere: pattern, inRejects } = namePatterns(person);
  const add = async (table: string, where: string, bindings: Readonly<Record<string, unknown>>): Promise<void> => {
    const rows = await warehouse.query(`select * from ${table} where ${where}`, { bindings });
    if (rows.length > 0) found[table] = rows;
  };
  for (const [table, { keys, texts = [], isCopy }] of Object.entries(warehousePlaces)) {
    if (isCopy || keys.length === 0) continue;
    const named = pattern === null ? [] : texts.map(isNamed);
    const bindings = { keys: boundKeys(person.keys), ...(named.length > 0 ? { pattern } : {}) };
    await add(table, [isOf(keys), ...named].join(" or "), bindings);
  }
  for (const [table, columns] of Object.entries(warehouseTexts)) {
    const own = table === "ops_rejects" ? inRejects : pattern;
    if (own !== null) await add(table, columns.map(isNamed).join(" or "), { pattern: own });
  }
  return found;
}

/** SQL: whether a text names the person. It binds `{pattern:String}`. */
export const isNamed = (column: string): string => `match(toString(${column}), concat('(?i)', {pattern:String}))`;

async function segmentsOf({ warehouse }: Workspace, { ids }: Person): Promise<readonly string[]> {
  const asOf = dayAfterLast(await readExtent(warehouse));
  const names: string[] = [];
  for (const { definition } of await listSegments(warehouse)) {
    const { name, rule } = definition;
    const isIn = await Promise.all(ids.map((id) => isInSegment(warehouse, rule, asOf, id)));
    if (isIn.includes(true)) names.push(name);
  }
  return names;
}

async function storeRows(store: StoreConnection, person: Person): Promise<Record<string, readonly StoreRow[]>> {
  const found: Record<string, readonly StoreRow[]> = {};
  const values = [person.storeIds, person.emails, person.visitors];
  for (const [table, { where, secret = [] }] of Object.entries(storePlaces)) {
    // All three values are named, whichever the rows are found by.
    const named = "$1::bigint[] is not null and $2::text[] is not null and $3::text[] is not null";
    const rows = await store.query(`select * from store.${table} where (${where}) and ${named}`, values);
    if (rows.length === 0) continue;
    found[table] = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !secret.includes(name))),
    );
  }
  return found;
}

/**
 * Gathers everything about a person. Amounts and times are as the tables have them (the data dictionary says how to read each column).
 *
 * @throws person_unknown
 */
export async function exportPerson(
  workspace: Workspace,
  store: StoreConnection | null,
  query: PersonQuery,
): Promise<PersonDocument> {
  const person = await findPerson(workspace.warehouse, store, query);
  return {
    person: { ids: person.ids, emails: person.emails, names: person.names },
    made_at: new Date(workspace.clock.now()).toISOString(),
    warehouse: await warehouseRows(workspace, person),
    segments: await segmentsOf(workspace, person),
    store: store === null ? null : await storeRows(store, person),
    files: personFiles(workspace.folders.root, namePatterns(person).anywhere),
  };
}
