/**
 * A workspace: one shop's folder with its settings, its warehouse and its runtime files. One process owns the engine; a
 * second command finds the owner's address in `run/owner.json` and uses the same engine, and a change waits for the lock.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./clock.ts";
import {
  type Config,
  configSchema,
  readConfig,
  secretFromEnvironment,
  serverAddress,
  type WrittenConfig,
} from "./config.ts";
import { CartwrightError } from "./errors.ts";
import { Engine, type EngineAddress } from "./warehouse/engine.ts";
import { databaseName, patientReaderSettings, readerSettings } from "./warehouse/engine-config.ts";
import { mayDoWithout } from "./warehouse/leave-out.ts";
import { requireDivision } from "./warehouse/move.ts";
import { createDatabaseSql, isSchemaThere, prepareSchema } from "./warehouse/schema.ts";
import { type Connection, Warehouse } from "./warehouse/warehouse.ts";
import { erasedPeople } from "./workspace/erasure-register.ts";
import { isAlive } from "./workspace/process-lock.ts";

interface Owner extends EngineAddress {
  readonly ownerPid: number;
  readonly command: string;
  /** Address of the dashboard when the owner serves it. */
  readonly serverUrl: string | null;
}

export interface WorkspaceFolders {
  readonly root: string;
  readonly warehouse: string;
  readonly run: string;
  readonly backups: string;
  readonly logs: string;
  /** Files on their way from a browser into the warehouse. */
  readonly uploads: string;
  /** Analyses of the shop's own. */
  readonly analyses: string;
  /** What was taken from each source that is pulled, and how far. */
  readonly pulls: string;
}

const foldersOf = (root: string): WorkspaceFolders => ({
  root,
  warehouse: join(root, "warehouse"),
  run: join(root, "run"),
  backups: join(root, "backups"),
  logs: join(root, "logs"),
  uploads: join(root, "uploads"),
  analyses: join(root, "analyses"),
  pulls: join(root, "pulls"),
});

function readOwner(runFolder: string): Owner | null {
  try {
    return JSON.parse(readFileSync(join(runFolder, "owner.json"), "utf8")) as Owner;
  } catch {
    return null;
  }
}

/** Writes a new workspace with the given settings; every other setting keeps its default. */
export function createWorkspace(root: string, settings: WrittenConfig): Config {
  const path = join(root, "cartwright.json");
  if (existsSync(path))
    throw new CartwrightError("workspace_exists", `${root} holds a workspace already`, { folder: root });
  const config = configSchema.parse(settings);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const { name, currency, time_zone, week_start, fiscal_year_start } = config;
  writeFileSync(
    path,
    `${JSON.stringify({ name, currency, time_zone, week_start, fiscal_year_start, ...settings }, null, 2)}\n`,
    {
      mode: 0o600,
    },
  );
  return config;
}

/** How long a command waits for another that is just starting or ending. */
const patienceMs = 60_000;
const lockPollMs = 50;
const lockAttempts = 5;

