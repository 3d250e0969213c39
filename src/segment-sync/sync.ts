/**
 * Keeps another program's list of a segment's customers as the segment is. What changed since the list that was last taken is
 * put on disk in pages, each page is posted until it is taken, then the new list counts. Killed anywhere, the next look goes on:
 * a page is sent twice rather than never, under the same id.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { isoNow } from "../clock.ts";
import { type Config, secretFromEnvironment } from "../config.ts";
import { listSegments, type Segment, streamMemberIds } from "../segments/index.ts";
import { dayAfterLast, readExtent } from "../warehouse/extent.ts";
import { post, type Webhook } from "../webhook/index.ts";
import { replaceFile } from "../workspace/replace-file.ts";
import type { Workspace } from "../workspace.ts";
import { type Change, changesBetween, idsIn } from "./member-files.ts";

/** What a list followed when it was last compared. */
interface Followed {
  readonly segment_version: number;
  /** Of the data and of what models know of customers. */
  readonly data_version: string;
}

/** A change on its way: the same for all its pages. */
interface Delivery extends Followed {
  readonly id: string;
  readonly as_of: string;
  readonly customer_count: number;
  readonly added_count: number;
  readonly removed_count: number;
  readonly page_count: number;
}

interface Places {
  /** What was compared last. */
  readonly followed: string;
  /** The list that was taken. */
  readonly members: string;
  /** Being written: not yet on its way. */
  readonly writing: string;
  readonly pending: string;
}

function placesOf(root: string, name: string): Places {
  const home = join(root, "segment-sync", name);
  const at = (one: string): string => join(home, one);
  return {
    followed: at("followed.json"),
    members: at("members.jsonl"),
    writing: at("writing"),
    pending: at("pending"),
  };
}

/** The webhook of the settings; null when none is set. */
export function segmentWebhookOf({ segments: { webhook_url, webhook_secret_env } }: Config): Webhook | null {
  if (webhook_url === undefined) return null;
  return { url: webhook_url, secret: secretFromEnvironment(webhook_secret_env), secretName: webhook_secret_env };
}

const readJson = <T>(path: string): T | null =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : null;

async function* idsOf(stream: Readable): AsyncGenerator<string> {
  for await (const line of createInterface({ input: stream }))
    if (line !== "") yield (JSON.parse(line) as { customer_id: string }).customer_id;
}

/** Writes lines to a file and waits until they are on disk. */
function linesTo(path: string) {
  const stream = createWriteStream(path, { mode: 0o600, flush: true });
  return {
    write: async (value: unknown): Promise<void> => {
      if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, "drain");
    },
    end: async (): Promise<void> => {
      stream.end();
      await finished(stream);
    },
  };
}

const pageName = (page: number): string => `page-${String(page).padStart(6, "0")}.jsonl`;
const isPage = (name: string): boolean => name.startsWith("page-");

/** Passes ids on and writes each down. */
async function* copied(ids: AsyncIterable<string>, write: (id: string) => Promise<void>): AsyncGenerator<string> {
  for await (const id of ids) {
    await write(id);
    yield id;
  }
}

/** Compares the segment with the list that was taken, and puts what changed on its way. */
async function compare(workspace: Workspace, segment: Segment, followed: Followed, asOf: string): Promise<void> {
  const { warehouse, config, folders } = workspace;
  const { name, rule } = segment.definition;
  const places = placesOf(folders.root, name);
  rmSync(places.writing, { recursive: true, force: true });
  mkdirSync(places.writing, { recursive: true, mode: 0o700 });
  const list = linesTo(join(places.writing, "members.jsonl"));
  const counts = { customer: 0, added: 0, removed: 0 };
  const now = copied(idsOf(await streamMemberIds(warehouse, rule, asOf)), async (id) => {
    counts.customer += 1;
    await list.write(id);
  });
  let page: ReturnType<typeof linesTo> | null = null;
  for await (const change of changesBetween(idsIn(places.members), now)) {
    const before = counts.added + counts.removed;
    if (before % config.segments.page_size === 0) {
      await page?.end();
      page = linesTo(join(places.writing, pageName(before / config.segments.page_size + 1)));
    }
    counts[change.change] += 1;
    await page?.write(change);
  }
  await page?.end();
  await list.end();
  const changed = counts.added + counts.removed;
  const delivery: Delivery = {
    id: randomUUID(),
    ...followed,
    as_of: asOf,
    customer_count: counts.customer,
    added_count: counts.added,
    removed_count: counts.removed,
    page_count: Math.ceil(changed / config.segments.page_size),
  };
  replaceFile(join(places.writing, "delivery.json"), `${JSON.stringify(delivery)}\n`);
  if (changed > 0) renameSync(places.writing, places.pending);
  else rmSync(places.writing, { recursive: true, force: true });
  replaceFile(places.followed, `${JSON.stringify(followed)}\n`);
}

