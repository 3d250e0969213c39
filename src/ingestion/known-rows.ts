/** Rows of a file whose id counts already, told before the file is loaded. */
import { readSql } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import type { ResolvedMapping } from "./mapping.ts";

const eventsSql = readSql(new URL("./known-events.sql", import.meta.url));
const orderLinesSql = readSql(new URL("./known-order-lines.sql", import.meta.url));

/** More ids than these are not held in memory; the load itself counts them all. */
const mostIds = 500_000;
const idsAtOnce = 50_000;
const separator = "\t";

/** What identifies a row of each kind that has ids, the fields in order; the last one is the row's own. */
const identities: Readonly<Record<string, readonly string[]>> = {
  events: ["event_id"],
  order_lines: ["order_id", "line_id"],
};

/** The ids of one file, gathered row by row. */
export class RowIds {
  readonly #kind: string;
  /** Positions in a rewritten row. */
  readonly #positions: readonly number[];
  readonly #isIdentified: boolean;
  readonly #first = new Set<string>();
  #repeated = 0;
  #isOver = false;

  constructor(mapping: ResolvedMapping) {
    const fields = identities[mapping.kind.name] ?? [];
    this.#kind = mapping.kind.name;
    this.#positions = fields.map((field) => mapping.sources.findIndex((source) => source.name === field) + 1);
    this.#isIdentified = fields.length > 0 && !this.#positions.includes(0);
  }

  /** Takes a row as `rewriteRow` wrote it. */
  add(rewritten: string): void {
    if (!this.#isIdentified || this.#isOver) return;
    const cells = rewritten.split(separator);
    const parts = this.#positions.map((position) => cells[position] ?? "");
    if (parts.at(-1) === "") return;
    const id = parts.join(separator);
    if (this.#first.has(id)) this.#repeated += 1;
    else this.#first.add(id);
    this.#isOver = this.#first.size > mostIds;
  }

  /**
   * Rows that stand earlier in the file, or count already but for the batch whose place is taken; null when there are too
   * many to look up. Cost: a look at all ids of the warehouse for every 50,000.
   */
  async countDuplicates(warehouse: Warehouse, replacedKey: number): Promise<number | null> {
    if (this.#isOver) return null;
    const ids = [...this.#first].map((id) => id.split(separator));
    let known = 0;
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const some = ids.slice(from, from + idsAtOnce);
      const bindings = { replaced_key: replacedKey, ids: some.map((parts) => parts.at(-1)) };
      const row =
        this.#kind === "events"
          ? await warehouse.queryOne(eventsSql, { bindings })
          : await warehouse.queryOne(orderLinesSql, {
              bindings: { ...bindings, orders: some.map(([order]) => order) },
            });
      known += Number(row.known_count);
    }
    return this.#repeated + known;
  }
}
