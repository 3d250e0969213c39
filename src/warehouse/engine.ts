/**
 * The embedded engine: ClickHouse out of the `chdb` package, run as a private child process that listens on loopback.
 * Isolation is the point: a crash, a leak or a runaway query cannot take the Node process with it, and the child speaks
 * the same HTTP protocol as a ClickHouse server, so nothing above this file knows which of the two it talks to.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { setPriority } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CartwrightError } from "../errors.ts";
import {
  defaultMaxMemoryBytes,
  type EngineLimits,
  type EngineSecrets,
  engineConfigXml,
  engineUsersXml,
} from "./engine-config.ts";

const childScript = fileURLToPath(new URL("./engine-child.js", import.meta.url));
const startTimeoutMs = 30_000;
const mostRestarts = 5;
/** Niceness of the engine, from 0, an equal of the server's process, to 19. */
const enginePriority = 10;
const answerTimeoutMs = 3000;
/** How long an engine may take to notice that its standard input has closed; what it acknowledged is on disk anyway. */
const stopTimeoutMs = 3000;

/** Where the running engine listens, and its passwords; they change with every start. */
export interface EngineAddress extends EngineSecrets {
  readonly url: string;
  readonly pid: number;
}

export interface EngineOptions {
  /** Folder of the data (`warehouse/` of the workspace). */
  readonly dataFolder: string;
  /** Folder for configuration with one-start passwords; readable by its owner only. */
  readonly runFolder: string;
  readonly backupsFolder: string;
  readonly limits?: Partial<EngineLimits>;
  /** Called when the engine has crashed and is up again. */
  readonly onRestart?: (address: EngineAddress) => void;
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Throws `engine_missing`, naming the package to install, when the platform's library is not there. */
export function requireEngineLibrary(): string {
  const require = createRequire(import.meta.url);
  const { tryResolveLibchdb, platformKey } = require("chdb/libchdb") as {
    tryResolveLibchdb: () => { path: string } | undefined;
    platformKey: () => string;
  };
  const found = tryResolveLibchdb();
  if (found) return found.path;
  const names = (require("chdb/package.json") as { optionalDependencies: Record<string, string> }).optionalDependencies;
  const pinned = Object.entries(names).find(([name]) => name.startsWith(`@chdb/lib-${platformKey()}`));
  if (!pinned) {
    throw new CartwrightError(
      "engine_missing",
      `the embedded engine does not exist for ${platformKey()}; set warehouse.url to a ClickHouse server instead`,
      { package: "chdb" },
    );
  }
  throw new CartwrightError("engine_missing", `${pinned[0]} ${pinned[1]} is not installed`, {
    package: `${pinned[0]}@${pinned[1]}`,
  });
}

function ownerOf(runFolder: string): string {
  try {
    const owner = JSON.parse(readFileSync(join(runFolder, "owner.json"), "utf8")) as { pid?: number; command?: string };
    return `process ${owner.pid} (${owner.command})`;
  } catch {
    return "another process";
  }
}

export class Engine {
  #child: ChildProcess | null = null;
  #address: EngineAddress | null = null;
  #isStopping = false;
  #restarts = 0;
  #lastWords = "";
  #files: readonly string[] = [];
  #ready: Promise<EngineAddress>;
  readonly #options: EngineOptions;

  private constructor(options: EngineOptions) {
    this.#options = options;
    this.#ready = this.#launch();
  }

  /** Starts the engine and waits until it answers (about half a second). */
  static async start(options: EngineOptions): Promise<Engine> {
    requireEngineLibrary();
    const engine = new Engine(options);
    await engine.#ready;
    return engine;
  }

  /** The address of the running engine; waits while it restarts. */
  async address(): Promise<EngineAddress> {
    return await this.#ready;
  }

  get restartCount(): number {
    return this.#restarts;
  }

