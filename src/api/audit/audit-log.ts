/**
 * Who changed what, and who took what away: one line of JSON each in the workspace's `audit/`, a file a month, only ever
 * appended to. It holds names of users and tokens, and of what was done; no data of the shop, no secret, no address.
 */
import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Clock, isoNow } from "../../clock.ts";
import { linesBackwards } from "./lines-backwards.ts";

/** `query` is a statement of the SQL console; what it asked is not kept. */
export const auditKinds = ["change", "export", "query", "sign-in"] as const;
export type AuditKind = (typeof auditKinds)[number];

/** How it ended. */
export type AuditOutcome = "done" | "refused" | "failed";

export interface AuditEntry {
  readonly kind: AuditKind;
  /** A user's or token's name; "command line" for who works on the machine itself, "schedule" for what runs by the settings. */
  readonly who: string;
  /** By what that is known, and its id; for the command line and schedules an empty text. */
  readonly by: "user" | "link" | "token" | "command" | "schedule";
  readonly by_id: string;
  /** Operation of the API, or command. */
  readonly what: string;
  /** Ids and names of what it was done to; empty when there are none. */
  readonly on: string;
  readonly outcome: AuditOutcome;
  /** Code of the error; null when it was done. */
  readonly code: string | null;
  /** The id that the log of the server and problem documents have too; empty for commands. */
  readonly request_id: string;
}

export interface AuditRow extends AuditEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface AuditSearch {
  /** Name or id, as a whole, in any case. */
  readonly who?: string | undefined;
  /** Part of the operation or command. */
  readonly what?: string | undefined;
  readonly kind?: AuditKind | undefined;
  /** ISO 8601 instants or beginnings of them, UTC; `until` is not part of it. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Where a page before ended. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface AuditPage {
  /** Latest first. */
  readonly rows: readonly AuditRow[];
  /** Give it as `before` for the next page; null when there is none. */
  readonly next: string | null;
}

const longestOn = 160;

/** Text without what could be an e-mail address, bounded. */
const plain = (text: string): string =>
  text
    .split(/([\s/])/)
    .map((part) => (part.includes("@") ? "(address)" : part))
    .join("")
    .slice(0, longestOn);

function parsed(line: string): AuditRow | null {
  try {
    return JSON.parse(line) as AuditRow;
  } catch {
    // A line that a kill or a full disk has cut.
    return null;
  }
}

function isCut(path: string): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, "r");
  try {
    const last = Buffer.alloc(1);
    return readSync(file, last, 0, 1, fstatSync(file).size - 1) === 1 && last.toString() !== "\n";
  } finally {
    closeSync(file);
  }
}

function isMeant(row: AuditRow, { who, what, kind, since, until }: AuditSearch): boolean {
  const wanted = who?.toLowerCase();
  if (wanted !== undefined && row.who.toLowerCase() !== wanted && row.by_id !== wanted) return false;
  if (what !== undefined && !row.what.includes(what)) return false;
  if (kind !== undefined && row.kind !== kind) return false;
  return (since === undefined || row.at >= since) && (until === undefined || row.at < until);
}

export class AuditLog {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #whole = new Set<string>();

  constructor(workspaceFolder: string, clock: Clock) {
    this.#folder = join(workspaceFolder, "audit");
    this.#clock = clock;
  }

  /** Puts an entry on disk. */
  append(entry: AuditEntry): void {
    const row: AuditRow = { at: isoNow(this.#clock), ...entry, on: plain(entry.on) };
    const path = this.#pathOf(row.at.slice(0, 7));
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    appendFileSync(path, `${this.#endOfCutLine(path)}${JSON.stringify(row)}\n`, { mode: 0o600 });
  }

  /** What a process that was killed has left without an end must not swallow the next line. */
  #endOfCutLine(path: string): string {
    if (this.#whole.has(path)) return "";
    this.#whole.add(path);
    return isCut(path) ? "\n" : "";
  }

  #pathOf(month: string): string {
    return join(this.#folder, `${month}.ndjson`);
  }

  /** Months there are, latest first. */
  #months(): readonly string[] {
    if (!existsSync(this.#folder)) return [];
    const names = readdirSync(this.#folder).filter((name) => /^\d{4}-\d{2}\.ndjson$/.test(name));
    return names.map((name) => name.slice(0, 7)).sort((a, b) => (a < b ? 1 : -1));
  }

  /** A page of entries, latest first. */
  async read(search: AuditSearch): Promise<AuditPage> {
    const [, lastMonth = "9999-99", lastByte] = /^(\d{4}-\d{2})\.(\d+)$/.exec(search.before ?? "") ?? [];
    const firstMonth = search.since?.slice(0, 7) ?? "";
    const rows: AuditRow[] = [];
    let place = "";
    for (const month of this.#months()) {
      if (month > lastMonth || month < firstMonth) continue;
      const end = month === lastMonth ? Number(lastByte) : undefined;
      for await (const { text, start } of linesBackwards(this.#pathOf(month), end)) {
        const row = parsed(text);
        if (!row || !isMeant(row, search)) continue;
        // One more than asked for tells that there is a further page.
        if (rows.length === search.limit) return { rows, next: place };
        rows.push(row);
        place = `${month}.${start}`;
      }
    }
    return { rows, next: null };
  }
}
