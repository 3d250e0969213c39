/** Files of the workspace that only its owner may read, and the comparing of secrets by their hashes. */
import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

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

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether two hashes are equal, in a time that does not tell how much of them is. */
export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
