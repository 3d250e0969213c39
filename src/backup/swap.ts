/** A workspace in the place of another: the old one stands aside until the new one is whole. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Entries of a workspace's folder that stay where they are: backups, and what a restore itself makes. */
const stays = (name: string): boolean => name === "backups" || name === "run" || /^\.restoring/.test(name);

/** What there is in a folder that a restored workspace would take the place of. */
export function entriesInPlace(root: string): readonly string[] {
  return existsSync(root) ? readdirSync(root).filter((name) => !stays(name)) : [];
}

/**
 * Moves everything of `staging` into `root`. What is there is moved to `aside` first, and back when a step fails; it is
 * removed once all of the new is in place. Moves are renames within one folder, so a mounted folder can be restored into.
 */
export function swapInto(root: string, staging: string, aside: string): void {
  const moved: { from: string; to: string }[] = [];
  const move = (from: string, to: string): void => {
    renameSync(from, to);
    moved.push({ from, to });
  };
  const old = entriesInPlace(root);
  try {
    if (old.length > 0) mkdirSync(aside, { mode: 0o700 });
    for (const name of old) move(join(root, name), join(aside, name));
    for (const name of readdirSync(staging)) move(join(staging, name), join(root, name));
  } catch (error) {
    for (const { from, to } of moved.reverse()) renameSync(to, from);
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}
