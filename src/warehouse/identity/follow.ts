/**
 * Keeps dim_identity what the live links say. Links are read anew where a record or an entry may have changed them; people are decided
 * anew only in the components that differ, and the build that follows is told which customers moved and on which days they were seen.
 */
import type { Config } from "../../config.ts";
import { type DayRange, noDays } from "../day-range.ts";
import { buildSql, emptyNext, swapNext } from "../replace.ts";
import { readState, replaceView } from "../schema.ts";
import { readSql } from "../sql-file.ts";
import { hasAdded } from "../touched.ts";
import type { Warehouse } from "../warehouse.ts";
import { readLinks, writePersons } from "./link-rows.ts";
import { resolvePeople } from "./resolve.ts";

/** Customers under one e-mail address beyond which it is nobody's own: a till's, a placeholder's. */
const mostSharing = 100;

/** What decided people, as they are before `putIdentities` and when it is done. */
export interface IdentityChange {
  /** Days on which customers who moved were seen; null when everything is built anew. */
  readonly days: DayRange | null;
  /** Tables whose twins are to be put in place, in this order: people before links, as links that are in place are taken as followed. */
  readonly replaced: readonly ("dim_identity" | "identity_links")[];
  readonly lastEntry: string;
}

/** The state that names the last manual entry that everything built follows; to be written at the end of a build. */
export const identityEntry = "identity_entry";

async function lastEntry(warehouse: Warehouse): Promise<string> {
  return String((await warehouse.queryOne("select toString(max(entry)) as entry from ops_identity_events")).entry);
}

/** Whether a manual entry waits for its build: the process that made it may have ended. */
export async function isIdentityOwed(warehouse: Warehouse, entry?: string): Promise<boolean> {
  return ((await readState(warehouse, identityEntry)) ?? "0") !== (entry ?? (await lastEntry(warehouse)));
}

/** Writes all live links, and the person of every id, to the twins of their tables; replaces nothing. */
export async function fillIdentities(warehouse: Warehouse, config: Config): Promise<void> {
  await readRecords(warehouse, null);
  await fillLinks(warehouse, config, "next_identity_records");
  await fillPersons(warehouse, true);
}

/** @param added batches whose records came; null reads those of all live batches */
async function readRecords(warehouse: Warehouse, added: readonly number[] | null): Promise<void> {
  await emptyNext(warehouse, "identity_records");
  await buildSql(warehouse, "core/identity_records.build", { is_whole: added === null, added: added ?? [] });
}

/** Takes what was read over; rows that are there twice say nothing else. */
async function keepRecords(warehouse: Warehouse, added: readonly number[] | null): Promise<void> {
  await readRecords(warehouse, added);
  if (added === null) await swapNext(warehouse, "identity_records");
  else await warehouse.command("insert into identity_records select * from next_identity_records");
}

async function fillLinks(
  warehouse: Warehouse,
  config: Config,
  records: "identity_records" | "next_identity_records",
): Promise<void> {
  await emptyNext(warehouse, "identity_links");
  await buildSql(warehouse, "core/next_identity_links", {
    by_email: config.identity.by_email,
    most_sharing: mostSharing,
    records,
  });
}

/** Persons of all ids, or of the touched ones. What needs no thought the engine does by itself. */
async function fillPersons(warehouse: Warehouse, isWhole: boolean): Promise<void> {
  await warehouse.command("truncate table intricate_identities");
  await buildSql(warehouse, "core/intricate_identities.build", {});
  await emptyNext(warehouse, "dim_identity");
  await buildSql(warehouse, "core/next_dim_identity", { is_whole: isWhole });
  const intricate = "(from_key in intricate_identities or to_key in intricate_identities)";
  const where = isWhole ? intricate : `${intricate} and from_key in touched_identities`;
  await writePersons(warehouse, resolvePeople(await readLinks(warehouse, where)));
}

