/** Customers by the ids that files and events give them, and back. */
import { CartwrightError } from "../errors.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

const knownSql = readSql(new URL("./known-customer.sql", import.meta.url));
const namesSql = readSql(new URL("./customer-names.sql", import.meta.url));

/** The key of a customer of whom anything is known. @throws person_unknown */
export async function findCustomer(warehouse: Warehouse, id: string): Promise<string> {
  const [row] = await warehouse.query(knownSql, { bindings: { id } });
  if (row) return String(row.known_key);
  throw new CartwrightError("person_unknown", `nothing is held under the id ${id}`);
}

/** Natural ids by key; a key that no row names is left out. */
export async function namesOf(warehouse: Warehouse, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(keys)].filter((key) => key !== "0").map(BigInt);
  if (wanted.length === 0) return new Map();
  const rows = await warehouse.query(namesSql, { bindings: { keys: wanted } });
  return new Map(rows.map((row) => [String(row.named_key), String(row.name)]));
}
