/**
 * A warehouse on several nodes. Every node holds the tables of the embedded engine in the database `cartwright_local`; the
 * database `cartwright`, in which all statements are written, has the same names as views of all nodes together. Facts and
 * large rollups are divided between the nodes, by what a build needs beside each other; everything else is whole on each.
 * The servers' own configuration names the nodes twice (docs/guides/cluster.md): as shards, and as copies of each other.
 */
import { databaseName } from "./engine-config.ts";

/** The nodes by their HTTP addresses; the first is the one that is asked. */
export interface Cluster {
  readonly nodes: readonly string[];
  /** Whether questions of people are answered without the nodes that do not answer, and say so. */
  readonly leavesOut: boolean;
  /** Whether nodes are replicas of each other, as their servers' macros say. */
  readonly isReplicated: boolean;
}

export const localDatabaseName = `${databaseName}_local`;

/** Names in the servers' `remote_servers`: every node a shard of its own, and every node a copy of the only shard. */
export const clusterNames = { divided: "cartwright", copied: "cartwright_copies" } as const;

/** Events with a session id belong to it, others to their customer; those of nobody lie anywhere, but each always on the same node. */
const byEventSource =
  "cityHash64(if(session_key != 0, session_key, if(customer_key != 0, customer_key, cityHash64(batch_key, source_row))))";
const bySource = "cityHash64(source_key)";
const byOrder = "cityHash64(order_key)";

/** What decides on which node a row of a divided table lies; a `next_*` twin is divided as its table. */
const divisions: Readonly<Record<string, string>> = {
  fct_events: byEventSource,
  load_events: byEventSource,
  held_events: byEventSource,
  fct_sessions: bySource,
  session_starts: bySource,
  touched_events: byEventSource,
  fct_orders: byOrder,
  fct_order_lines: byOrder,
  fct_payments: byOrder,
  purchase_events: byOrder,
  order_heads: byOrder,
  agg_product_daily: "cityHash64(product_key)",
  product_changes: "cityHash64(product_key)",
  agg_visitor_daily: "cityHash64(day_on)",
};

const scratch = /^(next|erased|erasing)_/;

/** Whether the rows of a table, or of its twin, are divided between the nodes. */
export const isDivided = (table: string): boolean => table.replace(scratch, "") in divisions;

/** The statement that makes the view of all nodes of a table. */
export function spanningTable(table: string): string {
  const division = divisions[table.replace(scratch, "")];
  const engine =
    division === undefined
      ? `Distributed('${clusterNames.copied}', '${localDatabaseName}', '${table}')`
      : `Distributed('${clusterNames.divided}', '${localDatabaseName}', '${table}', ${division})`;
  return `create table if not exists ${table} as ${localDatabaseName}.${table} engine = ${engine}`;
}

/** A view as it stands in the database of all nodes: what it reads of the engine's own tables is read on each of them. */
export function spanningView(sql: string): string {
  const ofNodes = `cluster('${clusterNames.divided}', $&)`;
  const divided = Object.keys(divisions).flatMap((table) => [table, `next_${table}`]);
  const counted = `database = '${localDatabaseName}' and (_shard_num = 1 or table in ('${divided.join("', '")}'))`;
  return sql.replace(/\bsystem\.parts(_columns)?\b/, ofNodes).replace("database = currentDatabase()", counted);
}

/** Whether a file makes something that stands by itself in both databases: a view, or a table that only passes rows on. */
export const isPassedOn = (sql: string): boolean => /^create\b[^(]*\bview\b|engine = Null/im.test(withoutComments(sql));

/** Whether a statement is about rows where they lie, and is run on every node for its own. */
export const isAboutStorage = (sql: string): boolean =>
  /^\s*(alter|truncate|exchange|delete|drop|kill|optimize)\b/i.test(withoutComments(sql));

const withoutComments = (sql: string): string => sql.replace(/^\s*--.*$/gm, "");

/** What inserts and joins through the views of all nodes need: rows are there when an insert is answered, and joins are whole. */
export const spanningSettings = {
  distributed_foreground_insert: 1,
  distributed_product_mode: "global",
  prefer_localhost_replica: 1,
  parallel_distributed_insert_select: "0",
  use_hedged_requests: 0,
} as const;
