/**
 * The register of erased people, in the workspace's folder `privacy/`: when, by whom, how much, and keyed hashes by which what
 * arrives late is recognised; nothing that says who they were. The key lies beside it in a file of its own.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErasedPeople } from "../warehouse/erased-people.ts";
import { replaceFile } from "./replace-file.ts";

export interface Erasure {
  /** Random; also the name of the erased in the words of the command. */
  readonly id: string;
  /** When it was begun, UTC. */
  readonly erased_at: string;
  /** Who asked for it. */
  readonly actor: string;
  readonly state: "begun" | "done";
  /** Keyed hashes of the keys the person had in the warehouse. */
  readonly hashes: readonly string[];
  /** Highest customer number the store had given by then; null without a store. */
  readonly store_last_id: number | null;
  /** Rows and files by place. */
  readonly counts: Readonly<Record<string, number>>;
}

export const privacyFolder = (root: string): string => join(root, "privacy");
const registerPath = (root: string): string => join(privacyFolder(root), "erasures.json");
const keyPath = (root: string): string => join(privacyFolder(root), "key");

/** Every erasure, the oldest first. */
export function readErasures(root: string): readonly Erasure[] {
  const path = registerPath(root);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly Erasure[]) : [];
}

const writeAll = (root: string, erasures: readonly Erasure[]): void =>
  replaceFile(registerPath(root), `${JSON.stringify(erasures, null, 2)}\n`);

/** Writes one erasure, in the place of what was written of it before. */
export const writeErasure = (root: string, erasure: Erasure): void =>
  writeAll(root, [...readErasures(root).filter(({ id }) => id !== erasure.id), erasure]);

/** Takes back an erasure that was begun and could not be carried out. */
export const removeErasure = (root: string, erasureId: string): void =>
  writeAll(
    root,
    readErasures(root).filter(({ id }) => id !== erasureId),
  );

/** The secret that identities are hashed with; made when it is first needed. */
export function identityKey(root: string): string {
  const path = keyPath(root);
  if (!existsSync(path)) replaceFile(path, randomBytes(32).toString("hex"));
  return readFileSync(path, "utf8");
}

/** Who has been erased, as imports look them up; null while nobody has. */
export function erasedPeople(root: string): ErasedPeople | null {
  const hashes = readErasures(root).flatMap((one) => one.hashes);
  return hashes.length === 0 ? null : { key: identityKey(root), hashes };
}

/**
 * Takes over what the register of `from` has: both then say who has been erased.
 *
 * @returns false, and nothing is taken over, when both have registers with keys of their own
 */
export function takeOverRegister(from: string, to: string): boolean {
  if (!existsSync(keyPath(from))) return true;
  if (existsSync(keyPath(to)) && identityKey(to) !== identityKey(from)) return false;
  replaceFile(keyPath(to), identityKey(from));
  for (const erasure of readErasures(from)) writeErasure(to, erasure);
  return true;
}
