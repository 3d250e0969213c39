/** The store of a workspace, brought to this version and set up as the workspace says. */
import { join } from "node:path";
import { secretFromEnvironment } from "../config.ts";
import { openStore, type StoreConnection } from "../store/connection.ts";
import { migrateStore } from "../store/migrate.ts";
import { createStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";

export interface OpenedStore {
  readonly connection: StoreConnection;
  /** Names of the migrations that were applied. */
  readonly applied: readonly string[];
}

/** The embedded store has one process at a time: open it within `workspace.exclusively`. */
export async function openWorkspaceStore(workspace: Workspace, poolSize?: number): Promise<OpenedStore> {
  const { store, currency } = workspace.config;
  const url = secretFromEnvironment(store.url_env);
  const connection = await openStore({
    ...(url === "" ? {} : { url }),
    folder: join(workspace.folders.root, "store", "data"),
    ...(poolSize === undefined ? {} : { poolSize }),
  });
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
    return { connection, applied };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
