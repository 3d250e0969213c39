/** Files of a workspace, beside its databases, that may name a person; and what becomes of each. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../workspace/replace-file.ts";

/**
 * What becomes of a file that names an erased person.
 *
 * `drained`  on its way into the warehouse; what arrives later is recognised there
 * `removed`  as a whole
 * `entries`  a JSON list; the entries that name the person are removed
 * `lines`    the lines that name the person are removed
 * `told`     somebody's own work; the path is told, the file stays
 */
export type FileFate = "drained" | "removed" | "entries" | "lines" | "told";

/** By path below the workspace's folder; a folder stands for all in it. */
export const filePlaces: Readonly<Record<string, FileFate>> = {
  collect: "drained",
  "store/deliveries": "drained",
  pulls: "drained",
  uploads: "drained",
  "segment-sync": "lines",
  mail: "removed",
  "looks.json": "entries",
  "shares.json": "entries",
  analyses: "told",
  logs: "lines",
  "store/hm-rejects.jsonl": "lines",
};

/** Entries of a workspace that name nobody, and why. */
export const filesWithoutPeople: Readonly<Record<string, string>> = {
  "cartwright.json": "settings; addresses of the shop that reports are mailed to",
  warehouse: "the engine's own: tables, see above",
  "store/data": "PostgreSQL's own: tables, see above",
  "store/open.lock": "a process",
  run: "processes",
  backups: "copies of another day; an erasure is applied again when one is restored",
  models: "parameters of models",
  "tracking-plan.json": "names of events and properties, and who of the shop looks after them",
  privacy: "the register of erasures and its key",
  "auth.json": "people who work in the shop",
  "users.json": "people who work in the shop",
  "sessions.json": "people who work in the shop",
  "sign-ins.json": "when they signed in",
  "session-uses.json": "when sessions were used",
  "sign-in-attempts.json": "keyed hashes and times",
  audit: "what people who work in the shop did; it names no customer",
  "session.key": "a key",
  "token-uses.json": "when tokens were used",
  schedules: "what ran, when and for whom of the shop; counts and reasons, addresses taken out",
};

function* filesBelow(path: string): Generator<string> {
  if (!existsSync(path)) return;
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  for (const entry of entries) if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

const filesOf = (root: string, place: string): readonly string[] =>
  /\.jsonl?$/.test(place)
    ? existsSync(join(root, place))
      ? [join(root, place)]
      : []
    : [...filesBelow(join(root, place))];

/** A longer file is not searched: it could not be held as one text. */
const mostBytes = 256 * 1024 * 1024;

function linesThatName(path: string, named: RegExp): readonly string[] {
  const { size } = statSync(path);
  if (size > mostBytes) return [`(not searched: ${size} bytes)`];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => named.test(line));
}

/** Lines of the workspace's files that name a person, by path. Cost: every file is read. */
export function personFiles(
  root: string,
  pattern: string | null,
  isLooked: (fate: FileFate) => boolean = () => true,
): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  if (pattern === null) return found;
  const named = new RegExp(pattern, "iu");
  for (const place of Object.entries(filePlaces).flatMap(([one, fate]) => (isLooked(fate) ? [one] : []))) {
    for (const path of filesOf(root, place)) {
      const those = linesThatName(path, named);
      if (those.length > 0) found[path.slice(root.length + 1)] = those;
    }
  }
  return found;
}

function withoutEntries(path: string, named: RegExp): void {
  const kept = (given: unknown): unknown =>
    Array.isArray(given) ? given.filter((one) => !named.test(JSON.stringify(one))) : given;
  const stored: unknown = JSON.parse(readFileSync(path, "utf8"));
  const next =
    Array.isArray(stored) || typeof stored !== "object" || stored === null
      ? kept(stored)
      : Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, kept(value)]));
  replaceFile(path, JSON.stringify(next, null, 2));
}

/** In place: a log is open while it is written. */
function withoutLines(path: string, named: RegExp): void {
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, lines.filter((line) => !named.test(line)).join("\n"));
}

export interface FilesErased {
  /** Files that were changed or removed, by place. */
  readonly counts: Readonly<Record<string, number>>;
  /** Files that name the person and are somebody's own work. */
  readonly told: readonly string[];
}

/** Takes a person out of the workspace's files. */
export function eraseFromFiles(root: string, pattern: string | null): FilesErased {
  const counts: Record<string, number> = {};
  const told: string[] = [];
  const named = pattern === null ? null : new RegExp(pattern, "iu");
  for (const path of Object.keys(personFiles(root, pattern, (fate) => fate !== "drained"))) {
    const place = Object.keys(filePlaces).find((one) => path === one || path.startsWith(`${one}/`)) ?? "";
    const fate = filePlaces[place];
    if (fate === "told") told.push(path);
    if (fate === "told" || named === null) continue;
    if (fate === "removed") rmSync(join(root, path), { force: true });
    else if (fate === "entries") withoutEntries(join(root, path), named);
    else withoutLines(join(root, path), named);
    counts[`file ${place}`] = (counts[`file ${place}`] ?? 0) + 1;
  }
  return { counts, told };
}
