/** What simulated shoppers met: counted as they go, summed up at the end. */
import { quantileSorted } from "../stats/quantile.ts";

export interface Traffic {
  /** Shoppers who came at least once. */
  readonly visitor_count: number;
  /** Visits: a shopper may come back. */
  readonly session_count: number;
  /** Pages opened, each with all of its data. */
  readonly page_count: number;
  readonly request_count: number;
  /** Interactions sent to the event log by shoppers who agreed. */
  readonly event_count: number;
  readonly page_p50_ms: number | null;
  /** Time until all data of a page were there; null without a page. */
  readonly page_p95_ms: number | null;
  readonly page_p99_ms: number | null;
  readonly order_count: number;
  readonly ordered_minor: number;
  readonly return_count: number;
  readonly review_count: number;
  /** Visits that ended with something in the cart. */
  readonly abandoned_count: number;
  /** Requests that the server asked to send later, and that were. */
  readonly delayed_count: number;
  /** What the shop refused in its own words, by reason; the last unit gone is an outcome and no fault. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly error_count: number;
  /** The first faults in words. */
  readonly errors: readonly string[];
}

type Counted =
  | "visitor"
  | "session"
  | "page"
  | "request"
  | "event"
  | "order"
  | "return"
  | "review"
  | "abandoned"
  | "delayed"
  | "error";

const faultsKept = 10;

export class Tally {
  readonly #counts = new Map<Counted, number>();
  readonly #refusals = new Map<string, number>();
  readonly #pages: number[] = [];
  readonly #faults: string[] = [];
  #orderedMinor = 0;

  count(what: Counted): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  page(milliseconds: number): void {
    this.count("page");
    this.#pages.push(milliseconds);
  }

  order(totalMinor: number): void {
    this.count("order");
    this.#orderedMinor += totalMinor;
  }

  refusal(reason: string): void {
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }

  error(words: string): void {
    this.count("error");
    if (this.#faults.length < faultsKept) this.#faults.push(words);
  }

  get traffic(): Traffic {
    const sorted = this.#pages.toSorted((a, b) => a - b);
    const of = (what: Counted): number => this.#counts.get(what) ?? 0;
    const at = (p: number): number | null =>
      sorted.length === 0 ? null : Math.round(quantileSorted(sorted, p) * 10) / 10;
    return {
      visitor_count: of("visitor"),
      session_count: of("session"),
      page_count: of("page"),
      request_count: of("request"),
      event_count: of("event"),
      page_p50_ms: at(0.5),
      page_p95_ms: at(0.95),
      page_p99_ms: at(0.99),
      order_count: of("order"),
      ordered_minor: this.#orderedMinor,
      return_count: of("return"),
      review_count: of("review"),
      abandoned_count: of("abandoned"),
      delayed_count: of("delayed"),
      refusals: Object.fromEntries([...this.#refusals].sort(([a], [b]) => (a < b ? -1 : 1))),
      error_count: of("error"),
      errors: [...this.#faults],
    };
  }
}
