/** A register of erasures applied to a workspace of an earlier day, as a restored backup is. */
import type { StoreConnection } from "../store/connection.ts";
import { type ErasedPeople, erasedAmong } from "../warehouse/erased-people.ts";
import { erasedPeople, readErasures } from "../workspace/erasure-register.ts";
import type { Workspace } from "../workspace.ts";
import { erasePerson } from "./erase.ts";
import type { PersonQuery } from "./person.ts";
import { warehousePlaces } from "./warehouse-places.ts";

/** Ids travel in the address of a request, which has an end. */
const idsAtOnce = 4000;

/** People there are whose hash is in the register; by their id where it is known. */
async function erasedAgain(
  { warehouse }: Workspace,
  store: StoreConnection | null,
  erased: ErasedPeople,
): Promise<readonly PersonQuery[]> {
  const landed = Object.entries(warehousePlaces).flatMap(([table, { becomes, keys }]) =>
    becomes === "kept" ? keys.map((key) => `select distinct ${key} as found_key from ${table}`) : [],
  );
  const customers =
    store === null ? [] : await store.query("select customer_id from store.customers order by customer_id");
  const ids = customers.map(({ customer_id }) => `S-${customer_id}`);
  const inStore = new Map<string, string>();
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const some = ids.slice(start, start + idsAtOnce);
    const keys = await warehouse.query(
      "select id, toString(natural_key(id)) as customer_key from (select arrayJoin({ids:Array(String)}) as id)",
      { bindings: { ids: some } },
    );
    for (const { id, customer_key } of keys) inStore.set(String(customer_key), String(id));
  }
  const known = await erasedAmong(warehouse, erased, landed.join(" union distinct "));
  const ofStore: string[] = [];
  const storeKeys = [...inStore.keys()];
  for (let start = 0; start < storeKeys.length; start += idsAtOnce) {
    const keys = storeKeys.slice(start, start + idsAtOnce).map(BigInt);
    ofStore.push(
      ...(await erasedAmong(warehouse, erased, "select arrayJoin({keys:Array(UInt64)}) as found_key", { keys })),
    );
  }
  return [...new Set([...known, ...ofStore])].map((key) => {
    const id = inStore.get(key);
    return id === undefined ? { key } : { id };
  });
}

const isSame = (one: PersonQuery, other: PersonQuery): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Erases everyone of the register who is there, and lets the store give nobody a number that an erased customer had.
 *
 * @returns how many people were erased again
 */
export async function replayErasures(workspace: Workspace, store: StoreConnection | null): Promise<number> {
  const erasures = readErasures(workspace.folders.root);
  if (erasures.length === 0) return 0;
  const last = Math.max(0, ...erasures.map((one) => one.store_last_id ?? 0));
  if (store !== null && last > 0) await store.query("select store.pass_customer_ids($1)", [last]);
  const people = erasedPeople(workspace.folders.root);
  if (people === null) return 0;
  const queries = await erasedAgain(workspace, store, people);
  const erased = new Set<string>();
  for (const query of queries) {
    // One person may have had several keys.
    const isLeft = (await erasedAgain(workspace, store, people)).some((one) => isSame(one, query));
    if (!isLeft || erased.has(JSON.stringify(query))) continue;
    await erasePerson(workspace, query, { store, actor: "restore", isForced: true });
    erased.add(JSON.stringify(query));
  }
  return erased.size;
}
