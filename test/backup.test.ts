/** A drill: a shop that sells and collects is backed up while it does, and comes back elsewhere with everything it had. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { backUp, type Manifest, restore } from "../src/backup/index.ts";
import { systemClock } from "../src/clock.ts";
import { Collector, collectOnce } from "../src/collect/index.ts";
import { openWorkspaceStore } from "../src/delivery/index.ts";
import { seedStore } from "../src/store/seed.ts";
import { builtTables } from "../src/warehouse/schema.ts";
import { verify } from "../src/warehouse/verify.ts";
import { createWorkspace, Workspace } from "../src/workspace.ts";
import { ensureBuilt } from "./support/built.ts";
import { tableRows } from "./support/ingest.ts";
import { type Outcome, type RunningProgram, startProgram } from "./support/program.ts";

const day = "2026-03-01";
const events = `event_at,event_type,customer_id,session_id,product_id,price
${day}T10:00:00Z,view,ada,s1,kettle,20.00
${day}T10:01:00Z,purchase,ada,s1,kettle,20.00
2026-03-02T09:00:00Z,view,ben,s2,kettle,20.00
`;

const start = (...args: string[]): RunningProgram => startProgram(args);
const run = async (...args: string[]): Promise<Outcome> => await start(...args).ended;

const folder = mkdtempSync(join(tmpdir(), "cartwright-backup-"));
const shop = join(folder, "shop");
const file = join(folder, "events.csv");
const backups = join(folder, "kept");

/** A copy of a backup with something changed. */
function spoilt(from: string, spoil: (copy: string) => void): string {
  const copy = mkdtempSync(join(folder, "spoilt-"));
  cpSync(from, copy, { recursive: true });
  spoil(copy);
  return copy;
}

function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const readManifest = (backup: string): Manifest => JSON.parse(readFileSync(join(backup, "manifest.json"), "utf8"));

