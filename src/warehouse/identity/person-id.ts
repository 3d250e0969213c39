import { readSql } from "../sql-file.ts";
import type { Warehouse } from "../warehouse.ts";

const personSql = readSql(new URL("./person-id.sql", import.meta.url));

/** The id under which a customer is counted; the one given where that is not another. */
export async function personIdOf(warehouse: Warehouse, customerId: string): Promise<string> {
  const { rows } = await warehouse.read(personSql, { bindings: { customer_id: customerId } });
  return rows[0] ? String(rows[0].person_id) : customerId;
}
