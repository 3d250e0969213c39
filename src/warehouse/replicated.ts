/**
 * A cluster whose shards are kept several times (`warehouse.replicated`): tables that are divided between the nodes are of the
 * engine's replicated kinds, and the replicas of a shard bring each other what one of them is told. Tables that are whole on
 * every node stay as they are: each node has its own copy anyway. docs/guides/cluster.md says what the servers need.
 */
import { randomUUID } from "node:crypto";
import { CartwrightError } from "../errors.ts";
import { isDivided } from "./cluster.ts";
import type { Warehouse } from "./warehouse.ts";

/** Where the replicas of a shard meet: a table's own number, as two tables may exchange their names and keep their places. */
const path = "/clickhouse/tables/{shard}/{uuid}";

const mergeTree = /\bengine\s*=\s*((?:[A-Za-z]*)MergeTree)\s*(?:\(([^)]*)\))?/i;

/** The definition of a table, or only its engine, of the replicated kind of the same family with the same parameters. */
export function replicatedEngine(sql: string): string {
  return sql.replace(mergeTree, (_, family: string, parameters: string | undefined) => {
    const further = parameters === undefined || parameters.trim() === "" ? "" : `, ${parameters.trim()}`;
    return `engine = Replicated${family}('${path}', '{replica}'${further})`;
  });
}

/** A definition as a replicated warehouse has it: the same on every replica, its number among it. Other tables and views as they are. */
export function replicatedDefinition(table: string, sql: string, uuid: string): string {
  if (!isDivided(table) || !mergeTree.test(sql)) return sql;
  const numbered = sql.replace(new RegExp(`\\bcreate table if not exists ${table}\\b`), `$& uuid '${uuid}'`);
  return isReplicatedKind.test(sql) ? numbered : replicatedEngine(numbered);
}

/** The same for a table with the columns of another one. @param engine of that one, as `system.tables` has it in `engine_full` */
export function replicatedTwin(twin: string, table: string, engine: string): string {
  const kept = `engine = ${engine}`.replace(ownPlace, `$1('${path}', '{replica}'`);
  return `create table if not exists ${twin} as ${table} ${isReplicatedKind.test(kept) ? kept : replicatedEngine(kept)}`;
}

const isReplicatedKind = /\bengine\s*=\s*Replicated/i;
/** What stands for the place in a replicated engine: the engine tells it with the number of the table in it. */
const ownPlace = /(Replicated\w*MergeTree)\('[^']*', '[^']*'/;

const changed =
  /^\s*(?:alter\s+table|truncate\s+table|delete\s+from|optimize\s+table|insert\s+into)\s+(?:if\s+exists\s+)?`?(\w+)/i;

/** Whether a statement is told to one replica of each shard, which brings it to the others: what changes rows or columns of a divided table. */
export function isBroughtOn(sql: string): boolean {
  const table = changed.exec(sql.replace(/^\s*--.*$/gm, ""))?.[1];
  return table !== undefined && isDivided(table);
}

/** The places of the first replica of each shard. @param shards the shard of each node, as its macro has it */
export function firstOfEachShard<T>(places: readonly T[], shards: readonly string[]): readonly T[] {
  return places.filter((_, index) => shards.indexOf(shards[index] ?? "") === index);
}

/** What statements of the builder need beside what every cluster needs. */
export const replicatedSettings = {
  /** Told once, done everywhere before it counts as done. */
  alter_sync: "2",
  mutations_sync: "2",
  /** The same rows again are rows again: an import that was taken back may be repeated. */
  insert_deduplicate: 0,
  /** A mutation looks up tables that are whole and equal on every node. */
  allow_nondeterministic_mutations: 1,
  /** The replica that is written to is the one that is read, unless it is gone. */
  load_balancing: "in_order",
} as const;

/** The number of a table on each node; null where it is not there. */
export type TableNumbers = readonly (string | null)[];

export async function numbersOf(warehouse: Warehouse, table: string): Promise<TableNumbers> {
  const found = await warehouse.readEveryNode(
    "select toString(uuid) as number from system.tables where database = currentDatabase() and name = {table:String}",
    { bindings: { table } },
  );
  return found.map(([row]) => (row ? String(row.number) : null));
}

/** Exchanges a table and its twin on the nodes where the table has another number now than it shall have there. */
export async function exchangeUnless(
  warehouse: Warehouse,
  table: string,
  now: TableNumbers,
  wanted: TableNumbers,
): Promise<void> {
  for (const [index, number] of now.entries())
    if (number !== wanted[index]) await warehouse.onNode(index, `exchange tables ${table} and next_${table}`);
}

/** The number of a table: as it is on any node already, so that one whose making was interrupted is one table on all; else a new one. */
async function numberOf(warehouse: Warehouse, table: string): Promise<string> {
  return (await numbersOf(warehouse, table)).find((number) => number !== null) ?? randomUUID();
}

/** The engine of a table with its parameters, order and partitions. */
async function engineOf(warehouse: Warehouse, table: string): Promise<string> {
  const [rows] = await warehouse.readEveryNode(
    "select engine_full from system.tables where database = currentDatabase() and name = {table:String}",
    { bindings: { table } },
  );
  return String(rows?.[0]?.engine_full);
}

const alike = /^\s*create table if not exists \w+ as (\w+)\s*$/;

/** The table whose columns and engine a definition takes; null where it has its own. */
export const tableLike = (sql: string): string | null => alike.exec(sql.replace(/^\s*--.*$/gm, ""))?.[1] ?? null;

/** The definition of any table as a replicated warehouse has it, by what its nodes have already. */
export async function replicatedSql(warehouse: Warehouse, table: string, sql: string): Promise<string> {
  if (!isDivided(table)) return sql;
  const like = tableLike(sql);
  const whole = like === null ? sql : replicatedTwin(table, like, await engineOf(warehouse, like));
  return replicatedDefinition(table, whole, await numberOf(warehouse, table));
}

/**
 * Gives a table and its twin the names they have on the first node on every other one. An exchange is made node by node; a process
 * that ended within left two replicas of a shard calling different tables by the same name.
 */
export async function alignTwins(warehouse: Warehouse, table: string): Promise<void> {
  if (!warehouse.cluster?.isReplicated || !isDivided(table)) return;
  const numbers = await numbersOf(warehouse, table);
  await exchangeUnless(
    warehouse,
    table,
    numbers,
    numbers.map(() => numbers[0] ?? null),
  );
}

/** Refuses a warehouse whose tables were made the other way: what is told once would reach one replica, or what is told to each would be done twice. */
export async function requireSameKind(warehouse: Warehouse): Promise<void> {
  if (warehouse.cluster === null) return;
  const { isReplicated } = warehouse.cluster;
  const found = await warehouse.readEveryNode(
    "select name, engine like 'Replicated%' as is_replicated from system.tables where database = currentDatabase() and engine like '%MergeTree'",
  );
  const other = found.flat().find((row) => isDivided(String(row.name)) && Boolean(row.is_replicated) !== isReplicated);
  if (!other) return;
  throw new CartwrightError(
    "invalid_usage",
    `warehouse.replicated is ${isReplicated}, and the table ${other.name} of this warehouse was made ${isReplicated ? "without" : "with"} replicas; it can only be changed for a new warehouse, into which files are imported again`,
  );
}