  async #launch(): Promise<EngineAddress> {
    const { dataFolder, runFolder, backupsFolder } = this.#options;
    for (const folder of [dataFolder, runFolder, backupsFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const secrets: EngineSecrets = this.#address ?? {
      appPassword: randomBytes(24).toString("base64url"),
      readerPassword: randomBytes(24).toString("base64url"),
    };
    // Files of its own for each start: a second process that finds the folder locked must not overwrite the first one's
    // users, which the engine reads again whenever the file changes.
    this.#removeFiles();
    const name = `engine-${process.pid}-${this.#restarts}`;
    const users = join(runFolder, `${name}-users.xml`);
    const config = join(runFolder, `${name}.xml`);
    this.#files = [users, config];
    const limits = { maxMemoryBytes: this.#options.limits?.maxMemoryBytes ?? defaultMaxMemoryBytes() };
    writeFileSync(users, engineUsersXml(secrets, limits), { mode: 0o600 });
    writeFileSync(config, engineConfigXml({ users, backups: backupsFolder }), { mode: 0o600 });
    const port = await freePort();
    const child = this.#spawn(config, port);
    const url = `http://127.0.0.1:${port}`;
    await this.#untilAnswers(child, url, secrets.appPassword);
    this.#address = { ...secrets, url, pid: child.pid ?? 0 };
    child.once("exit", () => this.#afterExit(child));
    return this.#address;
  }

  #spawn(config: string, port: number): ChildProcess {
    const keepListening =
      "SYSTEM START LISTEN HTTP; SELECT sum(sleepEachRow(1)) FROM numbers(1000000000) " +
      "SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0";
    const args = ["--path", this.#options.dataFolder, "--config-file", config, "--http_port", String(port)];
    const child = spawn(process.execPath, [childScript, ...args, "--listen_host=127.0.0.1", "--query", keepListening], {
      stdio: ["pipe", "ignore", "pipe"],
      // A terminal's Ctrl-C goes to the whole process group; the engine must end after its owner, not beside it.
      detached: true,
      env: { PATH: "", TZ: "UTC" },
    });
    // Whoever waits for the server's own process, be it for an acknowledgement or a page, goes before rows being computed.
    if (child.pid !== undefined) setPriority(child.pid, enginePriority);
    this.#child = child;
    this.#lastWords = "";
    child.stdin?.on("error", () => {});
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString("utf8")).slice(-4000);
    });
    child.unref();
    return child;
  }

  /** Asks with this start's password: another engine that took the same port meanwhile does not know it. */
  async #untilAnswers(child: ChildProcess, url: string, password: string): Promise<void> {
    let exited = false;
    child.once("exit", () => {
      exited = true;
    });
    for (let waited = 0; waited < startTimeoutMs; waited += 20) {
      if (exited) this.#failStart();
      const headers = { "X-ClickHouse-User": "app", "X-ClickHouse-Key": password };
      const signal = AbortSignal.timeout(answerTimeoutMs);
      const answer = await fetch(`${url}/?query=select%201`, { headers, signal }).catch(() => null);
      if (answer?.ok) return;
      await sleep(20);
    }
    child.kill("SIGKILL");
    this.#failStart();
  }

  #removeFiles(): void {
    for (const path of this.#files) rmSync(path, { force: true });
    this.#files = [];
  }

  #failStart(): never {
    this.#removeFiles();
    const words = this.#lastWords.trim();
    const { dataFolder, runFolder } = this.#options;
    if (/lock|already running|Another server instance/i.test(words)) {
      const owner = ownerOf(runFolder);
      throw new CartwrightError("workspace_busy", `${dataFolder} is held by ${owner}`, { pid: owner });
    }
    if (/No space left|NOT_ENOUGH_SPACE/i.test(words)) {
      throw new CartwrightError("disk_full", `the engine could not write to ${dataFolder}`, { path: dataFolder });
    }
    throw new CartwrightError("engine_failed", `the engine did not start on ${dataFolder}: ${words || "no message"}`);
  }

  #afterExit(child: ChildProcess): void {
    if (this.#isStopping || child !== this.#child) return;
    this.#restarts += 1;
    if (this.#restarts > mostRestarts) {
      this.#ready = Promise.reject(
        new CartwrightError(
          "engine_failed",
          `the engine crashed ${this.#restarts} times; last words: ${this.#lastWords.trim()}`,
        ),
      );
    } else {
      this.#ready = sleep(100 * this.#restarts).then(() => this.#launch());
    }
    this.#ready.then((address) => this.#options.onRestart?.(address)).catch(() => {});
  }

  /** Ends the engine cleanly: its standard input closes and it is gone within moments. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#removeFiles();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    // Not kept alive by the child while it runs, but certainly while it ends: else the process could be gone before it.
    child.ref();
    await new Promise<void>((resolve) => {
      const impatient = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
      child.once("exit", () => {
        clearTimeout(impatient);
        resolve();
      });
      child.stdin?.end();
    });
  }
}

/** True when a folder already holds engine data. */
export const hasEngineData = (dataFolder: string): boolean =>
  existsSync(join(dataFolder, "store")) || existsSync(join(dataFolder, "metadata"));
