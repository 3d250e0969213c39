/**
 * The one way to the warehouse: query, insert, stream and explain over ClickHouse's HTTP protocol, whether the embedded
 * engine, a server or a cluster answers. Three users are used: `app` builds, `reader` answers questions and can do nothing else, and
 * `patient` does what `reader` does for questions that may take long, and lets the others go first.
 */
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClickHouseClient, createClient } from "@clickhouse/client";
import { CartwrightError, type ErrorCode } from "../errors.ts";
import { type Cluster, isAboutStorage, localDatabaseName, spanningSettings } from "./cluster.ts";
import { databaseName, setSettings } from "./engine-config.ts";
import { translate } from "./engine-errors.ts";
import type { ErasedPeople } from "./erased-people.ts";
import { firstOfEachShard, isBroughtOn, replicatedSettings } from "./replicated.ts";

export type Bindings = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;

/** As whom a statement is run: the builder, a reader, or a reader who lets the others go first. */
export type Role = "app" | "reader" | "patient";

export interface Access {
  readonly user: string;
  readonly password: string;
  /** Sent with every statement, where the user is not one whose settings are fixed. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** How to reach a ClickHouse; asked before every statement, because an embedded engine moves when it restarts. */
export interface Connection extends Readonly<Record<Role, Access>> {
  readonly url: string;
}

export interface QueryCost {
  readonly readRows: number;
  readonly readBytes: number;
  readonly writtenRows: number;
}

/** A question that was answered, or not: what asked, how long and at what cost. Nothing of its text, which may name people. */
export interface Asked {
  /** Name of the analysis, or of what else asked. */
  readonly name: string;
  readonly durationMs: number;
  readonly cost: QueryCost;
  /** Most memory it held at once, as far as the engine tells; null where it does not. */
  readonly memoryBytes: number | null;
  /** Code of the error; null when it was answered. */
  readonly code: ErrorCode | null;
}

export interface QueryOptions {
  readonly bindings?: Bindings;
  /** What asks, where how long questions take is told: an analysis by its name. */
  readonly name?: string;
  readonly signal?: AbortSignal;
  /** True for a read that may take long: short ones go first. */
  readonly isPatient?: boolean;
  /** Settings for this statement only; the reader may be given none but what its profile lets be changed. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** True where the statement's bytes come from a stream, which cannot be sent twice. */
  readonly isStream?: boolean;
}

type Headers = Readonly<Record<string, unknown>>;

function summaryOf(headers: Headers): Readonly<Record<string, string>> {
  const header = headers["x-clickhouse-summary"];
  return typeof header === "string" ? (JSON.parse(header) as Record<string, string>) : {};
}

/** What a statement cost, from the engine's summary header. */
export function readCost(headers: Headers): QueryCost {
  const summary = summaryOf(headers);
  const field = (name: string): number => Number(summary[name] ?? 0);
  return { readRows: field("read_rows"), readBytes: field("read_bytes"), writtenRows: field("written_rows") };
}

const memoryOf = (headers: Headers): number | null => Number(summaryOf(headers).memory_usage ?? 0) || null;

const retryAfterMs = 100;
const longestWaitMs = 5000;
const noticeMs = 250;

const unanswering = (place: Place | null, error: unknown): CartwrightError =>
  new CartwrightError("warehouse_unreachable", `${place?.url ?? "the first node"} does not answer`, {}, error);

const isRefused = (error: unknown): boolean => error instanceof Error && error.message.includes("ECONNREFUSED");

interface Place {
  readonly url: string;
  readonly database: string;
}

export class Warehouse {
  readonly #connect: () => Promise<Connection>;
  readonly #clients = new Map<string, ClickHouseClient>();

  #knownShards: readonly string[] | null = null;
  readonly #database: string;
  /** Told of every question that a reader asked; the server listens for those that take long. */
  onAsked: ((asked: Asked) => void) | null = null;

  /** People who have been erased; null while nobody has. Asked anew by each import, as another process may erase. */
  readonly erasedPeople: () => ErasedPeople | null;

  /** The nodes it lies on; null where it is one engine. */
  readonly cluster: Cluster | null;

  constructor(
    connect: () => Promise<Connection>,
    database: string = databaseName,
    erasedPeople: () => ErasedPeople | null = () => null,
    cluster: Cluster | null = null,
  ) {
    this.#connect = connect;
    this.#database = database;
    this.erasedPeople = erasedPeople;
    this.cluster = cluster;
  }

  /** The database in which the rows themselves lie, on every node. */
  get localDatabase(): string {
    return this.cluster === null ? this.#database : localDatabaseName;
  }

