/** `cartwright store`: the operational store of a workspace: migrate it, send what changed to the warehouse, compare both. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { findAnalysis } from "../analyses/index.ts";
import { workspaceReconcile } from "../api/store/reconcile.ts";
import { currencyDecimals, secretFromEnvironment } from "../config.ts";
import { deliver } from "../delivery/index.ts";
import { CartwrightError } from "../errors.ts";
import { importHm, type RefusedRow } from "../store/import-hm.ts";
import { type RefreshableView, refreshableViews, refreshView } from "../store/refresh.ts";
import { seedStore, sizeOf } from "../store/seed.ts";
import { mailingCommand } from "./mailing-command.ts";
import { formatRows, print, say } from "./output.ts";
import { interruptSignal, inWorkspace } from "./session.ts";
import { simulateCommand } from "./simulate-command.ts";
import { type StoreFlags, storeCommandOf, withStore } from "./store-session.ts";

const migrate = storeCommandOf(
  "migrate",
  "make the store's tables, procedures and views, or bring them to this version",
).action(
  async (flags: StoreFlags) =>
    await withStore(flags, "migrate", async (_, connection) => {
      const rows = await connection.query(
        "select name, store.utc_text(applied_at) as applied_at from store.migrations order by store.migrations.applied_at, name",
      );
      await print(formatRows(rows, ["name", "applied_at"], flags.format));
    }),
);

const sync = storeCommandOf("sync", "send what changed in the store to the warehouse, exactly once")
  .option("--full", "send everything again; what the warehouse has already changes nothing")
  .option("--most <count>", "most changes in one delivery", "20000")
  .action(
    async (flags: StoreFlags & { full?: boolean; most: string }) =>
      await withStore(flags, "sync", async (workspace, connection) => {
        if (flags.full) await connection.query("select store.note_everything()");
        const outcome = await deliver(workspace, connection, {
          most: wholeNumber("--most", flags.most),
          signal: interruptSignal(),
          onDelivered: (deliveryId, changes) => say(`delivery ${deliveryId}: ${changes} changes`),
        });
        const [waiting] = await connection.query(
          "select count(*) as waiting_count, min(changed_at) as oldest_at from store.outbox",
        );
        await print(
          formatRows(
            [{ ...outcome, ...waiting }],
            [...Object.keys(outcome), "waiting_count", "oldest_at"],
            flags.format,
          ),
        );
      }),
  );

const reconcile = storeCommandOf(
  "reconcile",
  "compare the store with the warehouse day by day; fails on the first difference",
).action(
  async (flags: StoreFlags) =>
    await withStore(flags, "reconcile", async (workspace, connection) => {
      const analysis = findAnalysis("reconciliation");
      if (!analysis) throw new CartwrightError("unknown_analysis", "the catalogue has no analysis reconciliation");
      const rows = await workspaceReconcile(workspace)(connection);
      await print(formatRows(rows, Object.keys(analysis.columns), flags.format));
      const first = rows.find((row) => Number(row.differing_order_count) > 0);
      if (first) {
        throw new CartwrightError(
          "verify_failed",
          `store and warehouse differ on ${first.day_on}, first in order ${first.first_differing_order_id}; \`cartwright store sync\` sends what waits`,
        );
      }
      say(`store and warehouse agree on ${rows.length} days`);
    }),
);

const seed = storeCommandOf("seed", "fill an empty store with a believable fashion shop")
  .option("--scale <number>", "1 is a small shop, 278 the size of H&M's", "1")
  .option("--seed <number>", "the same seed gives the same shop", "1")
  .action(
    async (flags: StoreFlags & { scale: string; seed: string }) =>
      await withStore(flags, "seed", async (workspace, connection) => {
        const scale = Number(flags.scale);
        if (!(scale > 0 && scale <= 1000))
          throw new CartwrightError("invalid_usage", `--scale must be above 0 and at most 1000, got ${flags.scale}`);
        const rows: { step: string; seconds: number }[] = [];
        const onStep = (step: string, seconds: number): void => {
          say(`${step}: ${seconds.toFixed(1)} s`);
          rows.push({ step, seconds: Number(seconds.toFixed(3)) });
        };
        const until = new Date(workspace.clock.now());
        await seedStore(connection, { ...sizeOf(scale), seed: wholeNumber("--seed", flags.seed), until, onStep });
        await print(formatRows(rows, ["step", "seconds"], flags.format));
      }),
  );

const importHmFiles = storeCommandOf("hm", "H&M's articles, customers and transactions by their published columns")
  .argument("<files...>", "articles.csv, customers.csv and transactions_train.csv, in any order, plain or .gz")
  .option("--keep <groups>", "product groups, product types or sections to keep, comma-separated; all when not given")
  .option(
    "--price-scale <number>",
    "what the published prices are multiplied by; 590 makes 0.0508 the 29.99 it was",
    "590",
  )
  .action(
    async (paths: string[], flags: StoreFlags & { keep?: string; priceScale: string }) =>
      await withStore(flags, "import hm", async ({ config, folders }, connection) => {
        const priceScale = Number(flags.priceScale);
        if (!(priceScale > 0 && priceScale <= 1e6))
          throw new CartwrightError("invalid_usage", `--price-scale must be above 0, got ${flags.priceScale}`);
        const refused: RefusedRow[] = [];
        const files = await importHm(connection, paths, {
          keep: flags.keep?.split(",").map((one) => one.trim()) ?? [],
          priceScale,
          decimals: currencyDecimals(config.currency),
          timeZone: config.time_zone,
          onRefused: (row) => refused.push(row),
          onProgress: (step, rows) => say(rows > 0 ? `${step}: ${rows.toLocaleString("en")} rows` : step),
          signal: interruptSignal(),
        });
        if (refused.length > 0) {
          const path = join(folders.root, "store", "hm-rejects.jsonl");
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, refused.map((row) => `${JSON.stringify(row)}\n`).join(""), { mode: 0o600 });
          say(`${refused.length.toLocaleString("en")} rows were refused; each is in ${path} with its line and reason`);
        }
        const columns = ["path", "kind", "read_rows", "loaded_rows", "filtered_rows", "rejected_rows"];
        await print(
          formatRows(
            files.map((file) => ({ ...file })),
            columns,
            flags.format,
          ),
        );
      }),
  );

const importFrom = new Command("import")
  .description("fill an empty store from another shop's files")
  .addCommand(importHmFiles);

/** A view by its name. @throws store_missing naming those there are */
function viewNamed(name: string): RefreshableView {
  const found = refreshableViews.find((view) => view === name);
  if (found) return found;
  throw new CartwrightError("store_missing", `there is no materialized view ${name}`, {
    hint: `one of ${refreshableViews.join(", ")}`,
  });
}

