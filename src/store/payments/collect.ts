/** Asks the provider for a payment, and tells the store what it says. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Querying, StoreRow } from "../connection.ts";
import { runQuery } from "../query.ts";
import { createStore } from "../store.ts";
import type { PaymentAnswer, PaymentProvider } from "./provider.ts";

export interface CollectOptions {
  readonly currency: string;
  /** After this silence the payment stays pending until the provider calls back, or the order's time to pay is over. */
  readonly patienceMs?: number;
}

/**
 * Collects a charge or refund that waits. One that has been settled is not asked for again; a provider that does not answer,
 * or rejects, leaves it pending.
 */
export async function collectPayment(
  connection: Querying,
  provider: PaymentProvider,
  paymentId: number,
  options: CollectOptions,
): Promise<void> {
  const [row] = await runQuery(connection, "payment-to-settle", { payment_id: paymentId });
  if (!row) return;
  const answer = await askInTime(provider, row, options);
  if (answer.kind === "pending") return;
  await createStore(connection).settlePayment(paymentId, answer.kind, answer.reference);
}

/** Asks for the refunds that wait, at most `most`; returns how many. */
export async function collectRefunds(
  connection: Querying,
  provider: PaymentProvider,
  options: CollectOptions,
  most = 100,
): Promise<number> {
  const rows = await runQuery(connection, "pending-refunds", { most });
  for (const row of rows) await collectPayment(connection, provider, Number(row.payment_id), options);
  return rows.length;
}

async function askInTime(
  provider: PaymentProvider,
  row: StoreRow,
  { currency, patienceMs = 5000 }: CollectOptions,
): Promise<PaymentAnswer> {
  const stop = new AbortController();
  const silence = sleep(patienceMs, { kind: "pending" } as const, { signal: stop.signal });
  const asked = provider.ask({
    payment_id: Number(row.payment_id),
    order_id: Number(row.order_id),
    kind: row.kind === "refund" ? "refund" : "charge",
    amount_minor: Number(row.amount_minor),
    currency,
    method: String(row.method),
  });
  try {
    return await Promise.race([asked.catch(() => ({ kind: "pending" }) as const), silence]);
  } finally {
    stop.abort();
    silence.catch(() => {});
  }
}
