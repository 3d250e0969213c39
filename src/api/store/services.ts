/** What the store's routes need besides the request. */
import type { Clock } from "../../clock.ts";
import { secretFromEnvironment } from "../../config.ts";
import { hasWorkspaceStore, openWorkspaceStore, workspaceMailer } from "../../delivery/index.ts";
import type { StoreConnection } from "../../store/connection.ts";
import type { Mailer } from "../../store/mail/mailer.ts";
import { collectPayment } from "../../store/payments/collect.ts";
import type { PaymentProvider } from "../../store/payments/provider.ts";
import { testProvider } from "../../store/payments/test-provider.ts";
import { createStore } from "../../store/store.ts";
import type { Workspace } from "../../workspace.ts";
import { type ChooseRanking, labRanking } from "./block-experiment.ts";
import { type Recommend, warehouseRecommend } from "./recommend.ts";
import { type Reconcile, workspaceReconcile } from "./reconcile.ts";
import { type ReadScores, warehouseScores } from "./scores.ts";

export interface StoreServices {
  /** Whether there is a store; opening an embedded one makes it. */
  readonly exists: () => boolean;
  /** The one connection of this process, opened at the first request that needs it. */
  readonly open: () => Promise<StoreConnection>;
  readonly mailer: Mailer;
  readonly payments: PaymentProvider;
  readonly clock: Clock;
  /** What the shop is called. */
  readonly name: string;
  readonly currency: string;
  readonly recommend: Recommend;
  readonly chooseRanking: ChooseRanking;
  readonly scores: ReadScores;
  readonly reconcile: Reconcile;
  /** Where shoppers reach the shop; links in mails begin with it. */
  readonly address: string;
  /** The key that a payment provider's callbacks are signed with; empty refuses them. */
  readonly callbackSecret: string;
  /** How long a checkout waits for the provider. */
  readonly patienceMs: number;
  /** Told when the store has been opened, at once when it is open already; once for each opening. */
  readonly onOpen: (listener: (connection: StoreConnection) => void) => void;
  readonly close: () => Promise<void>;
}

/** A request may not keep a connection longer. */
const requestTimeoutMs = 15_000;

export interface ServiceParts {
  readonly open?: () => Promise<StoreConnection>;
  readonly mailer?: Mailer;
  readonly payments?: PaymentProvider;
  readonly patienceMs?: number;
  readonly callbackSecret?: string;
  readonly recommend?: Recommend;
  readonly chooseRanking?: ChooseRanking;
  readonly scores?: ReadScores;
  readonly reconcile?: Reconcile;
}

/** The services of a workspace; parts can be given instead, for tests and other providers. */
export function storeServices(workspace: Workspace, parts: ServiceParts = {}): StoreServices {
  const { config, clock } = workspace;
  let opening: Promise<StoreConnection> | null = null;
  let opened: StoreConnection | null = null;
  const listeners: ((connection: StoreConnection) => void)[] = [];
  const openOnce = async (): Promise<StoreConnection> => {
    const connection = parts.open
      ? await parts.open()
      : (await openWorkspaceStore(workspace, { statementTimeoutMs: requestTimeoutMs })).connection;
    opened = connection;
    for (const listener of listeners) listener(connection);
    return connection;
  };
  const open = async (): Promise<StoreConnection> => {
    // A store that could not be opened is tried again by the next request.
    opening ??= openOnce().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return await opening;
  };
  const payments = parts.payments ?? testProvider();
  payments.onNotice(({ payment_id, status, reference }) => {
    void open().then(
      (connection) =>
        createStore(connection)
          .settlePayment(payment_id, status, reference)
          .catch(() => {}),
      () => {},
    );
  });
  return {
    exists: () => parts.open !== undefined || hasWorkspaceStore(workspace),
    open,
    onOpen: (listener) => {
      listeners.push(listener);
      // A request may have been quicker than who wants to know.
      if (opened) listener(opened);
    },
    mailer: parts.mailer ?? workspaceMailer(workspace),
    payments,
    clock,
    name: config.name,
    currency: config.currency,
    reconcile: parts.reconcile ?? workspaceReconcile(workspace),
    recommend: parts.recommend ?? warehouseRecommend(workspace),
    chooseRanking: parts.chooseRanking ?? labRanking(workspace),
    scores: parts.scores ?? warehouseScores(workspace),
    address: config.store.address,
    callbackSecret: parts.callbackSecret ?? secretFromEnvironment(config.store.payment_secret_env),
    patienceMs: parts.patienceMs ?? 5000,
    close: async () => {
      const connection = await opening?.catch(() => null);
      opening = null;
      opened = null;
      if (!parts.open) await connection?.close();
    },
  };
}

/** Asks the provider for a payment of the store. */
export async function collect(services: StoreServices, connection: StoreConnection, paymentId: number): Promise<void> {
  const { payments, currency, patienceMs } = services;
  await collectPayment(connection, payments, paymentId, { currency, patienceMs });
}