  /** @param place another node and database than those that are asked */
  async #client(role: Role, place: Place | null): Promise<ClickHouseClient> {
    const connection = await this.#connect();
    const { user, password, settings } = connection[role];
    const { url, database } = place ?? { url: connection.url, database: this.#database };
    const key = `${url} ${database} ${role} ${user} ${password}`;
    const known = this.#clients.get(key);
    if (known) return known;
    // A reader of one's own has fixed settings, those of a cluster among them.
    const isFixed = role !== "app" && settings === undefined;
    const ofCluster = { ...spanningSettings, ...(this.cluster?.isReplicated ? replicatedSettings : {}) };
    const sent = {
      ...(isFixed ? {} : setSettings),
      ...(this.cluster !== null && !isFixed ? ofCluster : {}),
      ...settings,
    };
    const client = createClient({
      url,
      username: user,
      password,
      database,
      request_timeout: 3_600_000,
      max_open_connections: 32,
      clickhouse_settings: sent,
      log: { level: 127 },
    });
    this.#clients.set(key, client);
    return client;
  }

  async #run<T>(
    role: Role,
    options: QueryOptions,
    work: (client: ClickHouseClient, answered: (headers: Headers) => void) => Promise<T>,
    place: Place | null = null,
  ): Promise<T> {
    const startedAt = performance.now();
    const tell = (code: ErrorCode | null, headers?: Headers): void => {
      if (role !== "app") this.#tell(options, startedAt, code, headers);
    };
    for (let waited = 0; ; waited += retryAfterMs) {
      try {
        return await work(await this.#client(role, place), (headers) => tell(null, headers));
      } catch (error) {
        // Refused connections never reached the engine: it is starting again after a crash. Bytes may be half used, though.
        const mayRetry = !options.isStream && isRefused(error) && waited < longestWaitMs && !options.signal?.aborted;
        if (!mayRetry) {
          const known =
            this.cluster !== null && isRefused(error) ? unanswering(place, error) : translate(error, options.signal);
          // Connections break a moment before the end of the engine is noticed; what is asked next must wait for its restart.
          if (known.code === "engine_stopped") await sleep(noticeMs);
          tell(known.code);
          throw known;
        }
        await sleep(retryAfterMs);
      }
    }
  }

  #tell(options: QueryOptions, startedAt: number, code: ErrorCode | null, headers: Headers = {}): void {
    this.onAsked?.({
      name: options.name ?? "other",
      durationMs: performance.now() - startedAt,
      cost: readCost(headers),
      memoryBytes: memoryOf(headers),
      code,
    });
  }

