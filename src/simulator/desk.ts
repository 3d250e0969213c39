/** The shop's staff: ships what the simulation ordered, delivers it, takes returns back, and compares both sides at the end. */
import { setTimeout as sleep } from "node:timers/promises";
import { CartwrightError } from "../errors.ts";
import type { Rows } from "./answers.ts";
import { ask } from "./http.ts";
import type { Tally } from "./tally.ts";

export interface DeskOptions {
  readonly origin: string;
  /** A token of the role admin. */
  readonly token: string;
  readonly tally: Tally;
}

interface Today {
  readonly waiting_count: number;
}

interface Day {
  readonly day_on: string;
  readonly store_order_count: number;
  readonly store_net_revenue_minor: number;
  readonly warehouse_net_revenue_minor: number;
  readonly differing_order_count: number;
  readonly first_differing_order_id: string | null;
}

/** Store and warehouse after everything has been delivered. */
export interface Comparison {
  readonly is_equal: boolean;
  readonly day_count: number;
  readonly order_count: number;
  readonly store_net_revenue_minor: number;
  readonly warehouse_net_revenue_minor: number;
  readonly differing_order_count: number;
  /** The first of them; null when both sides agree. */
  readonly first_differing_order_id: string | null;
  /** From the last shopper's leaving until both sides agreed, or were given up on. */
  readonly waited_seconds: number;
}

export class Desk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** @throws invalid_parameter when the server does not know the token: it serves another workspace. A stop meanwhile is no error */
  async checkSignIn(signal: AbortSignal): Promise<void> {
    const { origin } = this.#options;
    const answer = await this.#ask("GET", "/today", undefined, signal).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw new CartwrightError("invalid_parameter", `${origin} does not answer`, { name: "address" }, error);
    });
    if (answer === null || answer.status < 300) return;
    const { detail = "" } = (answer.body ?? {}) as { detail?: string };
    throw new CartwrightError(
      "invalid_parameter",
      answer.status === 401
        ? `${origin} serves another workspace: name its folder with --workspace`
        : `${origin} has no store that answers (${answer.status} ${detail})`,
      { name: "address" },
    );
  }

  /** Works until told to stop: ships and delivers the orders in `orders`, accepts returns of them. */
  async work(orders: ReadonlySet<number>, everyMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#round(orders, signal).catch((error: unknown) => {
        if (!signal.aborted) this.#options.tally.error(`desk: ${String(error)}`);
      });
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  async #round(orders: ReadonlySet<number>, signal: AbortSignal): Promise<void> {
    for (const [status, step] of [
      ["shipped", "deliver"],
      ["paid", "ship"],
    ] as const) {
      const { rows } = await this.#rows<{ order_id: number }>(`/orders?status=${status}&limit=200`, signal);
      for (const { order_id } of rows)
        if (orders.has(order_id) && !signal.aborted)
          await this.#change(`/orders/${order_id}/${step}`, step === "ship" ? {} : undefined, signal);
    }
    const { rows } = await this.#rows<{ return_id: number; order_id: number }>("/returns?limit=200", signal);
    for (const { return_id, order_id } of rows)
      if (orders.has(order_id) && !signal.aborted)
        await this.#change(`/returns/${return_id}/decision`, { is_accepted: true }, signal);
  }

  /** Waits until nothing waits for its delivery any more, then compares; gives up after `patienceMs`. */
  async settle(patienceMs: number, signal: AbortSignal): Promise<Comparison> {
    const from = performance.now();
    for (;;) {
      const today = (await this.#ask("GET", "/today", undefined, signal)).body as Today;
      const isLate = performance.now() - from > patienceMs;
      if (Number(today.waiting_count) === 0 || isLate) {
        const compared = await this.#compare((performance.now() - from) / 1000, signal);
        // A payment confirmed late is delivered late: both sides are asked again.
        if (compared.is_equal || isLate) return compared;
      }
      await sleep(500, undefined, { signal });
    }
  }

  async #compare(waited: number, signal: AbortSignal): Promise<Comparison> {
    const answer = await this.#ask("POST", "/reconciliation", undefined, signal);
    if (answer.status >= 300)
      throw new CartwrightError("internal", `the comparison answered ${answer.status} ${JSON.stringify(answer.body)}`);
    const { rows } = answer.body as Rows<Day>;
    const sum = (of: (row: Day) => number): number => rows.reduce((total, row) => total + Number(of(row)), 0);
    const differing = sum((row) => row.differing_order_count);
    return {
      is_equal: differing === 0,
      day_count: rows.length,
      order_count: sum((row) => row.store_order_count),
      store_net_revenue_minor: sum((row) => row.store_net_revenue_minor),
      warehouse_net_revenue_minor: sum((row) => row.warehouse_net_revenue_minor),
      differing_order_count: differing,
      first_differing_order_id: rows.find((row) => row.differing_order_count > 0)?.first_differing_order_id ?? null,
      waited_seconds: Math.round(waited * 10) / 10,
    };
  }

  async #rows<T>(path: string, signal: AbortSignal): Promise<Rows<T>> {
    const answer = await this.#ask("GET", path, undefined, signal);
    if (answer.status < 300) return answer.body as Rows<T>;
    throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Someone else at the desk may have been quicker: a conflict is no fault. */
  async #change(path: string, body: unknown, signal: AbortSignal): Promise<void> {
    const { status, body: said } = await this.#ask("POST", path, body, signal);
    if (status >= 300 && status !== 409) throw new Error(`POST ${path}: ${status} ${JSON.stringify(said)}`);
  }

  async #ask(method: string, path: string, body: unknown, signal: AbortSignal) {
    const { origin, token, tally } = this.#options;
    const headers = { authorization: `Bearer ${token}` };
    const url = `${origin}/api/v1/store/desk${path}`;
    return await ask({ method, url, headers, ...(body === undefined ? {} : { body }) }, tally, signal);
  }
}
