/** A MySQL-compatible server of its own in a folder that goes with it, where the machine has MariaDB. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";

const program = "mariadbd";

/** Whether the machine has the server. */
export const hasMysql = () => spawnSync(program, ["--version"]).status === 0;

const freePort = async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  probe.close();
  return port;
};

/** Starts a server with an empty database `shop`; its user `shop` has the password `p@ss`. */
export async function startMysql() {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-mysql-"));
  const data = join(folder, "data");
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  const made = spawnSync(
    "mariadb-install-db",
    ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", ...user],
    { encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const port = await freePort();
  const where = [`--datadir=${data}`, `--socket=${join(folder, "socket")}`, `--pid-file=${join(folder, "pid")}`];
  const child = spawn(program, ["--no-defaults", ...where, `--port=${port}`, "--bind-address=127.0.0.1", ...user], {
    stdio: "ignore",
  });
  const asRoot = { host: "127.0.0.1", port, user: "root", multipleStatements: true };
  for (let waited = 0; waited < 30_000; waited += 100) {
    const connection = await mysql.createConnection(asRoot).catch(() => null);
    if (connection) {
      await connection.query(
        "create database shop; create user shop@localhost identified by 'p@ss'; grant all on *.* to shop@localhost",
      );
      await connection.end();
      const stop = async () => {
        const gone = once(child, "exit");
        child.kill("SIGTERM");
        await gone;
        rmSync(folder, { recursive: true, force: true });
      };
      return { address: `mysql://shop:p%40ss@127.0.0.1:${port}/shop`, stop };
    }
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  child.kill("SIGKILL");
  throw new Error("MariaDB did not start");
}
