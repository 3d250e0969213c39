/** A workspace with a small seeded store, served with its regular work, and a browser: for journeys through shop and desk. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runStoreTasks } from "../../src/api/store/run-store-tasks.ts";
import { storeServices } from "../../src/api/store/services.ts";
import { openWorkspaceStore } from "../../src/delivery/index.ts";
import type { StoreConnection } from "../../src/store/connection.ts";
import { type SeedSize, seedStore } from "../../src/store/seed.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { type Dashboard, openDashboard } from "./browser.ts";
import { openTestShop, type TestShop } from "./shop.ts";

const build = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));

export interface ServedStore {
  readonly shop: TestShop;
  readonly dashboard: Dashboard;
  readonly connection: StoreConnection;
  readonly store: Store;
  /** What the server's regular work could not do. */
  readonly failures: readonly string[];
  readonly close: () => Promise<void>;
}

/** Serves the shop Northlane, made of this size. */
export async function serveStore(size: SeedSize): Promise<ServedStore> {
  // What is up to date is left alone.
  execFileSync(process.execPath, [build], { stdio: "ignore" });
  const shop = await openTestShop({ name: "Northlane" });
  const seeded = await openWorkspaceStore(shop.workspace);
  await seedStore(seeded.connection, { ...size, seed: 7, until: new Date() });
  await seeded.connection.close();
  const services = storeServices(shop.workspace);
  const connection = await services.open();
  const dashboard = await openDashboard(shop, undefined, { store: services });
  const failures: string[] = [];
  const tasks = runStoreTasks(shop.workspace, services, (task, error) => failures.push(`${task}: ${String(error)}`));
  return {
    shop,
    dashboard,
    connection,
    store: createStore(connection),
    failures,
    close: async () => {
      await tasks.stop();
      await dashboard.close();
      await shop.close();
    },
  };
}
