import { z } from "zod";
import type { KeptKind } from "./journal.ts";
import { titleField } from "./view.ts";

/** A statement of the SQL console under a name. */
export interface SavedQuery {
  readonly title: string;
  readonly sql: string;
}

const longestSql = 100_000;

export const savedQueries: KeptKind<SavedQuery> = {
  name: "query",
  word: "query",
  schema: z.strictObject({ title: titleField, sql: z.string().trim().min(1).max(longestSql) }),
};
