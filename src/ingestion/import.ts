/** Importing files: each becomes a batch; sessions, orders, dimensions and rollups follow once all are in. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { glob } from "tinyglobby";
import { type Clock, isoNow } from "../clock.ts";
import { type Config, currencyDecimals } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { build, isBuiltOtherwise } from "../warehouse/build.ts";
import { type DayRange, noDays, unionOfDays } from "../warehouse/day-range.ts";
import { forgetErased } from "../warehouse/erased-people.ts";
import { priceArrived } from "../warehouse/event-prices.ts";
import { isIdentityOwed } from "../warehouse/identity/follow.ts";
import { landings } from "../warehouse/landing.ts";
import { areFlagsOwed } from "../warehouse/traffic/follow.ts";
import { markArrived } from "../warehouse/traffic/mark-events.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import {
  type Batch,
  batchesOf,
  changeBatch,
  deleteRows,
  findBatch,
  liveNamed,
  liveOfSize,
  livePartsOf,
  nextBatchKey,
  unbuiltBatches,
  writeBatches,
} from "./batches.ts";
import { commitBatch, recover, retireBatch, setAsideDuplicates, undoBatch } from "./commit.ts";
import { type Corrections, correctorOf } from "./corrections.ts";
import { RowLoader, requireNotCancelled } from "./load-rows.ts";
import type { Mapping } from "./mapping.ts";
import { type FileOptions, type OpenedFile, openFile } from "./open-file.ts";
import { type ReadProgress, readBytes } from "./read-bytes.ts";
import type { Reject } from "./rows.ts";

export interface ImportContext {
  readonly warehouse: Warehouse;
  readonly config: Config;
  readonly clock: Clock;
  /** Fewest events of a shop whose sessions are kept by day instead of by month. */
  readonly smallEventCount?: number;
}

export interface ImportOptions extends FileOptions {
  readonly preset?: string;
  readonly mapping?: Mapping;
  /** What the (single) file is known as across imports; its path when not given. */
  readonly source?: string;
  /** Refused rows of the (single) file as they were corrected. */
  readonly corrections?: Corrections;
  /** Batch number or source that the (single) file replaces. */
  readonly replace?: string;
  readonly signal?: AbortSignal;
  /** Whether it is certain that no counted row has an id of these files, so that only repeats within a file are looked for. */
  readonly idsAreNew?: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly path: string;
  readonly step: string;
  readonly readRows: number;
  readonly readBytes: number;
  readonly totalBytes: number;
}

const fileExtensions = /\.(csv|tsv|txt|jsonl|ndjson|parquet|xlsx)(\.gz|\.zst)?$/i;

/** The files that paths, folders and globs name, in order, each once. */
export async function expandPaths(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = existsSync(path) && statSync(path).isDirectory();
    if (existsSync(path) && !isFolder) {
      found.push(path);
      continue;
    }
    const matches = isFolder
      ? await glob("**/*", { cwd: path, absolute: true })
      : await glob(path.replaceAll("\\", "/"), { absolute: true });
    const files = matches.filter((match) => !isFolder || fileExtensions.test(match)).sort();
    if (files.length === 0) throw new CartwrightError("file_missing", `${path} names no file`, { path });
    found.push(...files);
  }
  return [...new Set(await Promise.all(found.map((path) => realpath(path))))];
}

