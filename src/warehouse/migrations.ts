/**
 * Changes of the warehouse's schema between versions, forward only, oldest first; never edited after release. Built
 * tables need none: they are dropped here and built again. Tables that hold what was imported are altered in place.
 */
export interface Migration {
  /** What changes, for the changelog and the log. */
  readonly summary: string;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [];
