/** Clients that send until each event is acknowledged, and what the warehouse must hold of them afterwards. */
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { verify } from "../../dist/warehouse/verify.js";
import { Workspace } from "../../dist/workspace.js";
import { messageOf, post, rowsOf } from "./collect-load.mjs";

/** Sends batches of random size, each again and again until it is acknowledged. */
export class PatientClients {
  /** Rows expected of each acknowledged message. @type {Map<string, number>} */
  acknowledged = new Map();
  counts = { requests: 0, tries: 0, rejected: 0 };
  #isOver = false;
  /** @type {Promise<void>[]} */ #running = [];

  /** @param {() => string} url where the server is now @param {string} key @param {number} clients */
  constructor(url, key, clients) {
    this.#running = Array.from({ length: clients }, (_, client) => this.#send(url, key, client));
  }

  /** Ends once what is under way has been acknowledged. */
  async stop() {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  /** @param {() => string} url @param {string} key @param {number} client */
  async #send(url, key, client) {
    for (let round = 0; !this.#isOver; round += 1) {
      const size = 1 + ((round * 7) % 40);
      const batch = Array.from({ length: size }, (_, index) => {
        const at = client * 1_000_003 + round * 41 + index;
        return { at, message: messageOf(`${client}-${round}-${index}`, at, new Date().toISOString()) };
      });
      this.counts.requests += 1;
      for (;;) {
        this.counts.tries += 1;
        const sentAt = new Date().toISOString();
        const messages = batch.map(({ message }) => message);
        const answer = await post(url(), key, "batch", { batch: messages, sentAt }).catch(() => null);
        if (answer?.status === 200) {
          this.counts.rejected += answer.body.rejected;
          for (const { at, message } of batch) this.acknowledged.set(message.messageId, rowsOf(at));
          break;
        }
        await sleep(50);
      }
      await sleep(10);
    }
  }
}

/** Waits until everything on disk has been loaded; false when that takes longer than ten minutes. @param {string} folder */
export async function untilLoaded(folder) {
  for (let waited = 0; waited < 600_000; waited += 200) {
    const waiting = ["events", "customers"].flatMap((stream) => readdirSync(join(folder, "collect", stream)));
    if (waiting.length === 0) return true;
    await sleep(200);
  }
  return false;
}

/**
 * Ends the clients once all is acknowledged and loaded, then the server, and compares.
 *
 * @param {string} folder @param {import("node:child_process").ChildProcess} server @param {PatientClients} clients
 */
export async function endAndCompare(folder, server, clients) {
  await clients.stop();
  const isLoaded = await untilLoaded(folder);
  const hasEnded = server.exitCode !== null || server.signalCode !== null;
  if (!hasEnded) {
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    await gone;
  }
  const { differences, ...compared } = await compareWithWarehouse(folder, clients.acknowledged);
  if (differences.length > 0) process.stderr.write(`${JSON.stringify(differences.slice(0, 3))}\n`);
  return {
    ...clients.counts,
    ...compared,
    differences: differences.length,
    all_loaded: isLoaded,
    server_ended: hasEnded ? 1 : 0,
  };
}

/** Compares what was acknowledged with the warehouse of a server that has ended. @param {string} folder @param {ReadonlyMap<string, number>} acknowledged */
async function compareWithWarehouse(folder, acknowledged) {
  const workspace = await Workspace.open(folder, { now: () => Date.now() }, "check");
  const { warehouse, config } = workspace;
  const rows = await warehouse.query(
    "select splitByChar('#', event_id)[1] as id, toUInt32(count()) as row_count, toUInt32(uniqExact(event_id)) as id_count from fct_events group by id",
  );
  const found = new Map(rows.map((row) => [String(row.id), row]));
  const orders = await warehouse.queryOne("select toUInt32(count()) as order_count from fct_orders");
  const expectedOrders = [...acknowledged.values()].filter((expected) => expected === 2).length;
  const { differences } = await verify(warehouse, config);
  await workspace.close();
  return {
    acknowledged: acknowledged.size,
    acknowledged_lost: [...acknowledged].filter(([id, expected]) => Number(found.get(id)?.id_count ?? 0) < expected)
      .length,
    duplicated: rows.filter((row) => Number(row.row_count) > Number(row.id_count)).length,
    never_acknowledged: rows.filter((row) => !acknowledged.has(String(row.id))).length,
    orders: Number(orders.order_count),
    orders_differing: Number(orders.order_count) - expectedOrders,
    differences,
  };
}
