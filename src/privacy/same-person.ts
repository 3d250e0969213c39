/** What ties the ids of a person: erasing follows it, and keeps who was one person one person under pseudonyms. */

import type { Clock } from "../clock.ts";
import { writeEntry } from "../identity/index.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

const idsSql = readSql(new URL("./same-person.sql", import.meta.url));
const apartSql = readSql(new URL("./other-people.sql", import.meta.url));
const sharedSql = readSql(new URL("./shared-ids.sql", import.meta.url));

const big = (keys: readonly string[]): readonly bigint[] => keys.map(BigInt);
type Pair = readonly [string, string];

/** Two keys that were one person's, or that must not become one's by an erasure. */
export interface Ties {
  readonly together: readonly Pair[];
  readonly apart: readonly Pair[];
}

/** Keys of the people whom some keys are of; these among them. */
export async function keysOfPeople(warehouse: Warehouse, keys: readonly string[]): Promise<readonly string[]> {
  const rows = await warehouse.query(idsSql, { bindings: { keys: big(keys) } });
  return [...keys, ...rows.map((row) => String(row.customer_key))];
}

/** Keys of people whom somebody has said not to be this one. */
export async function keysOfOthers(warehouse: Warehouse, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const own = await keysOfPeople(warehouse, keys);
  const rows = await warehouse.query(apartSql, { bindings: { keys: big(own) } });
  const others = rows.map((row) => String(row.other_key));
  return new Set(others.length === 0 ? [] : await keysOfPeople(warehouse, others));
}

/** What links say of these keys, which erasing them takes away: addresses and devices go. */
export async function tiesOf(warehouse: Warehouse, keys: readonly string[]): Promise<Ties> {
  const people = await warehouse.query(
    `select toString(customer_key) as one, toString(person_key) as other from dim_identity
     where customer_key in {keys:Array(UInt64)} and person_key in {keys:Array(UInt64)} order by one`,
    { bindings: { keys: big(keys) } },
  );
  const shared = await warehouse.query(sharedSql, { bindings: { keys: big(keys) } });
  return {
    together: people.map((row) => [String(row.other), String(row.one)]),
    apart: shared.map((row) => [String(row.named_key), String(row.shared_key)]),
  };
}

/**
 * Enters the ties for the keys as they are now. May be repeated: an entry that is there is not made again.
 *
 * @param newKeyOf the pseudonym of a key; a key of nobody who is erased is itself
 */
export async function keepTies(
  warehouse: Warehouse,
  clock: Clock,
  { together, apart }: Ties,
  newKeyOf: (key: string) => string,
): Promise<void> {
  for (const [action, pairs] of [
    ["merge", together],
    ["separate", apart],
  ] as const)
    for (const [first, second] of pairs) {
      const [firstKey, secondKey] = [newKeyOf(first), newKeyOf(second)];
      const { entry_count } = await warehouse.queryOne(
        `select count() as entry_count from ops_identity_events
         where action = {action:String} and first_key = {first:UInt64} and second_key = {second:UInt64}`,
        { bindings: { action, first: firstKey, second: secondKey } },
      );
      if (Number(entry_count) === 0) await writeEntry(warehouse, clock, "erase", { action, firstKey, secondKey });
    }
}
