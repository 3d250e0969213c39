// A small demo shop with a store, served by the program itself in a process of its own, and everybody who may ask it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openWorkspaceStore } from "../../dist/delivery/index.js";
import { createDemoShop, writeDemoFiles } from "../../dist/sources/generator/index.js";
import { seedStore, sizeOf } from "../../dist/store/seed.js";
import { openShop } from "./shop.mjs";

const program = fileURLToPath(new URL("../../bin/cartwright", import.meta.url));

/** @param {string} folder @param {readonly string[]} words */
const command = (folder, words) =>
  spawnSync(process.execPath, [program, ...words, "--workspace", folder], { encoding: "utf8", env: ownEnvironment });

/** A store named in the developer's own environment is nobody's test store. */
const ownEnvironment = { ...process.env, DATABASE_URL: "" };

/** Makes the shop's workspace in a folder that `remove` takes away. */
async function makeShop() {
  const shop = await openShop({ name: "Fuzzed shop", currency: "GBP" });
  const files = mkdtempSync(join(tmpdir(), "cartwright-fuzz-files-"));
  const written = await writeDemoFiles(
    createDemoShop({ seed: 1, customers: 120, products: 24, days: 60, orders: 90 }),
    files,
  );
  await shop.workspace.exclusively(() =>
    shop.load(written.map(({ path }) => path).filter((path) => path.endsWith(".csv"))),
  );
  const { connection } = await openWorkspaceStore(shop.workspace);
  await seedStore(connection, { ...sizeOf(0.05), seed: 1, until: new Date() });
  await connection.query("select store.update_stock(article_id, 100000) from store.articles where is_active");
  await connection.close();
  await shop.workspace.close();
  rmSync(files, { recursive: true, force: true });
  return { folder: shop.folder, remove: () => rmSync(shop.folder, { recursive: true, force: true }) };
}

/** @param {string} folder @returns {Promise<{ child: import("node:child_process").ChildProcess, url: string, link: string }>} */
function serve(folder) {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--workspace", folder], {
    stdio: ["ignore", "ignore", "pipe"],
    env: ownEnvironment,
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const [link, url] = /(http:\/\/[^/\s]+)\/sign-in\?token=\S+/.exec(said) ?? [];
      if (link && url) resolve({ child, url: url.replace("localhost", "127.0.0.1"), link });
    });
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
}

/** Serves a new demo shop. */
export async function serveDemo() {
  const { folder, remove } = await makeShop();
  const { child, url, link } = await serve(folder);
  return {
    folder,
    url,
    /** A link that signs an admin in, once. */
    link: link.replace("localhost", "127.0.0.1"),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** Faults in the server's log. @returns {string[]} */
    faults: () =>
      readFileSync(join(folder, "logs", "server.log"), "utf8")
        .split("\n")
        .filter((line) => /^\{"level":[56]0/.test(line)),
    /** Ends the server, then has the workspace verified; null when all is well. @returns {Promise<string | null>} */
    endAndVerify: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      const { status, stdout, stderr } = command(folder, ["verify"]);
      return status === 0 ? null : `${stdout}\n${stderr}`;
    },
    remove,
  };
}
