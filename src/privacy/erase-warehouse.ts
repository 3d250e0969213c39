/** Takes a person out of the warehouse: rows that numbers rest on go under another key, the others go. */
import { buildOwed, type ImportContext } from "../ingestion/import.ts";
import { build } from "../warehouse/build.ts";
import { noDays } from "../warehouse/day-range.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { isNamed } from "./export-person.ts";
import { namePatterns } from "./name-patterns.ts";
import { boundKeys, isOf } from "./person.ts";
import type { Plan } from "./plan.ts";
import { bound, rewritePartitions } from "./rewrite-partitions.ts";
import { keepTies } from "./same-person.ts";
import { noText, type WarehousePlace, warehousePlaces, warehouseTexts } from "./warehouse-places.ts";

const settle = { mutations_sync: "2" };

interface Erasing {
  readonly warehouse: Warehouse;
  readonly plan: Plan;
  /** Values that the expressions of places bind. */
  readonly bindings: Readonly<Record<string, unknown>>;
}

async function removeRows({ warehouse, bindings }: Erasing, table: string, where: string): Promise<number> {
  const row = await warehouse.queryOne(`select count() as row_count from ${table} where ${where}`, {
    bindings: bound(where, bindings),
  });
  if (Number(row.row_count) > 0)
    await warehouse.command(`alter table ${table} delete where ${where}`, {
      bindings: bound(where, bindings),
      settings: settle,
    });
  return Number(row.row_count);
}

/** SQL: a text in which the words that name the person give way to "erased"; twice, as neighbours share what stands between them. */
const withoutWords = (column: string, count: number): string =>
  Array.from({ length: 2 * count }, (_, pass) => Math.floor(pass / 2)).reduce(
    (text, place) =>
      `replaceRegexpAll(${text}, concat('(?i)', {replaced:Array(String)}[${place + 1}]), '\\\\1erased\\\\2')`,
    column,
  );

/** Texts of refused rows go as a whole; in what people keep, the words give way. */
async function eraseTexts({ warehouse, plan }: Erasing): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { anywhere, inRejects, replaced } = namePatterns(plan.person);
  for (const [table, columns] of Object.entries(warehouseTexts)) {
    const pattern = table === "ops_rejects" ? inRejects : anywhere;
    if (pattern === null) continue;
    const where = columns.map(isNamed).join(" or ");
    const row = await warehouse.queryOne(`select count() as row_count from ${table} where ${where}`, {
      bindings: { pattern },
    });
    if (Number(row.row_count) === 0) continue;
    const changes =
      table === "ops_rejects"
        ? "value = '', raw = '', reason = 'of an erased person'"
        : columns.map((column) => `${column} = ${withoutWords(column, replaced.length)}`).join(", ");
    await warehouse.command(`alter table ${table} update ${changes} where ${where}`, {
      bindings: bound(`${changes} ${where}`, { pattern, replaced }),
      settings: settle,
    });
    counts[table] = Number(row.row_count);
  }
  return counts;
}

async function purgeDeleted(warehouse: Warehouse): Promise<void> {
  const rows = await warehouse.query("select distinct table from stored_parts where has_lightweight_delete");
  for (const { table } of rows)
    await warehouse.command(`alter table ${table} apply deleted mask`, { settings: settle });
}

async function eraseFrom(erasing: Erasing, table: string, place: WarehousePlace): Promise<number> {
  const { becomes, keys, set, texts = [] } = place;
  if (becomes === "removed") return await removeRows(erasing, table, isOf(keys));
  if (becomes !== "kept" || set === undefined) return 0;
  const changed = await rewritePartitions(erasing.warehouse, table, {
    where: isOf(keys),
    set,
    bindings: erasing.bindings,
  });
  if (texts.length === 0 || erasing.bindings.pattern === null) return changed;
  // Rows of somebody else, or of nobody known, whose text names the person.
  const empty = Object.fromEntries(texts.map((column) => [column, noText[column] ?? "''"]));
  const named = { where: texts.map(isNamed).join(" or "), set: empty, bindings: erasing.bindings };
  return changed + (await rewritePartitions(erasing.warehouse, table, named));
}

/** The pseudonyms' ids, for those whose key does not say it. */
async function nameEach({ warehouse, plan }: Erasing): Promise<void> {
  await warehouse.command(
    `insert into stg_customer_ids
     select toUInt64(pair.1), pair.2
     from (select arrayJoin(arrayZip({new_keys:Array(UInt64)}, {new_ids:Array(String)})) as pair)
     where pair.1 >= 9223372036854775808 and pair not in (select customer_key, customer_id from stg_customer_ids)`,
    { bindings: { new_keys: boundKeys(plan.newKeys), new_ids: plan.newIds } },
  );
}

/**
 * Erases the plan's person, and brings the warehouse up to date. Every step may be repeated.
 *
 * @returns rows by table; on a repetition those that were left
 */
export async function eraseFromWarehouse(
  context: ImportContext,
  plan: Plan,
  identityKey: string,
  onStep: (step: string) => void,
): Promise<Record<string, number>> {
  const { warehouse, config, clock } = context;
  const { person } = plan;
  const erasing: Erasing = {
    warehouse,
    plan,
    bindings: {
      keys: boundKeys(person.keys),
      old_keys: boundKeys(person.keys),
      new_keys: boundKeys(plan.newKeys),
      new_ids: plan.newIds,
      shared_sessions: boundKeys(plan.sharedSessions),
      salt: plan.salt,
      identity_key: identityKey,
      time_zone: config.time_zone,
      pattern: namePatterns(person).anywhere,
    },
  };
  const counts: Record<string, number> = {};
  for (const [table, place] of Object.entries(warehousePlaces)) {
    onStep(table);
    const rows = person.keys.length === 0 ? 0 : await eraseFrom(erasing, table, place);
    if (rows > 0) counts[table] = rows;
  }
  if (person.keys.length > 0) await nameEach(erasing);
  if (plan.ties !== undefined) {
    const newKeyOf = (key: string): string => plan.newKeys[person.keys.indexOf(key)] ?? key;
    await keepTies(warehouse, clock, plan.ties, newKeyOf);
  }
  Object.assign(counts, await eraseTexts(erasing));
  onStep("build");
  await buildOwed(context, "erase");
  await build(warehouse, { config, clock, touched: plan.days ?? noDays, reason: "erase" });
  for (const [table, { becomes }] of Object.entries(warehousePlaces))
    if (becomes === "emptied") await warehouse.command(`truncate table ${table}`);
  await purgeDeleted(warehouse);
  return counts;
}
