/** Files of the workspace that only its owner may read, and the comparing of secrets by their hashes. */
import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { withFileLock } from "../workspace/file-lock.ts";

/** What a file holds; `empty` when there is none. */
export function readSecrets<T>(path: string, empty: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : empty;
}

/** Replaces a file at once, so that no reader sees a part of it. */
export function writeSecrets(path: string, stored: unknown): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, JSON.stringify(stored, null, 2), { mode: 0o600 });
  renameSync(next, path);
}

/** A file that several processes read and change. */
export class SecretFile<T> {
  readonly #path: string;
  readonly #lock: string;
  readonly #empty: T;
  #known: { readonly stamp: string; readonly stored: T } | null = null;

  /** @param empty  what the file holds while there is none */
  constructor(folder: string, name: string, empty: T) {
    this.#path = join(folder, name);
    // Beside what else belongs to running processes, so that no backup holds a lock.
    this.#lock = join(dirname(this.#path), "run", `${basename(this.#path)}.lock`);
    this.#empty = empty;
  }

  /** What it holds now. It is asked with every request, so the file is read when it has changed. */
  read(): T {
    const file = statSync(this.#path, { throwIfNoEntry: false });
    const stamp = file ? `${file.ino} ${file.mtimeMs} ${file.size}` : "";
    if (this.#known?.stamp !== stamp) this.#known = { stamp, stored: readSecrets(this.#path, this.#empty) };
    return this.#known.stored;
  }

  /** Replaces what it holds, and returns that; no other process changes it meanwhile. What `next` returns as it was is not written. */
  change(next: (stored: T) => T): T {
    // Files that replace each other within a tick of the disk's clock may look the same.
    this.#known = null;
    return withFileLock(this.#lock, () => {
      const before = readSecrets(this.#path, this.#empty);
      const after = next(before);
      if (after !== before) writeSecrets(this.#path, after);
      return after;
    });
  }
}

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether two hashes are equal, in a time that does not tell how much of them is. */
export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
