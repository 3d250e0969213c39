/** The regular work of a store: nothing of it is lost when it is missed, and running it twice changes nothing. */
import { CartwrightError } from "../errors.ts";
import type { StoreConnection } from "../store/connection.ts";
import type { Mailer } from "../store/mail/mailer.ts";
import { sendWaitingMails } from "../store/mail/send-waiting.ts";
import { collectRefunds } from "../store/payments/collect.ts";
import type { PaymentProvider } from "../store/payments/provider.ts";
import { runQuery } from "../store/query.ts";
import { refreshableViews, refreshView } from "../store/refresh.ts";
import { createStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { deliver } from "./deliver.ts";
import type { Task } from "./scheduler.ts";

export interface StoreTaskParts {
  readonly workspace: Workspace;
  readonly connection: StoreConnection;
  readonly mailer: Mailer;
  readonly payments: PaymentProvider;
}

const second = 1000;
const minute = 60 * second;

/** What a server with an open store does; each line says how often. */
export function storeTasks({ workspace, connection, mailer, payments }: StoreTaskParts): readonly Task[] {
  const store = createStore(connection);
  const { currency } = workspace.config;
  return [
    {
      name: "deliver",
      everyMs: 2 * second,
      run: async (signal) => await deliverUnlessBusy(workspace, connection, signal),
    },
    { name: "send mails", everyMs: 5 * second, run: async () => void (await sendWaitingMails(connection, mailer)) },
    {
      name: "collect refunds",
      everyMs: 30 * second,
      run: async () => void (await collectRefunds(connection, payments, { currency })),
    },
    { name: "expire unpaid orders", everyMs: minute, run: async () => void (await store.expireUnpaidOrders()) },
    { name: "apply due prices", everyMs: minute, run: async () => void (await store.applyDuePrices()) },
    { name: "abandoned carts", everyMs: 15 * minute, run: async () => void (await store.detectAbandonedCarts()) },
    {
      name: "inactive customers",
      everyMs: 360 * minute,
      run: async () => void (await store.markInactiveCustomers(365)),
    },
    {
      name: "refresh views",
      everyMs: 10 * minute,
      run: async (signal) => {
        for (const view of refreshableViews) if (!signal.aborted) await refreshView(connection, view);
      },
    },
  ];
}

/** While a command changes the workspace, the delivery waits for its next turn. */
async function deliverUnlessBusy(
  workspace: Workspace,
  connection: StoreConnection,
  signal: AbortSignal,
): Promise<void> {
  // An import by hand is refused while a delivery holds the workspace, so it is held only when there is something to send.
  const [row] = await runQuery(connection, "has-waiting");
  if (row?.is_waiting !== true) return;
  try {
    await workspace.exclusively(async () => {
      await deliver(workspace, connection, { signal });
    });
  } catch (error) {
    if (!(error instanceof CartwrightError && error.code === "workspace_busy")) throw error;
  }
}
