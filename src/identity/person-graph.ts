/** Who a customer is: every id of the person, and what ties them. */
import { readSql } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { findCustomer, namesOf } from "./customer-ids.ts";

export interface PersonLink {
  readonly from_id: string;
  readonly to_id: string;
  readonly kind: "identify" | "alias" | "email" | "merge" | "separation";
  /** False where the two are not one person: a separation, or an id that several people share. */
  readonly is_followed: boolean;
  /** When it became known, UTC. */
  readonly since: string;
  /** The file or stream that told it, or who made the entry. */
  readonly told_by: string;
  /** Manual entry, to be undone by its number; null of what data tell. */
  readonly entry: number | null;
}

export interface PersonGraph {
  /** Id under which the person is counted. */
  readonly person_id: string;
  /** All ids of the person, that one first. */
  readonly ids: readonly string[];
  readonly links: readonly PersonLink[];
}

const graphSql = readSql(new URL("./person-graph.sql", import.meta.url));

/** @throws person_unknown when nothing is held under the id */
export async function personGraph(warehouse: Warehouse, id: string): Promise<PersonGraph> {
  const key = await findCustomer(warehouse, id);
  const rows = await warehouse.query(
    "select toString(person_key) as person_key from dim_identity where customer_key = {key:UInt64}",
    { bindings: { key } },
  );
  const personKey = String(rows[0]?.person_key ?? key);
  const others = await warehouse.query(
    "select toString(customer_key) as customer_key from dim_identity where person_key = {key:UInt64} order by dim_identity.customer_key",
    { bindings: { key: personKey } },
  );
  const links = await warehouse.query(graphSql, { bindings: { person_key: personKey } });
  const keys = [personKey, ...others.map((row) => String(row.customer_key))];
  const linked = links.flatMap((row) => [String(row.from_key), String(row.to_key)]);
  const names = await namesOf(warehouse, [...keys, ...linked]);
  const nameOf = (one: unknown): string => names.get(String(one)) ?? String(one);
  return {
    person_id: nameOf(personKey),
    ids: keys.map(nameOf),
    links: links.map((row) => ({
      from_id: nameOf(row.from_key),
      to_id: nameOf(row.to_key),
      kind: String(row.kind) as PersonLink["kind"],
      is_followed: Number(row.is_followed) === 1,
      since: `${String(row.since).replace(" ", "T")}Z`,
      told_by: String(row.told_by),
      entry: Number(row.entry) || null,
    })),
  };
}
