// Ends shoppers, or the PostgreSQL server, in the middle of checkouts, and looks for half orders afterwards.
// `node bench/kill-checkouts.mjs [--kills 300] [--seed 1]`
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openStore } from "../dist/store/connection.js";
import { migrateStore } from "../dist/store/migrate.js";
import { createStore } from "../dist/store/store.js";
import { findBroken, stockScarce } from "./support/checkout-load.mjs";
import { startPostgres } from "./support/postgres.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const { below } = seeded(option("seed", 1));
const server = await startPostgres();
const url = await server.createDatabase("store");
const first = await openStore({ url, folder: null });
await migrateStore(first);
await stockScarce(createStore(first), { articles: 40, few: 100_000 });
await first.close();

const counts = { kills_of_client: 0, kills_of_server: 0, orders: 0, broken: 0 };
const started = Date.now();
for (let kill = 0; kill < option("kills", 300); kill += 1) {
  const child = fork(fileURLToPath(new URL("./support/checkout-child.mjs", import.meta.url)), [url, String(kill)], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await once(child, "message");
  await sleep(50 + below(1000));
  if (kill % 3 === 2) {
    process.kill(server.pid(), "SIGKILL");
    counts.kills_of_server += 1;
    child.kill("SIGKILL");
    await once(child, "exit");
    // Backends notice that their parent has gone before another may take the data.
    await sleep(500);
    await server.restart();
  } else {
    child.kill("SIGKILL");
    await once(child, "exit");
    counts.kills_of_client += 1;
  }
  const connection = await openStore({ url, folder: null });
  const broken = Object.entries(await findBroken(connection)).filter(([, found]) => found !== 0);
  counts.orders = Number((await connection.query("select count(*) as orders from store.orders"))[0]?.orders);
  await connection.close();
  counts.broken += broken.length;
  if (broken.length > 0) console.log(`kill ${kill}: ${JSON.stringify(broken)}`);
  if ((kill + 1) % 20 === 0) process.stderr.write(`${JSON.stringify(counts)}\n`);
}
await server.stop();
console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - started) / 1000) }));
process.exit(counts.broken > 0 ? 1 : 0);
