/** People who have been erased, recognised by keyed hashes of their keys: what arrives of them later names nobody. */
import { randomBytes } from "node:crypto";
import { createTwin, dropTwin } from "./schema.ts";
import type { Bindings, Row, Warehouse } from "./warehouse.ts";

export interface ErasedPeople {
  /** The secret of the hashes. */
  readonly key: string;
  readonly hashes: readonly string[];
}

/** SQL: 128 bits of a keyed SHA-256 of a text, in hexadecimal. It binds `{identity_key:String}`. */
export const keyedHash = (text: string): string =>
  `left(lower(hex(SHA256(concat({identity_key:String}, SHA256(concat({identity_key:String}, ${text})))))), 32)`;

/** SQL: the hash under which a customer's key stands in the register. */
export const personHash = (column: string): string => keyedHash(`concat('customer ', toString(${column}))`);

/**
 * SQL: what becomes of the id of an event or a message, so that it still counts once for ever. A UUID says nothing and stays; any
 * other may hold the id of a person or a device, and the same id always becomes the same keyed hash.
 */
export const erasedId = (column: string): string =>
  `multiIf(
    ${column} = '' or startsWith(${column}, 'erased-') or match(${column}, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'), ${column},
    concat('erased-', ${keyedHash(`concat('message ', ${column})`)}))`;

/** SQL: a session by a random number that belongs to this erasure alone. It binds `{salt:String}`. */
export const erasedSession = (column: string): string =>
  `if(${column} = 0, 0, bitOr(reinterpretAsUInt64(SHA256(concat({salt:String}, toString(${column})))), 9223372036854775808))`;

/** Where rows of a kind arrive, and what their columns become; null where the row as a whole is passed over. */
const arrivals: Readonly<
  Record<string, { readonly table: string; readonly set: Readonly<Record<string, string>> | null }>
> = {
  events: {
    table: "load_events",
    set: {
      customer_key: "0",
      session_key: erasedSession("session_key"),
      event_id: erasedId("event_id"),
      properties: "''",
      plan_note: "''",
    },
  },
  order_lines: { table: "stg_order_lines", set: { customer_key: "0" } },
  orders: { table: "stg_orders", set: { customer_key: "0", customer_id: "''" } },
  customers: { table: "stg_customers", set: null },
  reviews: { table: "stg_reviews", set: null },
  exposures: { table: "stg_exposures", set: null },
};

const settle = { mutations_sync: "2" };

/** The columns of a table that are stored as they are given, each as it is or as `set` says. */
export async function selectList(
  warehouse: Warehouse,
  table: string,
  set: Readonly<Record<string, string>>,
): Promise<{ readonly names: string; readonly expressions: string }> {
  const rows = await warehouse.query(
    "select name, type from system.columns where database = currentDatabase() and table = {table:String} and default_kind in ('', 'DEFAULT') order by position",
    { bindings: { table } },
  );
  const expressionOf = ({ name, type }: Row): string => {
    const changed = set[String(name)];
    return changed === undefined ? String(name) : `cast(${changed}, '${String(type).replaceAll("'", "\\'")}')`;
  };
  return {
    names: rows.map((row) => String(row.name)).join(", "),
    expressions: rows.map(expressionOf).join(", "),
  };
}

/** Hashes travel in the address of a request, which has an end. */
const hashesAtOnce = 4000;

/**
 * Those of some keys that are of erased people.
 *
 * @param from SQL whose column `found_key` has the keys; it binds `bindings`
 */
export async function erasedAmong(
  warehouse: Warehouse,
  { key, hashes }: ErasedPeople,
  from: string,
  bindings: Bindings = {},
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let start = 0; start < hashes.length; start += hashesAtOnce) {
    const rows = await warehouse.query(
      `select toString(found_key) as customer_key from (select distinct found_key from (${from}) where found_key != 0)
       where ${personHash("found_key")} in {hashes:Array(String)}`,
      { bindings: { ...bindings, identity_key: key, hashes: hashes.slice(start, start + hashesAtOnce) } },
    );
    for (const row of rows) found.add(String(row.customer_key));
  }
  return [...found].sort();
}

/** SQL: the words of a refused row that may be ids. */
const wordsOfReject = `extractAll(concat(value, ' ', raw), '[^,;|\\\\s"'':{}\\\\[\\\\]]+')`;

async function forgetRejects(warehouse: Warehouse, erased: ErasedPeople, batchKey: number): Promise<void> {
  const bindings = { batch_key: batchKey };
  const words = `select natural_key(arrayJoin(${wordsOfReject})) as found_key from ops_rejects where batch_key = {batch_key:UInt32}`;
  const keys = await erasedAmong(warehouse, erased, words, bindings);
  if (keys.length === 0) return;
  await warehouse.command(
    `alter table ops_rejects update value = '', raw = '', reason = 'of an erased person'
     where batch_key = {batch_key:UInt32} and arrayExists(word -> natural_key(word) in {keys:Array(UInt64)}, ${wordsOfReject})`,
    { bindings: { ...bindings, keys: keys.map(BigInt) }, settings: settle },
  );
}

/**
 * Takes erased people out of a batch that has arrived and does not count yet: events, orders and their lines stay, of an unknown customer
 * and without what the source said besides; records, reviews and exposures of theirs are passed over. Rejects that name them lose their text.
 * A process that ends meanwhile leaves a batch that is taken back.
 *
 * @returns how many rows were passed over
 */
export async function forgetErased(
  warehouse: Warehouse,
  batch: { readonly batch_key: number; readonly kind: string },
): Promise<number> {
  const erased = warehouse.erasedPeople();
  if (erased === null) return 0;
  await forgetRejects(warehouse, erased, batch.batch_key);
  const arrival = arrivals[batch.kind];
  if (!arrival) return 0;
  const { table, set } = arrival;
  const arrived = `select customer_key as found_key from ${table} where batch_key = {batch_key:UInt32}`;
  const keys = await erasedAmong(warehouse, erased, arrived, { batch_key: batch.batch_key });
  if (keys.length === 0) return 0;
  const theirs = { batch_key: batch.batch_key, keys: keys.map(BigInt) };
  const where = "batch_key = {batch_key:UInt32} and customer_key in {keys:Array(UInt64)}";
  const passed = await warehouse.queryOne(`select count() as row_count from ${table} where ${where}`, {
    bindings: theirs,
  });
  const aside = `erased_${table}`;
  await dropTwin(warehouse, aside);
  if (set !== null) {
    const { names, expressions } = await selectList(warehouse, table, set);
    await createTwin(warehouse, aside, table);
    await warehouse.command(`insert into ${aside} (${names}) select ${expressions} from ${table} where ${where}`, {
      bindings: { ...theirs, identity_key: erased.key, salt: randomBytes(32).toString("hex") },
      settings: { max_partitions_per_insert_block: 0 },
    });
  }
  await warehouse.command(`alter table ${table} delete where ${where}`, { bindings: theirs, settings: settle });
  await warehouse.command("alter table stg_customer_ids delete where customer_key in {keys:Array(UInt64)}", {
    bindings: { keys: theirs.keys },
    settings: settle,
  });
  if (set === null) return Number(passed.row_count);
  await warehouse.command(`insert into ${table} select * from ${aside}`, {
    settings: { max_partitions_per_insert_block: 0 },
  });
  await dropTwin(warehouse, aside);
  return 0;
}