function bodyOf(delivery: Delivery, shop: string, segment: string, page: number, changes: readonly Change[]): string {
  const { id, ...rest } = delivery;
  const of = (kind: Change["change"]): readonly string[] =>
    changes.filter(({ change }) => change === kind).map(({ customer_id }) => customer_id);
  return JSON.stringify({
    id: `${id}-${page}`,
    delivery_id: id,
    shop,
    segment,
    page,
    ...rest,
    added: of("added"),
    removed: of("removed"),
  });
}

const changesIn = (path: string): readonly Change[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Change);

/** Posts what is on its way, page after page; null when all was taken, else why not. */
async function send({ config, clock, folders }: Workspace, name: string, webhook: Webhook): Promise<string | null> {
  const { pending, members } = placesOf(folders.root, name);
  const delivery = readJson<Delivery>(join(pending, "delivery.json"));
  for (const file of delivery ? readdirSync(pending).filter(isPage).sort() : []) {
    const page = Number(/\d+/.exec(file)?.[0]);
    const body = bodyOf(delivery as Delivery, config.name, name, page, changesIn(join(pending, file)));
    const problem = await post(webhook, `${delivery?.id}-${page}`, body, isoNow(clock));
    if (problem !== null) return problem;
    rmSync(join(pending, file));
  }
  if (existsSync(join(pending, "members.jsonl"))) renameSync(join(pending, "members.jsonl"), members);
  rmSync(pending, { recursive: true, force: true });
  return null;
}

/** What became of one segment. */
export interface Synced {
  readonly segment: string;
  readonly state: "unchanged" | "sent" | "waiting";
  /** Why it waits; empty otherwise. */
  readonly problem: string;
}

async function syncOne(
  workspace: Workspace,
  segment: Segment,
  dataVersion: string,
  asOf: string,
  webhook: Webhook,
): Promise<Synced> {
  const { name } = segment.definition;
  const { followed, pending } = placesOf(workspace.folders.root, name);
  const now: Followed = { segment_version: segment.version, data_version: dataVersion };
  let isSent = existsSync(pending);
  const before = isSent ? await send(workspace, name, webhook) : null;
  if (before !== null) return { segment: name, state: "waiting", problem: before };
  if (JSON.stringify(readJson<Followed>(followed)) === JSON.stringify(now))
    return { segment: name, state: isSent ? "sent" : "unchanged", problem: "" };
  await compare(workspace, segment, now, asOf);
  isSent ||= existsSync(pending);
  const problem = existsSync(pending) ? await send(workspace, name, webhook) : null;
  return problem === null
    ? { segment: name, state: isSent ? "sent" : "unchanged", problem: "" }
    : { segment: name, state: "waiting", problem };
}

/**
 * Looks at every segment of the settings and sends what changed. The first time all its customers are added. A segment that is
 * deleted is left as it was last sent.
 */
export async function syncSegments(workspace: Workspace, webhook: Webhook): Promise<readonly Synced[]> {
  const { warehouse, config } = workspace;
  const wanted = (await listSegments(warehouse)).filter(({ definition }) =>
    config.segments.synced.includes(definition.name),
  );
  if (wanted.length === 0) return [];
  const extent = await readExtent(warehouse);
  const trained = await warehouse.queryOne("select toString(max(trained_at)) as at from ops_model_runs");
  const dataVersion = `${extent.dataVersion} ${trained.at}`;
  const synced: Synced[] = [];
  for (const segment of wanted)
    synced.push(await syncOne(workspace, segment, dataVersion, dayAfterLast(extent), webhook));
  return synced;
}
