/** Who a person is to Cartwright: every id, key, address and visitor that belong together. */
import { CartwrightError } from "../errors.ts";
import type { StoreConnection } from "../store/connection.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";
import { namePatterns } from "./name-patterns.ts";
import { keysOfOthers, keysOfPeople } from "./same-person.ts";
import { warehousePlaces } from "./warehouse-places.ts";

const recordsSql = readSql(new URL("./person-records.sql", import.meta.url));
const idsSql = readSql(new URL("./person-ids.sql", import.meta.url));

/** By id as the shop's files and events name the person, by e-mail address, or by key in the warehouse. */
export type PersonQuery = { readonly id: string } | { readonly email: string } | { readonly key: string };

export interface Person {
  /** Natural ids, as texts. */
  readonly ids: readonly string[];
  /** Their keys in the warehouse, as decimal texts. */
  readonly keys: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
  readonly names: readonly string[];
  /** Customer numbers in the store. */
  readonly storeIds: readonly number[];
  /** Visitors in the store that were nobody else. */
  readonly visitors: readonly string[];
}

const texts = (rows: readonly Row[], column: string): string[] =>
  rows.map((row) => String(row[column] ?? "")).filter((text) => text !== "");

const storeIdPattern = /^S-(\d{1,15})$/;

interface Gathered {
  readonly ids: Set<string>;
  readonly keys: Set<string>;
  readonly emails: Set<string>;
  readonly names: Set<string>;
  readonly storeIds: Set<number>;
  readonly visitors: Set<string>;
  /** Keys of people whom somebody has said not to be this one. */
  readonly others: ReadonlySet<string>;
}

async function keysOf(warehouse: Warehouse, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await warehouse.query(
    "select distinct toString(natural_key(id)) as customer_key from (select arrayJoin({ids:Array(String)}) as id)",
    { bindings: { ids } },
  );
  return texts(rows, "customer_key").filter((key) => key !== "0");
}

async function gatherFromWarehouse(warehouse: Warehouse, found: Gathered): Promise<void> {
  for (const key of await keysOf(warehouse, [...found.ids])) found.keys.add(key);
  const records = await warehouse.query(recordsSql, {
    bindings: { keys: boundKeys([...found.keys]), emails: [...found.emails] },
  });
  for (const row of records) {
    if (found.others.has(String(row.customer_key)) || found.others.has(String(row.alias_key))) continue;
    found.keys.add(String(row.customer_key)).add(String(row.alias_key));
    found.ids.add(String(row.customer_id));
    if (row.email !== "") found.emails.add(String(row.email));
    if (row.name !== "") found.names.add(String(row.name));
  }
  for (const key of await keysOfPeople(warehouse, [...found.keys])) if (!found.others.has(key)) found.keys.add(key);
  found.keys.delete("0");
  const ids = await warehouse.query(idsSql, { bindings: { keys: boundKeys([...found.keys]) } });
  for (const id of texts(ids, "customer_id")) found.ids.add(id);
}

async function gatherFromStore(store: StoreConnection, found: Gathered): Promise<void> {
  for (const id of found.ids) {
    const number = storeIdPattern.exec(id)?.[1];
    if (number !== undefined) found.storeIds.add(Number(number));
  }
  const customers = await store.query(
    "select customer_id, email, name from store.customers where customer_id = any ($1::bigint[]) or email = any ($2::text[])",
    [[...found.storeIds], [...found.emails]],
  );
  found.storeIds.clear();
  for (const { customer_id, email, name } of customers) {
    found.storeIds.add(Number(customer_id));
    found.ids.add(`S-${customer_id}`);
    found.emails.add(String(email));
    if (name !== "") found.names.add(String(name));
  }
  const numbers = [[...found.storeIds]];
  const recipients = await store.query(
    `select recipient from store.orders where customer_id = any ($1::bigint[]) and recipient <> ''
     union select recipient from store.addresses where customer_id = any ($1::bigint[])`,
    numbers,
  );
  for (const { recipient } of recipients) found.names.add(String(recipient));
  const visitors = await store.query(
    `select visitor_id from store.events
     where visitor_id in (select visitor_id from store.events where customer_id = any ($1::bigint[]))
     group by visitor_id
     having bool_and(customer_id is null or customer_id = any ($1::bigint[]))`,
    numbers,
  );
  for (const { visitor_id } of visitors) {
    found.visitors.add(String(visitor_id));
    found.ids.add(`V-${visitor_id}`);
  }
}

const sizeOf = (found: Gathered): number =>
  found.ids.size + found.keys.size + found.emails.size + found.names.size + found.storeIds.size + found.visitors.size;

/**
 * Everything that belongs to a person. Records with the same e-mail address and ids that one record names as the same
 * (`alias_id`) are one person; so is a visitor of the store who signed in as nobody else, and whatever else is counted as this person.
 * Somebody who was separated from the one asked for by hand is not.
 *
 * @throws person_unknown when no place holds anything under the id or the address
 */
export async function findPerson(
  warehouse: Warehouse,
  store: StoreConnection | null,
  query: PersonQuery,
): Promise<Person> {
  const asked = "email" in query ? [] : "key" in query ? [query.key] : await keysOf(warehouse, [query.id]);
  const found: Gathered = {
    ids: new Set("id" in query ? [query.id] : []),
    keys: new Set("key" in query ? [query.key] : []),
    emails: new Set("email" in query ? [query.email.trim().toLowerCase()] : []),
    names: new Set(),
    storeIds: new Set(),
    visitors: new Set(),
    others: asked.length === 0 ? new Set() : await keysOfOthers(warehouse, asked),
  };
  for (let before = -1; before !== sizeOf(found); ) {
    before = sizeOf(found);
    await gatherFromWarehouse(warehouse, found);
    if (store !== null) await gatherFromStore(store, found);
  }
  const person: Person = {
    ids: [...found.ids].sort(),
    keys: [...found.keys].sort(),
    emails: [...found.emails].sort(),
    names: [...found.names].sort(),
    storeIds: [...found.storeIds].sort((a, b) => a - b),
    visitors: [...found.visitors].sort(),
  };
  if (person.storeIds.length > 0 || (await isHeld(warehouse, person))) return person;
  const named = "email" in query ? "this e-mail address" : `the id ${"id" in query ? query.id : query.key}`;
  throw new CartwrightError("person_unknown", `nothing is held under ${named}`);
}

/** Whether a landed row has one of the keys, or a refused row names the person. */
async function isHeld(warehouse: Warehouse, person: Person): Promise<boolean> {
  const parts = Object.entries(warehousePlaces)
    .filter(([, { becomes }]) => becomes === "kept")
    .map(([table, { keys }]) => `select 1 as one from ${table} where ${isOf(keys)} limit 1`);
  const bindings = { keys: boundKeys(person.keys), pattern: namePatterns(person).inRejects ?? "a^" };
  const rejects =
    "select 1 from ops_rejects where match(concat(value, ' ', raw), concat('(?i)', {pattern:String})) limit 1";
  return (await warehouse.query([...parts, rejects].join("\nunion all "), { bindings })).length > 0;
}

/** Keys as the engine takes numbers of 64 bits in a list. */
export const boundKeys = (keys: readonly string[]): readonly bigint[] => keys.map(BigInt);

/** SQL: whether a row has one of the person's keys in one of these columns. */
export const isOf = (columns: readonly string[]): string =>
  columns.map((column) => `${column} in {keys:Array(UInt64)}`).join(" or ");
