/** A payment provider for development and tests: the method says how it behaves. */
import type { PaymentNotice, PaymentProvider } from "./provider.ts";

/** Every other method succeeds at once. */
export const testMethods = {
  fails: "test-fails",
  timesOut: "test-times-out",
  callsBackLate: "test-late",
} as const;

/** @param delayMs how late it calls back for `test-late` */
export function testProvider(delayMs = 2000): PaymentProvider {
  const listeners: ((notice: PaymentNotice) => void)[] = [];
  return {
    methods: [
      { method: "card", label: "Test card that is accepted" },
      { method: testMethods.fails, label: "Test card that is refused" },
      { method: testMethods.callsBackLate, label: "Test transfer, confirmed after a moment" },
    ],
    onNotice: (listener) => {
      listeners.push(listener);
    },
    ask: async ({ payment_id, kind, method }) => {
      const reference = `test-${payment_id}`;
      if (kind === "refund") return { kind: "succeeded", reference };
      if (method === testMethods.fails) return { kind: "failed", reference };
      if (method === testMethods.timesOut) return await new Promise(() => {});
      if (method !== testMethods.callsBackLate) return { kind: "succeeded", reference };
      setTimeout(() => {
        for (const listener of listeners) listener({ payment_id, status: "succeeded", reference });
      }, delayMs).unref();
      return { kind: "pending" };
    },
  };
}
