/** Links and people as the engine's rows of fixed width: millions of them pass without a text for each. */
import { Readable } from "node:stream";
import type { Warehouse } from "../warehouse.ts";
import type { Link, LinkKind } from "./resolve.ts";

const kinds: readonly LinkKind[] = ["separation", "merge", "alias", "identify", "email"];
const linkBytes = 19;
const personBytes = 16;
const rowsAtOnce = 65_536;

/**
 * Links of the twin of identity_links.
 *
 * @param where SQL: which
 */
export async function readLinks(warehouse: Warehouse, where: string): Promise<readonly Link[]> {
  const stream = await warehouse.stream(
    "app",
    `select from_key, to_key, toUInt8(indexOf({kinds:Array(String)}, toString(kind)) - 1), is_from_account, is_to_account
     from next_identity_links where ${where}`,
    "RowBinary",
    { bindings: { kinds } },
  );
  const links: Link[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.length - (bytes.length % linkBytes);
    for (let at = 0; at < end; at += linkBytes)
      links.push({
        from: bytes.readBigUInt64LE(at),
        to: bytes.readBigUInt64LE(at + 8),
        kind: kinds[bytes.readUInt8(at + 16)] ?? "identify",
        isFromAccount: bytes.readUInt8(at + 17) === 1,
        isToAccount: bytes.readUInt8(at + 18) === 1,
      });
    rest = bytes.subarray(end);
  }
  return links;
}

function* chunksOf(persons: ReadonlyMap<bigint, bigint>): Generator<Buffer> {
  let chunk = Buffer.alloc(rowsAtOnce * personBytes);
  let used = 0;
  for (const [key, person] of persons) {
    chunk.writeBigUInt64LE(key, used);
    used = chunk.writeBigUInt64LE(person, used + 8);
    if (used < chunk.length) continue;
    yield chunk;
    chunk = Buffer.alloc(rowsAtOnce * personBytes);
    used = 0;
  }
  if (used > 0) yield chunk.subarray(0, used);
}

/** Writes people to the twin of dim_identity. */
export async function writePersons(warehouse: Warehouse, persons: ReadonlyMap<bigint, bigint>): Promise<void> {
  if (persons.size === 0) return;
  const sql = "insert into next_dim_identity (customer_key, person_key) format RowBinary";
  await warehouse.insertBytes(sql, Readable.from(chunksOf(persons)));
}
