/** How far a source has been taken, in the workspace; every change replaces a whole file. */
import { existsSync, readFileSync } from "node:fs";
import { replaceFile } from "../workspace/replace-file.ts";

export interface PullState {
  /** Number of the last run that brought rows. */
  readonly run: number;
  /** Watermark of the newest row taken, or cursor of the last page; null before the first. */
  readonly watermark: string | null;
  /** Digests of the rows taken that will be seen again, each as often as it was seen. */
  readonly seen: readonly string[];
}

const nothing: PullState = { run: 0, watermark: null, seen: [] };

export const readState = (path: string): PullState =>
  existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as PullState) : nothing;

/** Writes the state so that a power cut leaves the old one or the new one. */
export const writeState = (path: string, state: PullState): void => replaceFile(path, JSON.stringify(state));