/** Imports files and brings the warehouse up to date. Returns one batch a file and kind of row in it, in order. */
export async function importFiles(
  context: ImportContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<Batch[]> {
  const files = await expandPaths(paths);
  if (options.replace !== undefined && files.length !== 1) {
    throw new CartwrightError("invalid_usage", `--replace goes with one file; ${files.length} were given`);
  }
  await recover(context.warehouse, context.clock);
  // All are recognised before the first is loaded, so that a wrong file in a folder is found at once.
  const opened: OpenedFile[] = [];
  for (const path of files) opened.push(await openFile(path, options));
  // Order lines are narrowed by the products that are kept, so products come first.
  if (options.keep)
    opened.sort((a, b) => Number(b.mapping.kind.name === "products") - Number(a.mapping.kind.name === "products"));
  return await importOpened(context, opened, options, "import");
}

/**
 * Imports files that are open already, after `recover`, and brings the warehouse up to date.
 *
 * @param reason why the build that follows runs, for the journal of refreshes
 */
export async function importOpened(
  context: ImportContext,
  opened: readonly OpenedFile[],
  options: ImportOptions,
  reason: string,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  try {
    for (const file of opened) {
      const first = await importFile(context, file, options);
      batches.push(first);
      for (const one of file.also ?? []) batches.push(await importFile(context, one, optionsAlso(one, first, options)));
    }
  } finally {
    options.onProgress?.({ path: "", step: "building", readRows: 0, readBytes: 0, totalBytes: 0 });
    await buildOwed(context, reason);
  }
  const keys = batches.map((batch) => batch.batch_key);
  return await batchesOf(context.warehouse, keys);
}

/** The same for the rows of a further kind: known beside the first, without its corrections; once the first counts they follow, cancelled or not. */
function optionsAlso({ mapping }: OpenedFile, first: Batch, options: ImportOptions): ImportOptions {
  const { corrections: _, replace: __, signal: ___, ...rest } = options;
  return { ...rest, source: `${first.source}#${mapping.kind.name}` };
}

/** Builds for every batch that sessions, orders and rollups do not follow yet. */
export async function buildOwed(
  context: ImportContext,
  reason: string,
  onStep?: (step: string) => void,
): Promise<void> {
  const { warehouse, config, clock } = context;
  const owed = await unbuiltBatches(warehouse);
  const isFirst =
    Number((await warehouse.queryOne("select count() as refresh_count from ops_refreshes")).refresh_count) === 0;
  const isIdle = owed.length === 0 && !isFirst;
  const isOwed = async (): Promise<boolean> =>
    (await isIdentityOwed(warehouse)) ||
    (await areFlagsOwed(warehouse, config)) ||
    (await isBuiltOtherwise(warehouse, config));
  if (isIdle && !(await isOwed())) return;
  // Only events make sessions and product days; everything else is built whole each time.
  const dated = owed.filter((batch) => batch.kind === "events");
  const touched = dated.reduce<DayRange>(
    (days, batch) =>
      unionOfDays(days, { firstOn: batch.first_on ?? noDays.firstOn, lastOn: batch.last_on ?? noDays.lastOn }),
    noDays,
  );
  await build(warehouse, {
    config,
    clock,
    touched: isFirst ? null : touched,
    reason,
    added: addedBatches(owed),
    ...(context.smallEventCount === undefined ? {} : { smallEventCount: context.smallEventCount }),
    ...(onStep ? { onProgress: onStep } : {}),
  });
  await writeBatches(
    warehouse,
    owed.map((batch) => ({ ...batch, is_built: true })),
  );
}

/** Kinds of rows that may change what those of any batch come to. */
const reachFar: ReadonlySet<string> = new Set(["categories", "exchange_rates", "product_costs"]);

/** The owed batches, when all of them only add: nothing was taken back or took another's place, and none reaches far. */
function addedBatches(owed: readonly Batch[]): number[] | null {
  const isAddition = owed.every(
    ({ state, kind, message }) => state === "loaded" && message === "" && !reachFar.has(kind),
  );
  return isAddition ? owed.map((batch) => batch.batch_key) : null;
}

async function importFile(context: ImportContext, file: OpenedFile, options: ImportOptions): Promise<Batch> {
  const { warehouse, clock } = context;
  const { path } = file;
  const twin = await twinOf(warehouse, path, file.mapping.kind.name);
  const source = options.source ?? path;
  const replaced = await replacedBatch(warehouse, source, options.replace);
  const batchKey = await nextBatchKey(warehouse);
  const batch: Batch = {
    batch_key: batchKey,
    version: 0,
    state: "loading",
    source: options.replace !== undefined && replaced ? replaced.source : source,
    path,
    digest: "",
    file_bytes: file.bytes.size,
    preset: file.mapping.preset,
    kind: file.mapping.kind.name,
    header: file.headerText,
    read_rows: 0,
    loaded_rows: 0,
    duplicate_rows: 0,
    rejected_rows: 0,
    filtered_rows: 0,
    first_on: null,
    last_on: null,
    is_built: false,
    started_at: isoNow(clock),
    finished_at: null,
    message: "",
  };
  if (twin && !options.corrections?.size) {
    if (replaced && replaced.batch_key !== twin.batch_key) await retireBatch(warehouse, clock, replaced);
    return await changeBatch(warehouse, batch, {
      state: "duplicate",
      digest: twin.digest,
      read_rows: twin.read_rows,
      duplicate_rows: twin.read_rows,
      is_built: true,
      finished_at: isoNow(clock),
      message: `the same file as batch ${twin.batch_key}`,
    });
  }
  // The same file with corrected rows is a corrected file: it takes the place of its older self.
  return await loadFile(context, await changeBatch(warehouse, batch, {}), file, replaced ?? twin ?? null, options);
}

/** The batch that counts and brought the very same file as rows of the kind; undefined when there is none. */
export async function twinOf(warehouse: Warehouse, path: string, kind: string): Promise<Batch | undefined> {
  const alike = (await liveOfSize(warehouse, statSync(path).size)).filter((batch) => batch.kind === kind);
  if (alike.length === 0) return undefined;
  const hash = createHash("sha256");
  for await (const block of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(block as Buffer);
  const digest = hash.digest("hex");
  return alike.find((batch) => batch.digest === digest);
}

/** The batch that a file takes the place of: the one named, else the older content of the same source. */
async function replacedBatch(warehouse: Warehouse, source: string, wanted: string | undefined): Promise<Batch | null> {
  if (wanted === undefined)
    return (await liveNamed(warehouse, source)).find((batch) => batch.source === source) ?? null;
  const numbered = /^\d{1,9}$/.test(wanted) ? await batchesOf(warehouse, [Number(wanted)]) : [];
  const found = numbered.find((batch) => batch.state === "loaded") ?? (await liveNamed(warehouse, wanted))[0];
  if (!found)
    throw new CartwrightError("batch_unknown", `no loaded batch is numbered or named "${wanted}"`, { batch: wanted });
  return found;
}

async function loadFile(
  context: ImportContext,
  batch: Batch,
  file: OpenedFile,
  replaced: Batch | null,
  options: ImportOptions,
): Promise<Batch> {
  const { warehouse, config, clock } = context;
  const progress: ReadProgress = { bytesRead: 0, hash: createHash("sha256") };
  const loader = new RowLoader({
    warehouse,
    mapping: file.mapping,
    style: file.style,
    batchKey: batch.batch_key,
    timeZone: config.time_zone,
    currency: config.currency,
    minorPerMajor: 10 ** currencyDecimals(config.currency),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.keep ? { keep: options.keep } : {}),
    ...(options.corrections ? { correct: correctorOf(file, options.corrections) } : {}),
    onRejects: (rejects) => storeRejects(warehouse, batch.batch_key, rejects),
  });
  try {
    await warehouse.command("truncate table load_events");
    await file.load(
      loader,
      (source) => readBytes(source, progress),
      () => {
        const { loaded, rejected } = loader.counts;
        options.onProgress?.({
          path: file.path,
          step: "loading",
          readRows: loaded + rejected,
          readBytes: progress.bytesRead,
          totalBytes: file.bytes.size,
        });
      },
    );
    const isNarrowed = options.keep !== undefined && ["products", "order_lines"].includes(batch.kind);
    const there = await requireAllThere(warehouse, batch, loader.counts.loaded, isNarrowed);
    if (batch.kind === "events") {
      await markArrived(warehouse);
      await priceArrived(warehouse, batch.batch_key);
    }
    const arrived = there - (await forgetErased(warehouse, batch));
    // Before duplicates are set aside: their days are touched too on the day they come back.
    const days = await daysOf(warehouse, batch, config.time_zone);
    const duplicates = await setAsideDuplicates(warehouse, batch, replaced?.batch_key ?? 0, options.idsAreNew);
    const { loaded: sent, rejected } = loader.counts;
    requireNotCancelled(options.signal);
    const loaded = arrived;
    const counted: Batch = {
      ...batch,
      digest: progress.hash.digest("hex"),
      read_rows: loaded + rejected,
      loaded_rows: loaded - duplicates,
      duplicate_rows: duplicates,
      rejected_rows: rejected,
      filtered_rows: sent - arrived,
      first_on: days.firstOn,
      last_on: days.lastOn,
    };
    return await commitBatch(warehouse, clock, counted, replaced);
  } catch (error) {
    await recover(warehouse, clock).catch(() => {});
    throw error;
  }
}

async function storeRejects(warehouse: Warehouse, batchKey: number, rejects: readonly Reject[]): Promise<void> {
  for (let from = 0; from < rejects.length; from += 5000) {
    await warehouse.insertRows(
      "ops_rejects",
      rejects.slice(from, from + 5000).map((one) => ({ batch_key: batchKey, ...one })),
    );
  }
}

/** The rows that are there: exactly those sent, or fewer where only some categories are kept; anything else is a fault, and the file is taken back. */
async function requireAllThere(
  warehouse: Warehouse,
  batch: Batch,
  expected: number,
  isNarrowed: boolean,
): Promise<number> {
  const table = landings[batch.kind]?.arriveIn ?? "load_events";
  const found = await warehouse.queryOne(
    `select count() as row_count from ${table} where batch_key = {batch_key:UInt32}`,
    {
      bindings: { batch_key: batch.batch_key },
    },
  );
  const arrived = Number(found.row_count);
  if (arrived === expected || (isNarrowed && arrived < expected)) return arrived;
  await deleteRows(warehouse, batch);
  throw new CartwrightError(
    "internal",
    `${batch.path}: ${expected} rows were sent and ${found.row_count} arrived; the file was taken back`,
  );
}

async function daysOf(
  warehouse: Warehouse,
  batch: Batch,
  timeZone: string,
): Promise<{ firstOn: string | null; lastOn: string | null }> {
  const day: Readonly<Record<string, string>> = {
    events: "event_on",
    order_lines: "toDate(line_at, {time_zone:String})",
    orders: "toDate(placed_at, {time_zone:String})",
  };
  const column = day[batch.kind];
  if (!column) return { firstOn: null, lastOn: null };
  const table = landings[batch.kind]?.arriveIn ?? "";
  const row = await warehouse.queryOne(
    `select toString(min(${column})) as first_on, toString(max(${column})) as last_on, count() as row_count from ${table} where batch_key = {batch_key:UInt32}`,
    { bindings: { batch_key: batch.batch_key, time_zone: timeZone } },
  );
  if (Number(row.row_count) === 0 || row.first_on === null) return { firstOn: null, lastOn: null };
  return { firstOn: String(row.first_on), lastOn: String(row.last_on) };
}

/** Takes a batch back by its number, with the rows of further kinds of its file, and brings the warehouse up to date. */
export async function undoImport(context: ImportContext, key: number): Promise<Batch> {
  await recover(context.warehouse, context.clock);
  const batch = await findBatch(context.warehouse, key);
  if (batch.state !== "loaded")
    throw new CartwrightError("batch_unknown", `batch ${key} is ${batch.state}, so there is nothing to undo`, {
      batch: key,
    });
  for (const part of await livePartsOf(context.warehouse, batch))
    await undoBatch(context.warehouse, context.clock, part);
  const undone = await undoBatch(context.warehouse, context.clock, batch);
  await buildOwed(context, "undo");
  return undone;
}
