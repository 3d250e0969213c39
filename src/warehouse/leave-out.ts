/**
 * Questions that are answered without the nodes which do not answer, where the settings allow it (`warehouse.unreachable_nodes`).
 * The engine does not tell whether it passed over a node. It counts the connections that it could not make, though: a question
 * during which the count stands still lacks nothing, and any other is taken for one that does, however short a node was gone.
 */
import { CartwrightError } from "../errors.ts";
import { clusterNames } from "./cluster.ts";
import type { QueryCost, QueryOptions, Row, Warehouse } from "./warehouse.ts";

/** What an answer lacks: the rows of so many nodes. */
export interface Lack {
  readonly missingNodes: number;
  readonly nodes: number;
}

interface Misses {
  readonly count: number;
  readonly upSeconds: number;
  readonly readAt: number;
}

/** How often a question is asked that a node was missing from which answers again. */
const mostAttempts = 3;
const passOver = { skip_unavailable_shards: 1 } as const;

/** Rows of a select as the reader, and what they lack; null where they are whole. @throws warehouse_unreachable as ever, unless it may lack rows */
export async function readLeavingOut(
  warehouse: Warehouse,
  sql: string,
  options: QueryOptions,
): Promise<{ readonly rows: readonly Row[]; readonly cost: QueryCost; readonly lack: Lack | null }> {
  if (!warehouse.cluster?.leavesOut) return { ...(await warehouse.read(sql, options)), lack: null };
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const before = await readMisses(warehouse);
    const answer = await readPassingOver(warehouse, sql, options);
    if (isSame(before, await readMisses(warehouse))) return { ...answer, lack: null };
    const lack = await readLack(warehouse);
    if (lack.missingNodes > 0) return { ...answer, lack };
  }
  throw new CartwrightError(
    "warehouse_unreachable",
    "a node of the cluster comes and goes, or lacks a table, so it cannot be told what the answer lacks",
  );
}

async function readPassingOver(warehouse: Warehouse, sql: string, options: QueryOptions) {
  try {
    return await warehouse.read(sql, { ...options, settings: passOver });
  } catch (error) {
    const isForbidden =
      error instanceof CartwrightError &&
      error.code === "query_refused" &&
      error.message.includes("skip_unavailable_shards");
    if (!isForbidden) throw error;
    throw new CartwrightError(
      "query_refused",
      "warehouse.unreachable_nodes is leave_out, and the profile of the reader does not let skip_unavailable_shards be changed: docs/guides/cluster.md says how",
      {},
      error,
    );
  }
}

/** Of the node that is asked, since it started: shards it could not connect to, or that lacked the table. */
async function readMisses(warehouse: Warehouse): Promise<Misses> {
  const row = await warehouse.queryOne(
    `select sum(value) as misses, uptime() as up_seconds from system.events
     where event in ('DistributedConnectionFailAtAll', 'DistributedConnectionMissingTable')`,
  );
  return { count: Number(row.misses), upSeconds: Number(row.up_seconds), readAt: performance.now() };
}

/** An engine that was started in between counts from nothing. */
const isSame = (before: Misses, after: Misses): boolean =>
  before.count === after.count &&
  after.upSeconds - before.upSeconds >= Math.floor((after.readAt - before.readAt) / 1000) - 1;

/** Which of the nodes the first one reaches now. */
async function readLack(warehouse: Warehouse): Promise<Lack> {
  const row = await warehouse.queryOne(
    `select
       (select uniqExact(shard_num) from system.clusters where cluster = '${clusterNames.divided}') as nodes,
       (select uniqExact(_shard_num) from cluster('${clusterNames.divided}', system.one)) as answering`,
    { settings: passOver },
  );
  return { missingNodes: Number(row.nodes) - Number(row.answering), nodes: Number(row.nodes) };
}

/** What is said of it; it names no address, as whoever follows a shared link reads it. */
export const lackMessage = ({ missingNodes, nodes }: Lack): string =>
  `${missingNodes} of ${nodes} nodes of the warehouse ${missingNodes === 1 ? "does" : "do"} not answer: rows that lie there are missing`;

/** What two answers lack together. */
export const lackOfBoth = (one: Lack | null, other: Lack | null): Lack | null =>
  (one?.missingNodes ?? 0) >= (other?.missingNodes ?? 0) ? one : other;

/** Whether an error says that a node does not answer where one may do without it. */
export const mayDoWithout = ({ cluster }: Warehouse, error: unknown): boolean =>
  cluster?.leavesOut === true && error instanceof CartwrightError && error.code === "warehouse_unreachable";
