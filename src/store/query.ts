/** Runs a file of `queries/`. Files name their values as `{name:type}`; each is bound with that type, never pasted. */
import { readFileSync } from "node:fs";
import type { Querying, StoreRow } from "./connection.ts";

interface Prepared {
  readonly sql: string;
  readonly names: readonly string[];
}

const prepared = new Map<string, Prepared>();

/** The text of `queries/<name>.sql` with `$n` in the place of names, and the names in that order. */
export function prepareQuery(name: string): Prepared {
  const known = prepared.get(name);
  if (known) return known;
  const names: string[] = [];
  const text = readFileSync(new URL(`./queries/${name}.sql`, import.meta.url), "utf8");
  const sql = text.replace(/\{(\w+):([a-z]+(?:\[\])?)\}/g, (_, value: string, type: string) => {
    if (!names.includes(value)) names.push(value);
    return `$${names.indexOf(value) + 1}::${type}`;
  });
  const made = { sql, names };
  prepared.set(name, made);
  return made;
}

/**
 * Rows of `queries/<name>.sql`.
 *
 * @param values by name; a name the file has and `values` has not is null
 */
export async function runQuery(
  connection: Querying,
  name: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<readonly StoreRow[]> {
  const { sql, names } = prepareQuery(name);
  return await connection.query(
    sql,
    names.map((one) => values[one] ?? null),
  );
}
