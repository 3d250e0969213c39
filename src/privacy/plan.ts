/**
 * An erasure under way, in a file that is there from its first step to its last: a process that is killed leaves it, and the
 * next one goes on with the same pseudonyms. It names the person, so it is removed when everything else is done.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { privacyFolder } from "../workspace/erasure-register.ts";
import { replaceFile } from "../workspace/replace-file.ts";
import type { Person } from "./person.ts";
import type { Ties } from "./same-person.ts";

export interface Plan {
  /** The erasure's id in the register. */
  readonly id: string;
  readonly actor: string;
  /** Whether orders that wait for payment or dispatch are no hindrance. */
  readonly isForced: boolean;
  readonly person: Person;
  /** For each of the person's keys, in their order, the key and id that take its place. */
  readonly newKeys: readonly string[];
  readonly newIds: readonly string[];
  /** Customer numbers that take the place of the person's, in their order. */
  readonly newStoreIds: readonly number[];
  /** Random; sessions get their new numbers by it, and nobody can find them once it is gone. */
  readonly salt: string;
  /** Sessions that somebody else has a part in. */
  readonly sharedSessions: readonly string[];
  /** What the person's links say; absent in plans of earlier versions. */
  readonly ties?: Ties;
  /** First and last day of the person's events; null without any. */
  readonly days: { readonly firstOn: string; readonly lastOn: string } | null;
}

const pathOf = (root: string): string => join(privacyFolder(root), "under-way.json");

/** The erasure that a process left; null when none is under way. */
export const readPlan = (root: string): Plan | null =>
  existsSync(pathOf(root)) ? (JSON.parse(readFileSync(pathOf(root), "utf8")) as Plan) : null;

export const writePlan = (root: string, plan: Plan): void => replaceFile(pathOf(root), JSON.stringify(plan));

export const removePlan = (root: string): void => rmSync(pathOf(root), { force: true });
