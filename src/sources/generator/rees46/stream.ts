import { availableParallelism } from "node:os";
import { integerIn } from "../integer-in.ts";
import { type Rees46Options, rees46Shape } from "./options.ts";
import { createRees46Plan } from "./plan.ts";
import { HEADER } from "./rows.js";
import { slicesByWorkers, slicesHere } from "./slices.ts";

/** Fewer events than this are made sooner in the calling thread than threads start. */
const WORTH_THREADS = 50_000;

/** Bytes of whole rows of one calendar month, in order of time. */
export interface Rees46Part {
  /** As in the published file names: `2019-Oct`. */
  readonly month: string;
  readonly rows: number;
  readonly bytes: Buffer;
}

/** Ends the stream between two parts by throwing the signal's reason. */
export interface Stoppable {
  readonly signal?: AbortSignal;
}

function threadsFor(options: Rees46Options, events: number): number {
  const workers = options.workers ?? (events < WORTH_THREADS ? 0 : Math.min(8, availableParallelism()));
  return integerIn("workers", workers, 0, 64);
}

/** A REES46-shaped stream as parts of at most 4 MiB without header rows. See {@link rees46Csv}. */
export async function* rees46Parts(options: Rees46Options & Stoppable = {}): AsyncGenerator<Rees46Part> {
  const shape = rees46Shape(options);
  const threads = threadsFor(options, shape.events);
  const plan = createRees46Plan(shape);
  for await (const parts of threads === 0 ? slicesHere(plan) : slicesByWorkers(plan, threads)) {
    for (const { month, rows, bytes } of parts) {
      options.signal?.throwIfAborted();
      yield {
        month: plan.months[month] ?? "",
        rows,
        bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      };
    }
  }
}

/**
 * A clickstream in the published REES46 form, as CSV bytes: one header row, then exactly `events` rows in order of time.
 *
 * The bytes are a function of the options without `workers`. Memory does not grow with the number of events, provided the
 * reader takes its time between buffers rather than keeping them. Shape, from the published October and November 2019:
 * 94.9 % views, 3.6 % carts, 1.5 % purchases (two in five of them without a cart event before); 4.8 events a session with a
 * log-normal tail; product popularity 1 / (rank + 8); visitors who return; busy hours, weekdays and a mid-November sale.
 */
export async function* rees46Csv(options: Rees46Options & Stoppable = {}): AsyncGenerator<Buffer> {
  yield Buffer.from(HEADER, "latin1");
  for await (const part of rees46Parts(options)) yield part.bytes;
}