/** Ids of links that came or went, and all ids that links old and new join them with. */
async function touchComponents(warehouse: Warehouse): Promise<number> {
  const columns = "from_key, to_key, kind, is_from_account, is_to_account";
  await warehouse.command("truncate table touched_identities");
  await warehouse.command(
    `insert into touched_identities
     select distinct arrayJoin([from_key, to_key]) from (
       select from_key, to_key from (
         select ${columns}, 1 as side from next_identity_links
         union all
         select ${columns}, -1 as side from identity_links
       ) group by ${columns} having sum(side) != 0
     )`,
  );
  const count = async (): Promise<number> =>
    Number((await warehouse.queryOne("select count() as key_count from touched_identities")).key_count);
  for (let before = 0, now = await count(); now !== before; ) {
    before = now;
    const beside = (table: string, one: string, other: string): string =>
      `select ${other} from ${table} where ${one} in touched_identities and ${other} not in touched_identities`;
    await warehouse.command(
      `insert into touched_identities
       ${beside("next_identity_links", "from_key", "to_key")} union distinct ${beside("next_identity_links", "to_key", "from_key")}
       union distinct ${beside("identity_links", "from_key", "to_key")} union distinct ${beside("identity_links", "to_key", "from_key")}`,
    );
    now = await count();
  }
  return await count();
}

/** Customers whose person will be another one, by the twin of dim_identity. */
async function noteMoved(warehouse: Warehouse): Promise<DayRange> {
  await warehouse.command("truncate table moved_customers");
  await warehouse.command(
    `insert into moved_customers
     select customer_key, if(max(old_key) = 0, customer_key, max(old_key)) as old_person, if(max(new_key) = 0, customer_key, max(new_key)) as new_person
     from (
       select customer_key, person_key as old_key, toUInt64(0) as new_key from dim_identity where customer_key in touched_identities
       union all
       select customer_key, toUInt64(0) as old_key, person_key as new_key from next_dim_identity where customer_key in touched_identities
     )
     group by customer_key
     having old_person != new_person`,
  );
  const row = await warehouse.queryOne(
    `select toString(min(event_on)) as first_on, toString(max(event_on)) as last_on, count() as event_count
     from fct_events where not is_derived and customer_key in (select customer_key from moved_customers)`,
  );
  return Number(row.event_count) === 0 ? noDays : { firstOn: String(row.first_on), lastOn: String(row.last_on) };
}

/**
 * Decides who is who, in the twins. Nothing that anybody reads changes yet: the days are owed first.
 *
 * @param request `isWhole` for everybody; else, of batches that only added something, `added`
 */
export async function decideIdentities(
  warehouse: Warehouse,
  config: Config,
  { isWhole, added }: { readonly isWhole: boolean; readonly added: readonly number[] | null },
): Promise<IdentityChange> {
  const entry = await lastEntry(warehouse);
  await warehouse.command("truncate table moved_customers");
  if (isWhole) {
    await keepRecords(warehouse, null);
    await fillLinks(warehouse, config, "identity_records");
    await fillPersons(warehouse, true);
    return { days: null, replaced: ["dim_identity", "identity_links"], lastEntry: entry };
  }
  const mayDiffer =
    added === null || (await hasAdded(warehouse, "stg_customers", added)) || (await isIdentityOwed(warehouse, entry));
  if (!mayDiffer) return { days: noDays, replaced: [], lastEntry: entry };
  await keepRecords(warehouse, added);
  await fillLinks(warehouse, config, "identity_records");
  // The same links, told by other batches perhaps: nobody is somebody else.
  if ((await touchComponents(warehouse)) === 0) return { days: noDays, replaced: ["identity_links"], lastEntry: entry };
  await fillPersons(warehouse, false);
  await warehouse.command(
    "insert into next_dim_identity select * from dim_identity where customer_key not in touched_identities",
  );
  return { days: await noteMoved(warehouse), replaced: ["dim_identity", "identity_links"], lastEntry: entry };
}

const viewFile = (name: string): URL => new URL(`../core/${name}.sql`, import.meta.url);

/** Puts what was decided in place. Events are read through the persons only where an id of theirs has another one. */
export async function putIdentities(warehouse: Warehouse, { replaced }: IdentityChange): Promise<void> {
  for (const table of replaced) await swapNext(warehouse, table);
  await viewEvents(warehouse);
}

async function viewEvents(warehouse: Warehouse): Promise<void> {
  const { is_linked, is_viewed_linked } = await warehouse.queryOne(
    `select
       (select count() > 0 from (
         select 1 from fct_events where not is_derived and customer_key in (select customer_key from dim_identity) limit 1)) as is_linked,
       (select max(position(as_select, 'dim_identity') > 0) from system.tables
        where database = currentDatabase() and name = 'person_events') as is_viewed_linked`,
  );
  if (Number(is_linked) === Number(is_viewed_linked)) return;
  const sql = readSql(viewFile(Number(is_linked) === 1 ? "person_events.linked" : "person_events"));
  await replaceView(warehouse, "person_events", sql);
}
