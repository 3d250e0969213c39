/** Whether a server can do its work now: what a load balancer or a container's probe asks every few seconds. */
import { statfs } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Collector } from "../collect/index.ts";
import type { Workspace } from "../workspace.ts";
import type { StoreServices } from "./store/services.ts";

export interface Check {
  readonly name: "engine" | "store" | "disk" | "collector";
  readonly is_ok: boolean;
  /** What is wrong; empty when nothing is. */
  readonly reason: string;
}

export interface ReadinessParts {
  readonly workspace: Workspace;
  readonly store: StoreServices;
  /** Null where the server collects nothing. */
  readonly collector: Collector | null;
  /** Room that must be free on the workspace's disk. */
  readonly leastFreeBytes: number;
}

/** A part that has not answered by then does not answer. */
const patienceMs = 3000;

async function check(name: Check["name"], work: () => Promise<unknown>): Promise<Check> {
  const late = new AbortController();
  try {
    await Promise.race([
      work(),
      sleep(patienceMs, undefined, { signal: late.signal, ref: false }).then(() => {
        throw new Error(`no answer within ${patienceMs / 1000} s`);
      }),
    ]);
    return { name, is_ok: true, reason: "" };
  } catch (error) {
    return { name, is_ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    late.abort();
  }
}

/** Asks each part that there is: the engine and the store answer, the disk has room, the door for events is open. */
export async function readiness(parts: ReadinessParts): Promise<readonly Check[]> {
  const { workspace, store, collector, leastFreeBytes } = parts;
  return await Promise.all([
    check("engine", async () => await workspace.warehouse.query("select 1")),
    ...(store.exists() ? [check("store", async () => await (await store.open()).query("select 1"))] : []),
    check("disk", async () => {
      const { bavail, bsize } = await statfs(workspace.folders.root);
      if (bavail * bsize < leastFreeBytes)
        throw new Error(`${bavail * bsize} bytes are free, ${leastFreeBytes} are the least`);
    }),
    ...(collector === null
      ? []
      : [
          check("collector", async () => {
            const refusal = collector.refusal();
            if (refusal !== null) throw refusal;
          }),
        ]),
  ]);
}