/** What a lock says of its holder; empty when it has been given back meanwhile. */
function readHolder(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
/** An engine that is being ended may take a connection and never answer it. */
const answerTimeoutMs = 5000;

export class Workspace {
  readonly folders: WorkspaceFolders;
  readonly config: Config;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  #engine: Engine | null = null;
  #connection: Connection;
  /** Set within the work of `exclusively`. */
  readonly #changing = new AsyncLocalStorage<Workspace>();
  #lastChange: Promise<void> = Promise.resolve();
  /** False while a node that was left out may lack what this version needs. */
  #isPrepared = false;
  readonly #command: string;
  #serverUrl: string | null = null;

  private constructor(root: string, config: Config, clock: Clock, command: string) {
    this.folders = foldersOf(root);
    this.config = config;
    this.clock = clock;
    this.#command = command;
    this.#connection = serverConnection(config) ?? {
      url: "",
      app: { user: "", password: "" },
      reader: { user: "", password: "" },
      patient: { user: "", password: "" },
    };
    const { nodes, unreachable_nodes, replicated } = config.warehouse;
    this.warehouse = new Warehouse(
      async () => this.#currentConnection(),
      databaseName,
      () => erasedPeople(root),
      nodes === undefined ? null : { nodes, leavesOut: unreachable_nodes === "leave_out", isReplicated: replicated },
    );
  }

  /**
   * Opens a workspace: attaches to the engine of a running process, else starts one.
   *
   * @throws invalid_usage when nodes were added or taken away, unless it is opened to move rows between them
   */
  static async open(root: string, clock: Clock, command: string, { isMoving = false } = {}): Promise<Workspace> {
    const workspace = new Workspace(root, readConfig(root), clock, command);
    mkdirSync(workspace.folders.run, { recursive: true, mode: 0o700 });
    if (serverAddress(workspace.config) === undefined) await workspace.#attachOrOwn();
    await workspace.#prepare();
    try {
      if (!isMoving) await requireDivision(workspace.warehouse);
    } catch (error) {
      await workspace.close();
      throw error;
    }
    return workspace;
  }

  /** Makes databases and tables; for questions that may do without a node, tables that are there are enough. */
  async #prepare(): Promise<void> {
    try {
      await prepareOn(this.#connection, this.warehouse);
      this.#isPrepared = true;
    } catch (error) {
      if (!mayDoWithout(this.warehouse, error) || !(await isSchemaThere(this.warehouse))) throw error;
    }
  }

  /** True when this process runs the engine itself. */
  get isOwner(): boolean {
    return this.#engine !== null;
  }

  /** Whether statements a person types can run as a user who may only read. */
  get hasReader(): boolean {
    return hasReader(this.config);
  }

  get engine(): Engine | null {
    return this.#engine;
  }

  async #currentConnection(): Promise<Connection> {
    if (this.#engine) this.#connection = toConnection(await this.#engine.address());
    return this.#connection;
  }

  async #attachOrOwn(): Promise<void> {
    const startedAt = performance.now();
    for (;;) {
      const owner = await this.#runningOwner();
      if (owner) {
        this.#connection = toConnection(owner);
        return;
      }
      try {
        this.#engine = await Engine.start({
          dataFolder: this.folders.warehouse,
          runFolder: this.folders.run,
          backupsFolder: this.folders.backups,
          limits:
            this.config.engine.max_memory_bytes === undefined
              ? {}
              : { maxMemoryBytes: this.config.engine.max_memory_bytes },
          onRestart: (address) => this.#announce(address),
        });
        const address = await this.#engine.address();
        this.#connection = toConnection(address);
        this.#announce(address);
        return;
      } catch (error) {
        // Another command may be between its start and its announcement, or between its end and the lock's release.
        const isBusy = error instanceof CartwrightError && error.code === "workspace_busy";
        if (!isBusy || performance.now() - startedAt > patienceMs) throw error;
        await sleep(200);
      }
    }
  }

  /** The process that holds the engine, when it is alive and its engine answers to the announced password. */
  async #runningOwner(): Promise<Owner | null> {
    const owner = this.owner();
    if (!owner || owner.ownerPid === process.pid || !isAlive(owner.ownerPid)) return null;
    const answer = await fetch(`${owner.url}/?query=select%201`, {
      headers: { "X-ClickHouse-User": "app", "X-ClickHouse-Key": owner.appPassword },
      signal: AbortSignal.timeout(answerTimeoutMs),
    }).catch(() => null);
    return answer?.ok ? owner : null;
  }

  /** What the owning process has announced about itself; null when none has. */
  owner(): Owner | null {
    return readOwner(this.folders.run);
  }

  /** The living process that has the engine of a workspace, which need not be opened; null when none has. */
  static owner(root: string): Owner | null {
    const owner = readOwner(foldersOf(root).run);
    return owner && isAlive(owner.ownerPid) ? owner : null;
  }

  /** Address of the dashboard that a running process serves for a workspace; null when none does. */
  static serverUrl(root: string): string | null {
    return Workspace.owner(root)?.serverUrl ?? null;
  }

  #announce(address: EngineAddress): void {
    const owner: Owner = { ...address, ownerPid: process.pid, command: this.#command, serverUrl: this.#serverUrl };
    writeFileSync(join(this.folders.run, "owner.json"), JSON.stringify(owner), { mode: 0o600 });
  }

  /** Tells other commands where the dashboard is. */
  async announceServer(url: string): Promise<void> {
    this.#serverUrl = url;
    if (this.#engine) this.#announce(await this.#engine.address());
  }

  /**
   * Runs `work` while nothing else changes this workspace; refuses, naming the process, when another one does. Within this
   * process one piece of work waits for the other, and work within work is part of it. Only what moves rows between nodes may
   * change those that are divided between others than there are.
   */
  async exclusively<T>(work: () => Promise<T>, { isMoving = false } = {}): Promise<T> {
    if (this.#changing.getStore() === this) return await work();
    const before = this.#lastChange;
    const mine = before.then(async () => {
      await this.#waitForLock();
      try {
        // A node may have been left out when this was opened; whoever changes something needs all of them.
        if (!this.#isPrepared) await prepareOn(this.#connection, this.warehouse);
        this.#isPrepared = true;
        if (!isMoving) await requireDivision(this.warehouse);
        return await this.#changing.run(this, work);
      } finally {
        rmSync(join(this.folders.run, "write.lock"), { force: true });
      }
    });
    this.#lastChange = mine.then(
      () => {},
      () => {},
    );
    return await mine;
  }

  /** A server changes the workspace often and for moments; any other command is waited for by who calls this, if at all. */
  async #waitForLock(): Promise<void> {
    for (let waited = 0; ; waited += lockPollMs) {
      try {
        this.#takeLock();
        return;
      } catch (error) {
        const isServer = error instanceof CartwrightError && error.details.command === "serve";
        if (!isServer || waited > patienceMs) throw error;
        await sleep(lockPollMs);
      }
    }
  }

  /** The lock appears whole, with its holder's name, or not at all: a full disk or a kill leaves none without a holder. */
  #takeLock(): void {
    const path = join(this.folders.run, "write.lock");
    const written = `${path}.${process.pid}`;
    for (let attempt = 0; attempt < lockAttempts; attempt += 1) {
      try {
        writeFileSync(written, `${process.pid} ${this.#command}`, { mode: 0o600 });
        linkSync(written, path);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const [pid = "0", ...command] = readHolder(path).split(" ");
        if (isAlive(Number(pid)) && Number(pid) !== process.pid) {
          throw new CartwrightError(
            "workspace_busy",
            `process ${pid} (${command.join(" ")}) is changing ${this.folders.root}`,
            { pid, command: command.join(" ") },
          );
        }
        rmSync(path, { force: true });
      } finally {
        rmSync(written, { force: true });
      }
    }
    throw new CartwrightError("workspace_busy", `${this.folders.root} is being changed by another process`, {
      pid: "unknown",
    });
  }

  async close(): Promise<void> {
    await this.warehouse.close();
    if (!this.#engine) return;
    rmSync(join(this.folders.run, "owner.json"), { force: true });
    await this.#engine.stop();
  }
}

