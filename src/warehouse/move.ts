/**
 * A cluster that got another node: what is whole on every node is copied to it, events are divided anew, and all that is made of
 * them is built anew, by which it is divided too. Each step may be repeated; a move that ended within is begun again and ends well.
 */
import { CartwrightError } from "../errors.ts";
import { clusterNames, isDivided, localDatabaseName } from "./cluster.ts";
import { exchangeUnless, numbersOf, type TableNumbers } from "./replicated.ts";
import { dividedBetween, divisionOf, readState, readStateOfFirst, writeState, writeStates } from "./schema.ts";
import type { Warehouse } from "./warehouse.ts";

/** State: what the events that were divided anew are called on each node, from when they are whole until they stand in place. */
const eventsInstead = "events_instead";

const nodeCount = (warehouse: Warehouse): number => warehouse.cluster?.nodes.length ?? 1;

/**
 * Refuses a warehouse whose rows are divided between other nodes than there are. A node that was just added has nothing of what is
 * whole on every node, and may be the one that is read; one that is not named is not told what changes.
 */
export async function requireDivision(warehouse: Warehouse): Promise<void> {
  if (warehouse.cluster === null) return;
  const known = await knownDivision(warehouse);
  const count = nodeCount(warehouse);
  if (known === count) return;
  const remedy =
    known < count
      ? "run `cartwright cluster move`"
      : "a node cannot be taken away: name all of them again, or import the files into a new warehouse";
  throw new CartwrightError(
    "invalid_usage",
    `rows are divided between ${known} nodes, and warehouse.nodes names ${count}; ${remedy}`,
  );
}

async function knownDivision(warehouse: Warehouse): Promise<number> {
  return Number((await readStateOfFirst(warehouse, dividedBetween)) ?? nodeCount(warehouse));
}

/** Copies what is whole on every node to those that were added. */
export async function copyToAdded(warehouse: Warehouse): Promise<void> {
  if (warehouse.cluster === null || warehouse.cluster.isReplicated)
    throw new CartwrightError(
      "invalid_usage",
      warehouse.cluster === null
        ? "warehouse.nodes names no cluster"
        : "rows of a replicated cluster cannot be moved; import the files into a new warehouse",
    );
  const known = await knownDivision(warehouse);
  if (known > nodeCount(warehouse)) await requireDivision(warehouse);
  await copyWholeTables(warehouse, known);
}

/** Notes that everything lies where it belongs. */
export const noteDivision = async (warehouse: Warehouse): Promise<void> =>
  await writeStates(warehouse, divisionOf(warehouse));

async function copyWholeTables(warehouse: Warehouse, known: number): Promise<void> {
  const added = (warehouse.cluster?.nodes ?? []).flatMap((_, index) => (index < known ? [] : [index]));
  const tables = await warehouse.readNode(
    0,
    "select name from system.tables where database = currentDatabase() and engine like '%MergeTree' order by name",
  );
  for (const { name } of tables) if (!isDivided(String(name))) await copyWhole(warehouse, String(name), added);
}

/** Fills a table of the nodes that were added with the rows of the first. */
async function copyWhole(warehouse: Warehouse, table: string, added: readonly number[]): Promise<void> {
  const columns = await warehouse.readNode(
    0,
    "select name from system.columns where database = currentDatabase() and table = {table:String} and default_kind in ('', 'DEFAULT') order by position",
    { bindings: { table } },
  );
  const names = columns.map(({ name }) => name).join(", ");
  for (const index of added) {
    await warehouse.onNode(index, `truncate table ${table}`);
    await warehouse.onNode(
      index,
      `insert into ${table} (${names}) select ${names} from cluster('${clusterNames.divided}', '${localDatabaseName}', '${table}')
       where _shard_num = 1 settings max_partitions_per_insert_block = 0`,
    );
  }
}

/** Brings events to the nodes they belong to; what is built of them must be built anew by whoever calls. */
export async function divideEvents(warehouse: Warehouse): Promise<void> {
  const noted = await readState(warehouse, eventsInstead);
  const instead = noted ? (JSON.parse(noted) as TableNumbers) : await fillInstead(warehouse);
  await exchangeUnless(warehouse, "fct_events", await numbersOf(warehouse, "fct_events"), instead);
  await writeState(warehouse, eventsInstead, "");
  await warehouse.command("truncate table next_fct_events");
}

/** Writes all events to the twin, by which they are divided between the nodes there are; returns what the twin is called on each. */
async function fillInstead(warehouse: Warehouse): Promise<TableNumbers> {
  await warehouse.command("truncate table next_fct_events");
  await warehouse.command("insert into next_fct_events select * from fct_events", {
    settings: { max_partitions_per_insert_block: 0 },
  });
  const digest = "count() as row_count, sum(cityHash64(batch_key, source_row, event_id, event_at)) as digest";
  const [before, after] = [
    await warehouse.queryOne(`select ${digest} from fct_events`),
    await warehouse.queryOne(`select ${digest} from next_fct_events`),
  ];
  if (before.row_count !== after.row_count || before.digest !== after.digest)
    throw new CartwrightError("internal", `${before.row_count} events became ${after.row_count} when divided anew`);
  const numbers = await numbersOf(warehouse, "next_fct_events");
  await writeState(warehouse, eventsInstead, JSON.stringify(numbers));
  return numbers;
}
