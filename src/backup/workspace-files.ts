/** Files of a workspace that are copied as they are: all but the databases, what belongs to running processes, and logs. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { copyWithDigest, type KeptFile } from "./digest.ts";

/** Entries of a workspace that are no part of what is kept, or kept in another way. */
const leftOut = new Set([
  "warehouse",
  "store/data",
  "store/open.lock",
  "run",
  "backups",
  "logs",
  "uploads",
  // It names somebody who is being erased; the register in the backup has them erased again.
  "privacy/under-way.json",
]);
const asideEntry = /^\.(restoring|replaced)/;

function* filesBelow(root: string, folder = ""): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (leftOut.has(path) || asideEntry.test(path)) continue;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}

/** A journal's file is `.open` while it grows and `.rows` afterwards; both are one file. */
const identityOf = (path: string): string => path.replace(/\.(open|rows)$/, "");

/**
 * Copies the workspace's own files below `to`. What is removed or renamed meanwhile is looked for again, so that a file
 * that was there all the time under one name or another is in the copy.
 */
export async function copyWorkspaceFiles(root: string, to: string, signal?: AbortSignal): Promise<readonly KeptFile[]> {
  const files = new Map<string, KeptFile>();
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const path of filesBelow(root)) {
      if (files.has(identityOf(path))) continue;
      try {
        const digest = await copyWithDigest(join(root, path), join(to, path), signal);
        files.set(identityOf(path), { path: `files/${path}`, ...digest });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        isSettled = false;
      }
    }
  }
  return [...files.values()];
}