  /** Rows of a select run by `role`, with what it cost. */
  async #select(
    role: Role,
    sql: string,
    options: QueryOptions,
    place: Place | null = null,
  ): Promise<{ rows: readonly Row[]; cost: QueryCost }> {
    const work = async (client: ClickHouseClient, answered: (headers: Headers) => void) => {
      // The response is read here: a connection that breaks in its middle must be an error, not a wait without an end.
      const result = await client.exec({ query: `${sql}\nformat JSONEachRow`, ...clientOptions(options) });
      const chunks: Buffer[] = [];
      for await (const chunk of result.stream as Readable) chunks.push(chunk as Buffer);
      answered(result.response_headers);
      const lines = Buffer.concat(chunks).toString("utf8").split("\n");
      const rows = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
      return { rows, cost: readCost(result.response_headers) };
    };
    return await this.#run(role, options, work, place);
  }

  /** Rows of a select as the reader, who can only read the warehouse. Analyses and the SQL console use this. */
  async read(sql: string, options: QueryOptions = {}): Promise<{ rows: readonly Row[]; cost: QueryCost }> {
    return await this.#select(options.isPatient ? "patient" : "reader", sql, options);
  }

  /** Rows of a select as the builder. */
  async query(sql: string, options: QueryOptions = {}): Promise<readonly Row[]> {
    return (await this.#select("app", sql, options)).rows;
  }

  /** The single row of a select as the builder. */
  async queryOne(sql: string, options: QueryOptions = {}): Promise<Row> {
    const [row] = await this.query(sql, options);
    if (!row) throw new CartwrightError("internal", "a query that must return one row returned none");
    return row;
  }

  /** The bytes of a select in any engine format (`CSVWithNames`, `Parquet`, ...), streamed without a row cap until the signal. */
  async stream(role: Role, sql: string, format: string, options: QueryOptions = {}): Promise<Readable> {
    return await this.#run(role, options, async (client, answered) => {
      const result = await client.exec({ query: `${sql}\nformat ${format}`, ...clientOptions(options) });
      // The reader's answers begin when the engine has done, or has more than it holds back.
      answered(result.response_headers);
      const stream = result.stream as Readable;
      const leave = (): void => void stream.destroy();
      // The client stops listening for the signal once an answer begins.
      if (options.signal?.aborted) leave();
      options.signal?.addEventListener("abort", leave, { once: true });
      stream.once("close", () => options.signal?.removeEventListener("abort", leave));
      return stream;
    });
  }

  /**
   * The bytes of rows that are at hand, in any engine format.
   *
   * @param structure the columns as the engine writes them: `name Type, ...`
   */
  async formatRows(rows: readonly Row[], structure: string, format: string): Promise<Readable> {
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    return await this.stream("app", `select * from format(JSONEachRow, {structure:String}, {rows:String})`, format, {
      bindings: { structure, rows: text },
      settings: { date_time_input_format: "best_effort" },
    });
  }

  /** Runs a statement that returns nothing; on a cluster one about rows where they lie on every node, for its own. */
  async command(sql: string, options: QueryOptions = {}): Promise<QueryCost> {
    return this.cluster !== null && isAboutStorage(sql)
      ? await this.onEveryNode(sql, options)
      : await this.#command(sql, options, null);
  }

  /** Runs a statement where the rows lie: once, or on every node of a cluster for its own; of replicas once where they bring it on. */
  async onEveryNode(sql: string, options: QueryOptions = {}): Promise<QueryCost> {
    const places = this.#places(this.localDatabase);
    const told =
      this.cluster?.isReplicated && isBroughtOn(sql) ? firstOfEachShard(places, await this.#shards()) : places;
    const costs = await Promise.all(told.map((place) => this.#command(sql, options, place)));
    const sum = (field: keyof QueryCost): number => costs.reduce((total, cost) => total + cost[field], 0);
    return { readRows: sum("readRows"), readBytes: sum("readBytes"), writtenRows: sum("writtenRows") };
  }

  /** Runs a definition in the database that is asked, on every node of a cluster: any of them may have to know it. */
  async define(sql: string): Promise<void> {
    await Promise.all(this.#places(this.#database).map((place) => this.#command(sql, {}, place)));
  }

  /** Rows of a select as the builder where the rows of tables lie, of each node in order. */
  async readEveryNode(sql: string, options: QueryOptions = {}): Promise<readonly (readonly Row[])[]> {
    const places = this.#places(this.localDatabase);
    return await Promise.all(places.map(async (_, index) => await this.readNode(index, sql, options)));
  }

  /** The same of one node. */
  async readNode(index: number, sql: string, options: QueryOptions = {}): Promise<readonly Row[]> {
    return (await this.#select("app", sql, options, this.#places(this.localDatabase)[index] ?? null)).rows;
  }

  /** Runs a statement where the rows of one node lie. */
  async onNode(index: number, sql: string): Promise<void> {
    await this.#command(sql, {}, this.#places(this.localDatabase)[index] ?? null);
  }

  /** The shard that each node says it belongs to; asked once. */
  async #shards(): Promise<readonly string[]> {
    this.#knownShards ??= (await this.readEveryNode("select getMacro('shard') as shard")).map((rows) =>
      String(rows[0]?.shard),
    );
    return this.#knownShards;
  }

  /** Where a database is; null for where statements go anyway. */
  #places(database: string): readonly (Place | null)[] {
    return this.cluster === null ? [null] : this.cluster.nodes.map((url) => ({ url, database }));
  }

  async #command(sql: string, options: QueryOptions, place: Place | null): Promise<QueryCost> {
    const work = async (client: ClickHouseClient): Promise<QueryCost> => {
      const result = await client.command({ query: sql, ...clientOptions(options) });
      return readCost(result.response_headers);
    };
    return await this.#run("app", options, work, place);
  }

  /** Streams bytes into `insert ... format F`; resolves when the engine has acknowledged them. */
  async insertBytes(sql: string, bytes: Readable, options: QueryOptions = {}): Promise<QueryCost> {
    return await this.#run("app", { ...options, isStream: true }, async (client) => {
      const result = await client.exec({
        query: sql,
        values: bytes,
        ...clientOptions({ ...options, isStream: true }),
      });
      await drain(result.stream as Readable);
      return readCost(result.response_headers);
    });
  }

  /** Inserts rows given as objects. */
  async insertRows(table: string, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#run("app", {}, async (client) => {
      await client.insert({
        table,
        values: rows,
        format: "JSONEachRow",
        clickhouse_settings: { date_time_input_format: "best_effort" },
      });
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
    this.#clients.clear();
  }
}

function clientOptions(options: QueryOptions) {
  return {
    ...(options.bindings ? { query_params: { ...options.bindings } } : {}),
    // Long values do not fit an address; where the body is a stream of rows they must.
    ...(options.bindings && !options.isStream ? { use_multipart_params_auto: true } : {}),
    ...(options.settings ? { clickhouse_settings: options.settings } : {}),
    ...(options.signal ? { abort_signal: options.signal } : {}),
  };
}

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream);
}