async function inShop<T>(root: string, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await Workspace.open(root, systemClock, "test");
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

const storeCounts = async (workspace: Workspace): Promise<unknown> => {
  const { connection } = await openWorkspaceStore(workspace);
  try {
    return (
      await connection.query(
        `select (select count(*) from store.customers) as customers, (select count(*) from store.orders) as orders,
          (select sum(total_minor) from store.orders) as total_minor`,
      )
    )[0];
  } finally {
    await connection.close();
  }
};

beforeAll(async () => {
  await ensureBuilt();
  createWorkspace(shop, { name: "Drill", currency: "GBP", time_zone: "UTC" });
  await inShop(shop, async (workspace) => {
    const { connection } = await openWorkspaceStore(workspace);
    await seedStore(connection, {
      customers: 30,
      articles: 24,
      orders: 40,
      events: 200,
      seed: 7,
      until: new Date(`${day}T00:00:00Z`),
    });
    await connection.close();
  });
  writeFileSync(file, events);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a backup of a shop at work", () => {
  let backup = "";
  const acknowledgedBefore: string[] = [];
  const acknowledgedMeanwhile: string[] = [];

  it("is made while the server sells and collects", async () => {
    expect((await run("import", file, "--workspace", shop)).code).toBe(0);
    const { key } = new Credentials(shop, systemClock).createWriteKey("drill");
    const server = start("serve", "--workspace", shop, "--port", "0");
    await server.says(/is at http/);
    const url = Workspace.serverUrl(shop) ?? "";
    const send = async (into: string[], id: string): Promise<void> => {
      const message = {
        type: "track",
        event: "Product Viewed",
        messageId: id,
        userId: "eve",
        timestamp: `${day}T12:00:00.000Z`,
      };
      const answer = await fetch(`${url}/v1/batch`, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ batch: [{ ...message, properties: { product_id: "kettle", price: 20 } }] }),
      });
      if (answer.status === 200) into.push(id);
    };
    // The door opens once what there was has been loaded.
    for (let waited = 0; acknowledgedBefore.length === 0; waited += 1)
      await send(acknowledgedBefore, `first-${waited}`);
    for (let index = 0; index < 20; index += 1) await send(acknowledgedBefore, `before-${index}`);
    mkdirSync(backups);
    const running = start("backup", "--workspace", shop, "--out", backups, "--format", "json");
    let isRunning = true;
    void running.ended.then(() => {
      isRunning = false;
    });
    for (let index = 0; isRunning; index += 1) await send(acknowledgedMeanwhile, `meanwhile-${index}`);
    const outcome = await running.ended;
    expect(outcome.code, outcome.words).toBe(0);
    expect(outcome.words).toMatch(/warehouse[\s\S]*store[\s\S]*settings[\s\S]*checksums/);
    backup = (JSON.parse(outcome.out) as { folder: string }[])[0]?.folder ?? "";
    const credentials = new Credentials(shop, systemClock);
    const asked = async (role: "analyst" | "admin", backup: string): Promise<number> => {
      const { secret } = credentials.createToken({ name: "test", role });
      const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
      return (await fetch(`${url}/api/v1/backups/store`, { method: "POST", headers, body: JSON.stringify({ backup }) }))
        .status;
    };
    expect(await asked("analyst", "cartwright-20260301T000000Z.partial-1")).toBe(403);
    for (const name of ["cartwright-20260301T000000Z.partial-1", "../backups", "."])
      expect(await asked("admin", name), name).toBe(400);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    expect(acknowledgedMeanwhile.length).toBeGreaterThan(0);
    expect(readdirSync(backups)).toHaveLength(1);
    expect(readdirSync(join(shop, "backups"))).toEqual([]);
    const manifest = readManifest(backup);
    expect(manifest).toMatchObject({ format: 1, warehouse: "embedded", store: "embedded" });
    expect(manifest.store_tables.find(({ name }) => name === "customers")?.row_count).toBe(30);
    expect(manifest.warehouse_tables.find(({ name }) => name === "fct_events")?.row_count).toBeGreaterThanOrEqual(3);
    expect(readFileSync(join(backup, "files/auth.json"), "utf8")).not.toContain('"backup"');
  }, 300_000);

  it("comes back elsewhere with all that was acknowledged before, nothing doubled, and agrees with itself", async () => {
    const elsewhere = join(folder, "elsewhere");
    const outcome = await run("restore", backup, "--workspace", elsewhere);
    expect(outcome.code, outcome.words).toBe(0);
    expect(readFileSync(join(elsewhere, "cartwright.json"))).toEqual(readFileSync(join(shop, "cartwright.json")));
    expect(readdirSync(elsewhere).filter((name) => name.startsWith("."))).toEqual([]);
    // One start and end of the server loads the journals and delivers what the store had not handed on.
    const server = start("serve", "--workspace", elsewhere, "--port", "0");
    await server.says(/is at http/);
    const missing = async (ids: readonly string[]): Promise<number> => {
      const answer = await run(
        "sql",
        "select event_id, count() as times from fct_events where event_id != '' group by event_id",
        "--workspace",
        elsewhere,
        "--format",
        "json",
      );
      const found = JSON.parse(answer.out) as { event_id: string; times: string }[];
      expect(found.filter((row) => Number(row.times) !== 1)).toEqual([]);
      const names = new Set(found.map((row) => row.event_id));
      return ids.filter((id) => !names.has(id)).length;
    };
    await expect.poll(async () => await missing(acknowledgedBefore), { timeout: 120_000, interval: 500 }).toBe(0);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    for (const command of [["store", "sync"], ["store", "reconcile"], ["verify"]]) {
      const done = await run(...command, "--workspace", elsewhere);
      expect(done.code, `${command.join(" ")}: ${done.words}`).toBe(0);
    }
    const again = await run("import", file, "--workspace", elsewhere, "--format", "json");
    expect(JSON.parse(again.out)).toMatchObject([{ state: "duplicate", loaded_rows: 0 }]);
    expect(await inShop(elsewhere, storeCounts)).toEqual(await inShop(shop, storeCounts));
  }, 300_000);

  it.each([
    ["the warehouse", "warehouse.tar"],
    ["the store", "store.tar.gz"],
    ["the settings", "files/cartwright.json"],
  ])("with one bit of %s turned is refused, naming the file, and nothing is made", async (_, path) => {
    const target = join(folder, "never");
    const copy = spoilt(backup, (made) => flipByte(join(made, path)));
    await expect(restore(copy, target, { replace: false, clock: systemClock })).rejects.toMatchObject({
      code: "backup_invalid",
      message: `${join(copy, path)} is damaged: its bytes are not those that were written`,
    });
    expect(existsSync(target)).toBe(false);
  });

  it("is refused when a file is missing, when it was not finished, is newer, or reaches out of its folder", async () => {
    const target = join(folder, "never");
    const codeOf = async (spoil: (made: string) => void): Promise<unknown> =>
      await restore(spoilt(backup, spoil), target, { replace: false, clock: systemClock }).catch((error) => error.code);
    const rewrite = (change: (manifest: Manifest) => object) => (made: string) =>
      writeFileSync(join(made, "manifest.json"), JSON.stringify(change(readManifest(made))));
    expect(await codeOf((made) => rmSync(join(made, "warehouse.tar")))).toBe("backup_invalid");
    expect(await codeOf((made) => rmSync(join(made, "manifest.json")))).toBe("backup_invalid");
    expect(await codeOf((made) => writeFileSync(join(made, "manifest.json"), "{"))).toBe("backup_invalid");
    expect(await codeOf(rewrite((manifest) => ({ ...manifest, format: 2, files: {} })))).toBe("backup_newer");
    const [first] = readManifest(backup).files;
    for (const path of ["files/../../escaped", "/etc/passwd", "files/..\\x", "files//x"])
      expect(await codeOf(rewrite((manifest) => ({ ...manifest, files: [{ ...first, path }] }))), path).toBe(
        "backup_invalid",
      );
    expect(existsSync(target)).toBe(false);
  });
});

