/**
 * Which messages and orders there have been, without a limit of time. A fingerprint of each stands in memory; one that is not
 * there was never seen. One that is there is asked for in the warehouse, so that an answer is exact in both directions,
 * also after a batch has been undone.
 */
import { readSql } from "../warehouse/sql-file.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { Fingerprints, fingerprintOf } from "./fingerprints.ts";

const loadSql = readSql(new URL("./known-ids.sql", import.meta.url));
const confirmSql = readSql(new URL("./confirm-ids.sql", import.meta.url));

/** A message id or an order as this index names it. */
export const idName = (id: string): string => `id ${id}`;
export const orderName = (orderId: string): string => `order ${orderId}`;

export class KnownIds {
  readonly #warehouse: Warehouse;
  readonly #seen = new Fingerprints();
  #throughKey = 0;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Batches of messages that were noted by `add` already. */
  readonly #own = new Set<number>();

  /** Says that everything in these batches has been noted. */
  skip(batchKeys: readonly number[]): void {
    for (const key of batchKeys) this.#own.add(key);
  }

  /** Whether a batch that was not noted by `add` has been loaded since `follow` was last called. */
  async areOthersLoaded(): Promise<boolean> {
    return (await this.#loadedSince()).some((key) => !this.#own.has(key));
  }

  async #loadedSince(): Promise<readonly number[]> {
    const rows = await this.#warehouse.query(
      "select batch_key from ops_batches final where state = 'loaded' and batch_key > {after_key:UInt32} order by batch_key",
      { bindings: { after_key: this.#throughKey } },
    );
    return rows.map((row) => Number(row.batch_key));
  }

  /** Learns what batches brought since the last call, imports by other processes among them. Cost: a look at all ids when there are any. */
  async follow(): Promise<void> {
    const keys = await this.#loadedSince();
    if (keys.some((key) => !this.#own.has(key))) await this.#load();
    for (const key of keys) this.#own.delete(key);
    this.#throughKey = keys.at(-1) ?? this.#throughKey;
  }

  async #load(): Promise<void> {
    const stream = await this.#warehouse.stream("app", loadSql, "RowBinary", {
      bindings: { after_key: this.#throughKey },
    });
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of stream) {
      const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      const whole = bytes.length - (bytes.length % 8);
      for (let at = 0; at < whole; at += 8) this.#seen.add(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4));
      rest = bytes.subarray(whole);
    }
  }

  /** Notes names that are on their way into the warehouse. */
  add(name: string): void {
    this.#seen.add(...fingerprintOf(name));
  }

  /** Whether a name may have been seen; false is certain. */
  maybeKnown(name: string): boolean {
    return this.#seen.has(...fingerprintOf(name));
  }

  /** Those of the names that the warehouse holds now. Cost: the ids of all events, so it is asked about names that may be known only. */
  async held(names: readonly string[]): Promise<ReadonlySet<string>> {
    const after = (prefix: string): string[] =>
      names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    const rows = await this.#warehouse.query(confirmSql, { bindings: { ids: after("id "), orders: after("order ") } });
    return new Set(rows.map((row) => String(row.known)));
  }
}
