/** Lists of customers as files: one JSON text a line, in the order of the ids' bytes, so that two are compared as they are read. */
import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";

/** The ids of a list; none where there is no file. */
export async function* idsIn(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== "") yield JSON.parse(line) as string;
}

export interface Change {
  readonly customer_id: string;
  readonly change: "added" | "removed";
}

const compareBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** What makes the second of two ordered lists of the first, in order. Holds one id of each. */
export async function* changesBetween(
  before: AsyncIterable<string>,
  after: AsyncIterable<string>,
): AsyncGenerator<Change> {
  const [old, fresh] = [before[Symbol.asyncIterator](), after[Symbol.asyncIterator]()];
  let [was, is] = [await old.next(), await fresh.next()];
  while (!was.done || !is.done) {
    const order = was.done ? 1 : is.done ? -1 : compareBytes(was.value, is.value);
    if (order < 0) yield { customer_id: was.value, change: "removed" };
    if (order > 0) yield { customer_id: is.value, change: "added" };
    if (order <= 0) was = await old.next();
    if (order >= 0) is = await fresh.next();
  }
}