const hasReader = (config: Config): boolean =>
  serverAddress(config) === undefined || config.warehouse.reader_user !== undefined;

/** Where a workspace keeps its own analyses, for who has not opened it. */
export const analysesHome = (root: string) => ({ folders: foldersOf(root), hasReader: hasReader(readConfig(root)) });

/** Refuses typed statements where no user exists who may only read. */
export function requireReader(workspace: Workspace): void {
  if (workspace.hasReader) return;
  throw new CartwrightError(
    "query_refused",
    "the ClickHouse server has no read-only user configured; set warehouse.reader_user to open the SQL console",
  );
}

function toConnection(address: EngineAddress): Connection {
  return {
    url: address.url,
    app: { user: "app", password: address.appPassword },
    reader: { user: "reader", password: address.readerPassword },
    patient: { user: "patient_reader", password: address.readerPassword },
  };
}

function serverConnection(config: Config): Connection | null {
  const { user, password_env, reader_user, reader_password_env } = config.warehouse;
  const url = serverAddress(config);
  if (url === undefined) return null;
  const app = { user, password: secretFromEnvironment(password_env) };
  // Analyses are our own SQL and may run as the builder; what a person types may not, so the console asks `hasReader`.
  if (reader_user === undefined)
    return {
      url,
      app,
      reader: { ...app, settings: readerSettings },
      patient: { ...app, settings: patientReaderSettings() },
    };
  const reader = { user: reader_user, password: secretFromEnvironment(reader_password_env) };
  const patient = { ...reader, user: config.warehouse.patient_reader_user ?? reader_user };
  return { url, app, reader, patient };
}

async function prepareOn(connection: Connection, warehouse: Warehouse): Promise<void> {
  const nodes = warehouse.cluster?.nodes ?? [connection.url];
  for (const url of nodes)
    for (const name of new Set([databaseName, warehouse.localDatabase])) await createDatabase(url, connection, name);
  await prepareSchema(warehouse);
}

async function createDatabase(url: string, { app }: Connection, name: string): Promise<void> {
  const answer = await fetch(`${url}/?query=${encodeURIComponent(createDatabaseSql(name))}`, {
    method: "POST",
    headers: { "X-ClickHouse-User": app.user, "X-ClickHouse-Key": app.password },
  }).catch((error: unknown) => {
    throw new CartwrightError("warehouse_unreachable", `${url} does not answer`, { url }, error);
  });
  if (!answer.ok)
    throw new CartwrightError(
      "warehouse_unreachable",
      `${url} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`,
    );
}
