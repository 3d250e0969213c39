/** What arrives now, counted in memory for the live page; it knows nothing of before the server's start. */
import type { Clock } from "../clock.ts";
import type { ReadMessage } from "./message.ts";

const secondMs = 1000;
/** Seconds kept, one count each. */
const keptSeconds = 300;
/** Someone seen within so long is here now. */
const presentMs = 5 * 60 * secondMs;
/** Pages and products are those of so long. */
const recentMs = 30 * 60 * secondMs;
const minuteMs = 60 * secondMs;
const mostOrders = 20;
const mostNamesAMinute = 5000;
const mostProductNames = 5000;

interface Second {
  accepted: number;
  duplicate: number;
  rejected: number;
}

export interface LiveOrder {
  readonly order_id: string;
  readonly received_at: string;
  readonly customer_id: string;
  readonly line_count: number;
}

export interface LivePicture {
  readonly now: string;
  readonly since: string;
  readonly visitor_count: number;
  /** Accepted events of each of the last seconds, oldest first; the current second is not over and left out. */
  readonly accepted_counts: readonly number[];
  /** Of these seconds together. */
  readonly duplicate_count: number;
  readonly rejected_count: number;
  readonly last_event_at: string | null;
  readonly orders: readonly LiveOrder[];
  readonly pages: readonly { readonly path: string; readonly event_count: number }[];
  readonly products: readonly {
    readonly product_id: string;
    readonly product_name: string;
    readonly event_count: number;
  }[];
}

class RecentNames {
  readonly #minutes = new Map<number, Map<string, number>>();

  note(name: string, at: number): void {
    const minute = Math.floor(at / minuteMs);
    const names = this.#minutes.get(minute) ?? new Map<string, number>();
    this.#minutes.set(minute, names);
    if (names.has(name) || names.size < mostNamesAMinute) names.set(name, (names.get(name) ?? 0) + 1);
  }

  forget(now: number): void {
    for (const minute of this.#minutes.keys()) if (minute * minuteMs < now - recentMs) this.#minutes.delete(minute);
  }

  get size(): number {
    return [...this.#minutes.values()].reduce((sum, names) => sum + names.size, 0);
  }

  /** The most frequent, ties by name. */
  top(count: number): readonly (readonly [string, number])[] {
    const totals = new Map<string, number>();
    for (const names of this.#minutes.values())
      for (const [name, times] of names) totals.set(name, (totals.get(name) ?? 0) + times);
    return [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, count);
  }
}

export class LiveCounts {
  readonly #clock: Clock;
  readonly #since: number;
  readonly #seconds = new Map<number, Second>();
  readonly #lastSeen = new Map<string, number>();
  readonly #orders: LiveOrder[] = [];
  readonly #pages = new RecentNames();
  readonly #products = new RecentNames();
  /** Of the products viewed last, those viewed last at the end. */
  readonly #productNames = new Map<string, string>();
  #lastEventAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.now();
  }

  noteAccepted(message: ReadMessage, at: number): void {
    this.#second(at).accepted += 1;
    this.#lastEventAt = at;
    const { first, texts } = message;
    const customer = first.customer_id ?? "";
    // Those seen last stand last, so that those who left are found at the front.
    this.#lastSeen.delete(customer);
    this.#lastSeen.set(customer, at);
    if (message.orderId !== "") {
      this.#orders.unshift({
        order_id: message.orderId,
        received_at: new Date(at).toISOString(),
        customer_id: customer,
        line_count: texts.length,
      });
      this.#orders.length = Math.min(this.#orders.length, mostOrders);
    }
    if (first.event_type === "page") this.#pages.note(pathOf(first.properties ?? ""), at);
    const product = first.product_id ?? "";
    if (first.event_type === "view" && product !== "") {
      this.#products.note(product, at);
      this.#productNames.delete(product);
      this.#productNames.set(product, first.product_name ?? "");
    }
  }

  noteOther(verdict: "duplicate" | "rejected", at: number): void {
    this.#second(at)[verdict] += 1;
  }

  picture(): LivePicture {
    const now = this.#clock.now();
    this.#forget(now);
    const current = Math.floor(now / secondMs);
    const kept = Math.min(keptSeconds, Math.max(1, current - Math.floor(this.#since / secondMs)));
    const seconds = Array.from({ length: kept }, (_, index) => this.#seconds.get(current - kept + index));
    return {
      now: new Date(now).toISOString(),
      since: new Date(this.#since).toISOString(),
      visitor_count: this.#lastSeen.size,
      accepted_counts: seconds.map((second) => second?.accepted ?? 0),
      duplicate_count: seconds.reduce((sum, second) => sum + (second?.duplicate ?? 0), 0),
      rejected_count: seconds.reduce((sum, second) => sum + (second?.rejected ?? 0), 0),
      last_event_at: this.#lastEventAt === null ? null : new Date(this.#lastEventAt).toISOString(),
      orders: [...this.#orders],
      pages: this.#pages.top(10).map(([path, event_count]) => ({ path, event_count })),
      products: this.#products.top(10).map(([product_id, event_count]) => ({
        product_id,
        product_name: this.#productNames.get(product_id) ?? "",
        event_count,
      })),
    };
  }

  /** Visitors, pages and products held now, a page or product once for each minute it was seen in. */
  get heldCount(): number {
    return this.#lastSeen.size + this.#pages.size + this.#products.size + this.#productNames.size;
  }

  /** Drops what no picture shows any more; also where nobody looks, so it runs as seconds pass. */
  #forget(now: number): void {
    for (const [customer, at] of this.#lastSeen) {
      if (at >= now - presentMs) break;
      this.#lastSeen.delete(customer);
    }
    this.#pages.forget(now);
    this.#products.forget(now);
    keepLast(this.#productNames, mostProductNames);
  }

  #second(at: number): Second {
    const second = Math.floor(at / secondMs);
    const known = this.#seconds.get(second);
    if (known) return known;
    for (const old of this.#seconds.keys()) if (old < second - keptSeconds) this.#seconds.delete(old);
    this.#forget(at);
    const fresh = { accepted: 0, duplicate: 0, rejected: 0 };
    this.#seconds.set(second, fresh);
    return fresh;
  }
}

function keepLast(names: Map<string, unknown>, most: number): void {
  for (const first of names.keys()) {
    if (names.size <= most) return;
    names.delete(first);
  }
}

function pathOf(properties: string): string {
  const { path, url, name } = (properties === "" ? {} : JSON.parse(properties)) as Record<string, unknown>;
  if (typeof path === "string" && path !== "") return path;
  if (typeof url === "string" && URL.canParse(url)) return new URL(url).pathname;
  return typeof name === "string" ? name : "";
}
