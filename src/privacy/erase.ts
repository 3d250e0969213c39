/**
 * Erases a person everywhere. Orders, money and counts stay, of a customer whom nothing leads back to the person; the rest goes.
 * Killed at any moment, the next erasure finishes it first; erasing twice changes nothing.
 */
import { randomBytes } from "node:crypto";
import { isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { recover } from "../ingestion/commit.ts";
import type { StoreConnection } from "../store/connection.ts";
import { refreshView } from "../store/refresh.ts";
import { personHash } from "../warehouse/erased-people.ts";
import { type Erasure, identityKey, readErasures, removeErasure, writeErasure } from "../workspace/erasure-register.ts";
import type { Workspace } from "../workspace.ts";
import { eraseFromWarehouse } from "./erase-warehouse.ts";
import { eraseFromFiles } from "./files.ts";
import { namePatterns } from "./name-patterns.ts";
import { boundKeys, findPerson, isOf, type Person, type PersonQuery } from "./person.ts";
import { type Plan, readPlan, removePlan, writePlan } from "./plan.ts";
import { tiesOf } from "./same-person.ts";

export interface EraseOptions {
  /** The store, open; null in a shop without one. */
  readonly store: StoreConnection | null;
  readonly actor: string;
  /** Brings what waits on the disk and in the store into the warehouse, before and after. */
  readonly settle?: (() => Promise<void>) | undefined;
  /** Erase although orders wait for payment or dispatch: the person was erased before. */
  readonly isForced?: boolean | undefined;
  /** Told how to tell texts that name the person, for what this process keeps in memory. */
  readonly onNamed?: ((isNamed: (text: string) => boolean) => void) | undefined;
  /** Told the name of each step before it is taken. */
  readonly onStep?: ((step: string) => void) | undefined;
}

export interface ErasureOutcome extends Pick<Erasure, "id" | "erased_at" | "actor" | "counts"> {
  /** Files that are somebody's own work and name the person, by path in the workspace. */
  readonly told: readonly string[];
}

async function hashesOf({ warehouse, folders }: Workspace, keys: readonly string[]): Promise<readonly string[]> {
  const rows = await warehouse.query(
    `select ${personHash("customer_key")} as hash from (select arrayJoin({keys:Array(UInt64)}) as customer_key) order by hash`,
    { bindings: { keys: boundKeys(keys), identity_key: identityKey(folders.root) } },
  );
  return rows.map((row) => String(row.hash));
}

async function keysOf({ warehouse }: Workspace, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await warehouse.query(
    "select toString(natural_key(id)) as customer_key from (select arrayJoin(arrayZip(arrayEnumerate({ids:Array(String)}), {ids:Array(String)})) as pair, pair.1 as place, pair.2 as id) order by place",
    { bindings: { ids } },
  );
  return rows.map((row) => String(row.customer_key));
}

/** Sessions that have an event of the person and one of somebody else, and the days of the person's events. */
async function eventsOf({ warehouse }: Workspace, keys: readonly string[]) {
  const bindings = { keys: boundKeys(keys) };
  const shared = await warehouse.query(
    `select toString(session_key) as session_key from fct_events
     where session_key in (select session_key from fct_events where ${isOf(["customer_key"])} and session_key != 0)
     group by session_key having countIf(not (${isOf(["customer_key"])})) > 0`,
    { bindings },
  );
  const days = await warehouse.queryOne(
    `select toString(min(event_on)) as first_on, toString(max(event_on)) as last_on, count() as row_count from fct_events
     where ${isOf(["customer_key"])} and not is_derived`,
    { bindings },
  );
  return {
    sharedSessions: shared.map((row) => String(row.session_key)),
    days: Number(days.row_count) === 0 ? null : { firstOn: String(days.first_on), lastOn: String(days.last_on) },
  };
}

const randomId = (): string => `erased-${randomBytes(8).toString("hex")}`;

/** In the store a customer number of its own takes the place of each; the warehouse follows it, so that both keep agreeing. */
async function planFor(workspace: Workspace, person: Person, { store, actor, isForced }: EraseOptions): Promise<Plan> {
  const reserved =
    store === null || person.storeIds.length === 0
      ? []
      : await store.query("select store.reserve_customer_ids($1) as id", [person.storeIds.length]);
  const newStoreIds = reserved.map(({ id }) => Number(id));
  const storeIds = person.storeIds.map((id) => `S-${id}`);
  const storeKeys = await keysOf(workspace, storeIds);
  const newIds = person.keys.map((key) => {
    const place = storeKeys.indexOf(key);
    return place < 0 ? randomId() : `S-${newStoreIds[place]}`;
  });
  return {
    id: randomBytes(8).toString("hex"),
    actor,
    isForced: isForced ?? false,
    person,
    newIds,
    newKeys: await keysOf(workspace, newIds),
    newStoreIds,
    salt: randomBytes(32).toString("hex"),
    ties: await tiesOf(workspace.warehouse, person.keys),
    ...(await eventsOf(workspace, person.keys)),
  };
}

/** The person has no orders that are still to be paid or sent. @throws person_needed */
async function refuseWhileNeeded(store: StoreConnection, { storeIds }: Person): Promise<void> {
  const open = await store.query(
    "select order_id from store.orders where customer_id = any ($1::bigint[]) and status in ('created', 'paid') order by order_id",
    [storeIds],
  );
  if (open.length === 0) return;
  const orders = open.map(({ order_id }) => String(order_id)).join(", ");
  throw new CartwrightError("person_needed", `orders that are not paid or not sent yet: ${orders}`);
}

async function eraseFromStore(
  store: StoreConnection,
  { person, newStoreIds, isForced }: Plan,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await store.transaction(async (inside) => {
    for (const [place, id] of person.storeIds.entries()) {
      const rows = await inside.query("select table_name, row_count from store.erase_customer($1, $2, $3, $4)", [
        id,
        newStoreIds[place],
        person.visitors,
        isForced,
      ]);
      for (const { table_name, row_count } of rows) {
        const name = `store ${table_name}`;
        if (Number(row_count) > 0) counts[name] = (counts[name] ?? 0) + Number(row_count);
      }
    }
  });
  for (const view of ["mv_customer_clv", "mv_rfm"] as const) await refreshView(store, view);
  return counts;
}

/** Carries a plan out. Every step may be repeated; the register says that it was begun before the first. */
async function carryOut(workspace: Workspace, plan: Plan, options: EraseOptions): Promise<ErasureOutcome> {
  const { warehouse, config, clock, folders } = workspace;
  const { store, onStep = () => {} } = options;
  const { root } = folders;
  const known = readErasures(root).find(({ id }) => id === plan.id);
  const counts: Record<string, number> = { ...known?.counts };
  const note = (found: Readonly<Record<string, number>>): void => {
    for (const [place, rows] of Object.entries(found)) counts[place] = (counts[place] ?? 0) + rows;
  };
  const erasure = (state: Erasure["state"], hashes: readonly string[]): Erasure => ({
    id: plan.id,
    erased_at: known?.erased_at ?? isoNow(clock),
    actor: plan.actor,
    state,
    hashes,
    store_last_id: plan.newStoreIds.length > 0 ? Math.max(...plan.newStoreIds) : null,
    counts,
  });
  const hashes = await hashesOf(workspace, plan.person.keys);
  const begun = erasure("begun", hashes);
  writeErasure(root, begun);
  if (store !== null && plan.person.storeIds.length > 0) {
    onStep("store");
    note(
      await eraseFromStore(store, plan).catch((error: unknown) => {
        const isNeeded = error instanceof CartwrightError && error.code === "store_conflict";
        if (!isNeeded) throw error;
        // An order came in between; nothing has been changed yet.
        removePlan(root);
        removeErasure(root, plan.id);
        throw new CartwrightError("person_needed", error.message, {}, error);
      }),
    );
    writeErasure(root, { ...begun, counts });
  }
  note(
    await eraseFromWarehouse({ warehouse, config, clock }, plan, identityKey(root), (table) => {
      onStep(table);
      writeErasure(root, { ...begun, counts });
    }),
  );
  onStep("settle");
  await options.settle?.();
  onStep("files");
  const pattern = namePatterns(plan.person).anywhere;
  const named = new RegExp(pattern ?? "^\\b$", "iu");
  options.onNamed?.((text) => named.test(text));
  const files = eraseFromFiles(root, pattern);
  note(files.counts);
  onStep("register");
  writeErasure(root, { ...begun, state: "done", counts });
  onStep("forget");
  removePlan(root);
  return { id: plan.id, erased_at: begun.erased_at, actor: plan.actor, counts, told: files.told };
}

/** Finishes an erasure that a process left; null when none is under way. */
export async function finishErasure(workspace: Workspace, options: EraseOptions): Promise<ErasureOutcome | null> {
  return await workspace.exclusively(async () => {
    const plan = readPlan(workspace.folders.root);
    if (plan === null) return null;
    if (options.store === null && plan.newStoreIds.length > 0)
      throw new CartwrightError("store_missing", "the erasure under way is of a customer of the store", {
        hint: "make the store reachable, then erase again",
      });
    await recover(workspace.warehouse, workspace.clock);
    return await carryOut(workspace, plan, options);
  });
}

/** The erasure of an id that nothing is held under any more; null when it never was erased. */
async function erasedBefore(workspace: Workspace, query: PersonQuery): Promise<Erasure | null> {
  if ("email" in query) return null;
  const keys = "key" in query ? [query.key] : await keysOf(workspace, [query.id]);
  const [hash = ""] = await hashesOf(workspace, keys);
  return readErasures(workspace.folders.root).find(({ hashes }) => hashes.includes(hash)) ?? null;
}

/**
 * Erases the person of an id or an e-mail address. An id that was erased before gives the erasure of then, and nothing changes.
 *
 * @throws person_unknown, person_needed while an order waits for payment or dispatch; nothing is changed then
 */
export async function erasePerson(
  workspace: Workspace,
  query: PersonQuery,
  options: EraseOptions,
): Promise<ErasureOutcome> {
  return await workspace.exclusively(async () => {
    await finishErasure(workspace, options);
    await recover(workspace.warehouse, workspace.clock);
    await options.settle?.();
    const person = await findPerson(workspace.warehouse, options.store, query).catch(async (error: unknown) => {
      const before = await erasedBefore(workspace, query);
      if (before === null) throw error;
      return before;
    });
    if ("erased_at" in person) {
      const { id, erased_at, actor, counts } = person;
      return { id, erased_at, actor, counts, told: [] };
    }
    if (options.store !== null && !options.isForced) await refuseWhileNeeded(options.store, person);
    const plan = await planFor(workspace, person, options);
    writePlan(workspace.folders.root, plan);
    return await carryOut(workspace, plan, options);
  });
}