const refresh = storeCommandOf("refresh", "bring the store's materialized views up to date while others read them")
  .option("--view <name>", `one of ${refreshableViews.join(", ")}; all when not given`)
  .action(
    async (flags: StoreFlags & { view?: string }) =>
      await withStore(flags, "refresh", async (_, connection) => {
        const rows = [];
        for (const view of flags.view === undefined ? refreshableViews : [viewNamed(flags.view)]) {
          const from = performance.now();
          const row_count = await refreshView(connection, view);
          rows.push({
            view,
            row_count,
            seconds: Number(((performance.now() - from) / 1000).toFixed(3)),
          });
        }
        await print(formatRows(rows, ["view", "row_count", "seconds"], flags.format));
      }),
  );

const psqlUrl = new Command("psql-url")
  .description("print the address of the store's PostgreSQL server, for psql; with its password, so mind where it goes")
  .option("--workspace <folder>", "the workspace's folder")
  .action(async (flags: { workspace?: string }) => {
    await inWorkspace(flags, "store psql-url", async (workspace) => {
      const url = secretFromEnvironment(workspace.config.store.url_env);
      if (url === "") {
        throw new CartwrightError(
          "invalid_usage",
          `this workspace has the embedded store, which has no address; set ${workspace.config.store.url_env} to a server`,
        );
      }
      await print(`${url}\n`);
    });
  });

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CartwrightError("invalid_usage", `${flag} must be a whole number above 0, got ${text}`);
  return Number(text);
}

export function storeCommand(): Command {
  const command = new Command("store").description(
    "the operational store: tables, procedures, deliveries to the warehouse",
  );
  for (const one of [migrate, seed, importFrom, sync, reconcile, refresh, mailingCommand(), simulateCommand(), psqlUrl])
    command.addCommand(one);
  return command;
}