describe("a restore into a workspace", () => {
  const root = join(folder, "second");
  let backup = "";

  it("takes the place of one that is there only when told to", async () => {
    createWorkspace(root, { name: "Second", currency: "GBP", time_zone: "UTC" });
    expect((await run("import", file, "--workspace", root)).code).toBe(0);
    const before = await inShop(root, async (workspace) => {
      const options = { storeKind: "none", dumpStore: async () => [] } as const;
      backup = (await backUp(workspace, options)).folder;
      return await tableRows(workspace.warehouse, [...builtTables, "ops_batches final"]);
    });
    expect(backup.startsWith(join(root, "backups"))).toBe(true);
    writeFileSync(join(root, "since.txt"), "made after the backup");
    const refused = await run("restore", backup, "--workspace", root);
    expect([refused.code, refused.words]).toEqual([2, expect.stringContaining("--replace")]);
    expect(readFileSync(join(root, "since.txt"), "utf8")).toBe("made after the backup");

    const taken = await run("restore", backup, "--workspace", root, "--replace");
    expect(taken.code, taken.words).toBe(0);
    expect(readdirSync(root).sort()).toEqual(["audit", "backups", "cartwright.json", "run", "warehouse"]);
    const after = await inShop(root, async (workspace) => {
      expect((await verify(workspace.warehouse, workspace.config)).differences).toEqual([]);
      return await tableRows(workspace.warehouse, [...builtTables, "ops_batches final"]);
    });
    expect(after.fct_events).toHaveLength(3);
    expect(after).toEqual(before);
  }, 300_000);

  it("is refused while a process has the workspace open, and leaves it as it was", async () => {
    const server = start("serve", "--workspace", root, "--port", "0");
    await server.says(/is at http/);
    const refused = await run("restore", backup, "--workspace", root, "--replace");
    expect(refused.code).toBe(4);
    expect(refused.words).toContain(`process ${server.child.pid} (serve)`);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    expect(statSync(join(root, "cartwright.json")).isFile()).toBe(true);
  }, 120_000);
});

describe("a backup of version 0.1.0", () => {
  it("comes back in this version, with the event that waited in its journal", async () => {
    const made = mkdtempSync(join(folder, "fixture-"));
    cpSync(fileURLToPath(new URL("fixtures/backup-0.1.0", import.meta.url)), made, { recursive: true });
    writeFileSync(join(made, "warehouse.tar"), gunzipSync(readFileSync(join(made, "warehouse.tar.gz"))));
    const root = join(folder, "upgraded");
    await restore(made, root, { replace: false, clock: systemClock });
    await inShop(root, async (workspace) => {
      const collector = new Collector(workspace);
      await collectOnce(workspace, collector);
      await collector.close();
      const { warehouse, config } = workspace;
      expect(
        await warehouse.query("select event_id, toString(event_at) as at from fct_events order by event_at, event_id"),
      ).toEqual([
        { event_id: "", at: "2026-03-01 10:00:00.000" },
        { event_id: "", at: "2026-03-01 10:01:00.000" },
        { event_id: "", at: "2026-03-02 09:00:00.000" },
        { event_id: "waiting-1", at: "2026-03-02 12:00:00.000" },
      ]);
      expect(await warehouse.query("select raw from ops_rejects")).toHaveLength(1);
      expect((await verify(warehouse, config)).differences).toEqual([]);
    });
  }, 120_000);
});

describe("a backup that does not come to its end", () => {
  const options = (signal: AbortSignal, at: string, stop: () => void) =>
    ({
      storeKind: "none",
      dumpStore: async () => [],
      signal,
      out: join(folder, "cut-short"),
      onProgress: (words: string) => {
        if (words.startsWith(at)) stop();
      },
    }) as const;

  it.each(["warehouse", "settings", "checksums"])("cancelled at %s leaves nothing behind", async (step) => {
    await inShop(shop, async (workspace) => {
      const cancel = new AbortController();
      await expect(
        backUp(
          workspace,
          options(cancel.signal, step, () => cancel.abort()),
        ),
      ).rejects.toMatchObject({
        code: "cancelled",
      });
      expect(readdirSync(join(shop, "backups"))).toEqual([]);
      expect(existsSync(join(folder, "cut-short"))).toBe(false);
    });
  });

  it("killed leaves nothing under its name, what is left is refused, and the next one clears it away", async () => {
    const target = join(folder, "killed");
    const running = start("backup", "--workspace", shop, "--out", target);
    await running.says(/settings/);
    running.child.kill("SIGKILL");
    await running.ended;
    if (existsSync(target)) return expect(readManifest(target).format).toBe(1);
    for (const left of readdirSync(join(shop, "backups")))
      await expect(
        restore(join(shop, "backups", left), join(folder, "never"), { replace: false, clock: systemClock }),
      ).rejects.toMatchObject({ code: "backup_invalid" });
    const next = await run("backup", "--workspace", shop, "--out", target);
    expect(next.code, next.words).toBe(0);
    expect(readdirSync(join(shop, "backups"))).toEqual([]);
    expect(readManifest(target).store).toBe("embedded");
  }, 120_000);

  it("is refused when its place is taken", async () => {
    const taken = await run("backup", "--workspace", shop, "--out", join(folder, "killed"));
    expect([taken.code, taken.words]).toEqual([2, expect.stringContaining("is there already")]);
  }, 120_000);
});
