/** The store of a workspace, brought to this version and set up as the workspace says. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { secretFromEnvironment } from "../config.ts";
import { openStore, type StoreConnection } from "../store/connection.ts";
import { migrateStore } from "../store/migrate.ts";
import { createStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { lockStore } from "./store-lock.ts";

export interface OpenedStore {
  readonly connection: StoreConnection;
  /** Names of the migrations that were applied. */
  readonly applied: readonly string[];
}

export interface OpenOptions {
  /** Connections to a server at a time. */
  readonly poolSize?: number;
  /** No statement on a server may run longer. */
  readonly statementTimeoutMs?: number;
}

/** Where the workspace's store is: on a server, in the workspace where one has been made, or nowhere yet. */
export function storeKindOf({ config, folders }: Workspace): "server" | "embedded" | "none" {
  if (secretFromEnvironment(config.store.url_env) !== "") return "server";
  return existsSync(join(folders.root, "store", "data")) ? "embedded" : "none";
}

/** Whether the workspace has a store: one on a server, or an embedded one that has been made. */
export const hasWorkspaceStore = (workspace: Workspace): boolean => storeKindOf(workspace) !== "none";

/** The embedded store has one process at a time: a second is refused, naming the first. */
export async function openWorkspaceStore(workspace: Workspace, options: OpenOptions = {}): Promise<OpenedStore> {
  const { store, currency } = workspace.config;
  const url = secretFromEnvironment(store.url_env);
  const folder = join(workspace.folders.root, "store");
  const unlock = url === "" ? lockStore(folder) : () => {};
  try {
    const connection = await openStore({ ...(url === "" ? {} : { url }), folder: join(folder, "data"), ...options });
    const close = async (): Promise<void> => {
      await connection.close();
      unlock();
    };
    try {
      const applied = await migrateStore(connection);
      const { tax_rate, shipping_minor, reservation_minutes, payment_minutes } = store;
      await createStore(connection).configure({
        currency,
        tax_rate,
        shipping_minor,
        reservation_minutes,
        payment_minutes,
      });
      return { connection: { ...connection, close }, applied };
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}
