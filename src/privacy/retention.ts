/**
 * Retention by age: what no number rests on goes once it is older than the settings say. Properties of events, texts of refused
 * rows and mails that were sent; events, orders and everything computed from them stay.
 */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StoreConnection } from "../store/connection.ts";
import type { Workspace } from "../workspace.ts";
import { rewritePartitions } from "./rewrite-partitions.ts";
import { offerOf } from "./warehouse-places.ts";

/** What goes of one place and month. */
export interface RetainedPart {
  readonly place: string;
  /** Month it is of, `YYYY-MM`. */
  readonly month: string;
  /** Rows, or files of a folder. */
  readonly row_count: number;
  /** Of the texts that go, before compression. */
  readonly byte_count: number;
}

/** The first day, UTC, of the month `months` before the one of `now`: what is of an earlier day goes. */
export function keptFrom(now: number, months: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString().slice(0, 10);
}

const oldProperties = `event_on < {before:Date} and properties != (${offerOf})`;
const oldRejects = `(raw != '' or value != '') and batch_key in (
  select batch_key from ops_batches final where ifNull(finished_at, now64(3)) < toDateTime64({before:String}, 3, 'UTC'))`;

type Settings = Workspace["config"]["retention"];
const isSet = (months: number | undefined): months is number => months !== undefined;

/** Mails of a shop without a mail server, by the time in their names. */
function* oldMails(root: string, before: string): Generator<{ path: string; month: string; bytes: number }> {
  const folder = join(root, "mail");
  for (const name of readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name))
    if (/^\d{4}-\d{2}-\d{2}T/.test(name) && name.slice(0, 10) < before)
      yield { path: join(folder, name), month: name.slice(0, 7), bytes: statSync(join(folder, name)).size };
}

const hasMailFolder = (root: string): boolean => readdirSync(root).includes("mail");

/** What the settings let go of now, by place and month; nothing is changed. */
export async function listOutlived(
  { warehouse, config, clock, folders }: Workspace,
  store: StoreConnection | null,
): Promise<readonly RetainedPart[]> {
  const { properties_months, rejects_months, mails_months }: Settings = config.retention;
  const parts: RetainedPart[] = [];
  const add = (place: string, rows: readonly Readonly<Record<string, unknown>>[]): void => {
    for (const row of rows)
      parts.push({
        place,
        month: String(row.month),
        row_count: Number(row.row_count),
        byte_count: Number(row.byte_count),
      });
  };
  for (const table of isSet(properties_months) ? ["fct_events", "held_events"] : []) {
    const bindings = { before: keptFrom(clock.now(), properties_months ?? 0) };
    add(
      table,
      await warehouse.query(
        `select formatDateTime(event_on, '%Y-%m') as month, count() as row_count, sum(length(properties)) as byte_count
         from ${table} where ${oldProperties} group by month order by month`,
        { bindings },
      ),
    );
  }
  if (isSet(rejects_months)) {
    const bindings = { before: keptFrom(clock.now(), rejects_months) };
    add(
      "ops_rejects",
      await warehouse.query(
        `select formatDateTime(batches.finished_at, '%Y-%m') as month, count() as row_count, sum(length(rejects.raw) + length(rejects.value)) as byte_count
         from (select batch_key, raw, value from ops_rejects where ${oldRejects}) as rejects
         join (select batch_key, finished_at from ops_batches final) as batches on rejects.batch_key = batches.batch_key
         group by month order by month`,
        { bindings },
      ),
    );
  }
  if (!isSet(mails_months)) return parts;
  const before = keptFrom(clock.now(), mails_months);
  if (store !== null)
    add(
      "store mails",
      await store.query(
        `select to_char(sent_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as row_count, sum(length(recipient) + length(details::text)) as byte_count
         from store.mails where sent_at < $1::date and recipient <> '' group by 1 order by 1`,
        [before],
      ),
    );
  const files = new Map<string, { row_count: number; byte_count: number }>();
  for (const { month, bytes } of hasMailFolder(folders.root) ? oldMails(folders.root, before) : []) {
    const sums = files.get(month) ?? { row_count: 0, byte_count: 0 };
    files.set(month, { row_count: sums.row_count + 1, byte_count: sums.byte_count + bytes });
  }
  add(
    "mail",
    [...files].map(([month, sums]) => ({ month, ...sums })),
  );
  return parts;
}

/**
 * Lets go of what the settings say; returns it as `listOutlived` had it before. May be repeated: what went is not there.
 */
export async function letGo(workspace: Workspace, store: StoreConnection | null): Promise<readonly RetainedPart[]> {
  return await workspace.exclusively(async () => {
    const { warehouse, config, clock, folders } = workspace;
    const { properties_months, rejects_months, mails_months }: Settings = config.retention;
    const parts = await listOutlived(workspace, store);
    if (isSet(properties_months))
      for (const table of ["fct_events", "held_events"])
        await rewritePartitions(warehouse, table, {
          where: oldProperties,
          set: { properties: offerOf },
          bindings: { before: keptFrom(clock.now(), properties_months) },
        });
    if (isSet(rejects_months) && parts.some(({ place }) => place === "ops_rejects"))
      await warehouse.command(`alter table ops_rejects update value = '', raw = '' where ${oldRejects}`, {
        bindings: { before: keptFrom(clock.now(), rejects_months) },
        settings: { mutations_sync: "2" },
      });
    if (isSet(mails_months)) {
      const before = keptFrom(clock.now(), mails_months);
      if (store !== null) await store.query("select store.forget_sent_mails($1)", [before]);
      for (const { path } of hasMailFolder(folders.root) ? [...oldMails(folders.root, before)] : [])
        rmSync(path, { force: true });
    }
    return parts;
  });
}
