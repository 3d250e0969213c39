/** Rows of a table changed, also in columns that the table is ordered by. */
import { selectList } from "../warehouse/erased-people.ts";
import { createTwin, dropTwin } from "../warehouse/schema.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

export interface Rewriting {
  /** SQL: which rows change. */
  readonly where: string;
  /** SQL of each column that changes. */
  readonly set: Readonly<Record<string, string>>;
  /** Values that either binds; others may be among them. */
  readonly bindings: Readonly<Record<string, unknown>>;
}

/** Only what a text names: the engine would be sent all of them otherwise. */
export const bound = (sql: string, bindings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(bindings).filter(([name]) => sql.includes(`{${name}:`)));

/**
 * Replaces each partition that has a row of `where` by itself with those rows changed, at once: killed at any moment, a
 * partition is the old one or the new one. Rows that were deleted before and still lay on the disk go with the old one.
 *
 * @returns how many rows were changed
 */
export async function rewritePartitions(
  warehouse: Warehouse,
  table: string,
  { where, set, bindings }: Rewriting,
): Promise<number> {
  const partitions = await warehouse.query(
    `select _partition_id as id, toString(count()) as row_count from ${table} where ${where} group by id order by id`,
    { bindings: bound(where, bindings) },
  );
  if (partitions.length === 0) return 0;
  const scratch = `erasing_${table}`;
  const changed = Object.fromEntries(
    Object.entries(set).map(([column, sql]) => [column, `if(${where}, ${sql}, ${column})`]),
  );
  const { names, expressions } = await selectList(warehouse, table, changed);
  await dropTwin(warehouse, scratch);
  await createTwin(warehouse, scratch, table);
  for (const { id } of partitions) {
    await warehouse.command(`truncate table ${scratch}`);
    await warehouse.command(
      `insert into ${scratch} (${names}) select ${expressions} from ${table} where _partition_id = {partition:String}`,
      {
        bindings: { ...bound(expressions, bindings), partition: id },
        settings: { max_partitions_per_insert_block: 0 },
      },
    );
    await warehouse.command(`alter table ${table} replace partition id {partition:String} from ${scratch}`, {
      bindings: { partition: id },
    });
  }
  await dropTwin(warehouse, scratch);
  return partitions.reduce((sum, { row_count }) => sum + Number(row_count), 0);
}
