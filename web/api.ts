/** The typed client of the API. Every failure, the network's included, arrives as one kind of error: a problem document. */
import type { Board } from "./boards/board.ts";
import type { CatalogueEntry, Row, Value } from "./catalogue-types.ts";

/** What failed, what it means, what to do, and an id to quote. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly instance: string;
}

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

export interface Session {
  readonly user: { readonly name: string; readonly role: string };
  readonly csrf_token: string;
  /** Whether the person signs in with a password; not with a link of the command line, nor by a token. */
  readonly has_password: boolean;
  /** Where the person begins; null for the overview. */
  readonly start_page: Place | null;
  /** From where the person looks at the shop on Home; null before the first choice. */
  readonly viewpoint: string | null;
}

/** A page of the dashboard and the search part of its address, without the question mark. */
export interface Place {
  readonly page: string;
  readonly search: string;
}

type SharedBoard = Pick<Board, "title" | "cards">;

/** What a shared link opens. */
export interface Shared extends Place {
  readonly title: string;
  readonly expires_at: string;
  readonly shop: Shop;
  /** Analyses of the workspace's own that its cards show. */
  readonly own_analyses: readonly CatalogueEntry[];
  /** The board that is shared, as it was then; null when a page is. */
  readonly board: SharedBoard | null;
}

export interface Shop {
  readonly name: string;
  readonly currency: string;
  readonly currency_decimals: number;
  readonly time_zone: string;
  readonly week_start: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly first_order_day: string | null;
  readonly last_order_day: string | null;
  /** False for shops that only have orders: nothing about visits can be answered. */
  readonly has_sessions: boolean;
  /** Whether the workspace runs a store; its desk is on the page Store. */
  readonly has_store: boolean;
  readonly row_counts: Readonly<Record<string, number | string>>;
  readonly data_version: string;
  readonly refreshed_at: string | null;
  readonly version: string;
  /** What the row counts lack; left out when they are whole. */
  readonly notices?: readonly Notice[];
}

export interface AnalysisMeta {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data_version: string;
  /** Changes when the analysis is computed otherwise. */
  readonly definition_version: string;
  readonly refreshed_at: string | null;
  readonly elapsed_ms: number;
  readonly read_rows: number | string;
  readonly read_bytes: number | string;
  readonly row_count: number;
  /** What is wrong with the data that the rows rest on; left out when nothing is. */
  readonly notices?: readonly Notice[];
}

/** Something that is wrong with the data, in a sentence without its full stop. */
export interface Notice {
  readonly kind: "drop" | "stale" | "violation" | "unreachable";
  readonly message: string;
}

export interface AnalysisAnswer {
  readonly rows: readonly Row[];
  readonly meta: AnalysisMeta;
}

export interface MetricDefinition {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  readonly unit: string;
  readonly additivity: string;
}

export interface Explanation {
  readonly name: string;
  readonly question: string;
  readonly grain: string;
  /** Markdown. */
  readonly definition: string;
  readonly sql: string;
  /** What is computed from the rows of the SQL; null where they are the answer. */
  readonly derived: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly tables: readonly string[];
  readonly metrics: readonly MetricDefinition[];
  readonly data_version: string;
  readonly refreshed_at: string | null;
  readonly read_rows: number | string;
  readonly elapsed_ms: number;
}

/** An analysis of the workspace's own that is wrong: on which page it would stand, and why it cannot. */
export interface OwnFault {
  readonly name: string;
  readonly page: string;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

export interface OwnAnalyses {
  readonly rows: readonly CatalogueEntry[];
  readonly faults: readonly OwnFault[];
}

export interface FilterValue {
  readonly value: string;
  readonly label: string;
  /** Null where counting them would cost too much. */
  readonly row_count: number | null;
}

export interface Term {
  readonly term: string;
  readonly definition: string;
}

const base = "/api/v1";

const textField = (document: object, name: string, fallback: string): string => {
  const value: unknown = Reflect.get(document, name);
  return typeof value === "string" && value !== "" ? value : fallback;
};

/** Reads a problem document; an answer that is none is told apart by its status. */
export function problemOf(status: number, body: unknown): Problem {
  const document = typeof body === "object" && body !== null ? body : {};
  return {
    status,
    code: textField(document, "code", `http_${status}`),
    title: textField(document, "title", status >= 500 ? "The server could not answer" : "The request was refused"),
    detail: textField(document, "detail", `The server answered with status ${status}.`),
    remedy: textField(document, "remedy", "Reload the card. If it fails again, look into the log of the server."),
    instance: textField(document, "instance", "–"),
  };
}

/** What is told when nothing answers. */
export const unreachable: Problem = {
  status: 0,
  code: "unreachable",
  title: "The server cannot be reached",
  detail: "The request got no answer: the server is stopped or the network is down.",
  remedy: "Start it with `cartwright serve`, then reload.",
  instance: "–",
};

/** The address of shared links. Their secret stands behind the #, so that no server or log ever sees it in an address. */
export const sharedPath = "/shared";

/** Who opened a shared link asks in its name, also where a session would allow more. */
const shareHeader = (): Readonly<Record<string, string>> =>
  window.location.pathname === sharedPath ? { authorization: `Share ${window.location.hash.slice(1)}` } : {};

/** Asks the API at a path below its base. @throws ProblemError for every refusal, and when nothing answers */
export async function askJson<T>(path: string, options: RequestInit): Promise<T> {
  const headers = { ...Object(options.headers), ...shareHeader() };
  const asked = fetch(`${base}${path}`, { credentials: "same-origin", ...options, headers });
  const response = await asked.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ProblemError(unreachable);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ProblemError(problemOf(response.status, body));
  return body as T;
}

export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  askJson(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });

export const getSession = (signal?: AbortSignal): Promise<Session> => getJson("/session", signal);
export const getShared = (signal?: AbortSignal): Promise<Shared> => getJson("/shared", signal);
export const getShop = (signal?: AbortSignal): Promise<Shop> => getJson("/shop", signal);
export const getOwnAnalyses = (signal?: AbortSignal): Promise<OwnAnalyses> => getJson("/own-analyses", signal);
export const getGlossary = (signal?: AbortSignal): Promise<{ rows: readonly Term[] }> => getJson("/glossary", signal);

export const getAnalysis = (name: string, params: URLSearchParams, signal?: AbortSignal): Promise<AnalysisAnswer> =>
  getJson(`/analyses/${name}?${params}`, signal);

export const getExplanation = (name: string, params: URLSearchParams, signal?: AbortSignal): Promise<Explanation> =>
  getJson(`/analyses/${name}/explain?${params}`, signal);

export const getFilterValues = (
  name: string,
  search: string,
  signal?: AbortSignal,
): Promise<{ rows: readonly FilterValue[] }> =>
  getJson(`/filters/${name}?${new URLSearchParams({ search, limit: "20" })}`, signal);

export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Value[])[];
  readonly meta: { readonly elapsed_ms: number; readonly read_rows?: number | string; readonly is_truncated: boolean };
}

/** Sends a change, with the token that proves it comes from this session. */
export const sendJson = <T>(method: "POST" | "DELETE", path: string, session: Session, body?: object): Promise<T> =>
  askJson(path, {
    method,
    headers: {
      accept: "application/json",
      "x-csrf-token": session.csrf_token,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** Runs one statement as the read-only user of the warehouse. */
export const runSql = (sql: string, session: Session): Promise<SqlAnswer> => sendJson("POST", "/sql", session, { sql });

export type ExportFormat = "csv" | "ndjson" | "parquet";

/** Where the browser downloads an analysis as a file: all its rows, also where the card shows the first ones only. */
export function exportAddress(entry: CatalogueEntry, params: URLSearchParams, format: ExportFormat): string {
  const search = new URLSearchParams(params);
  const limit = entry.params.find((param) => param.name === "limit")?.schema.maximum;
  if (limit !== undefined) search.set("limit", String(limit));
  search.set("format", format);
  return `${base}/analyses/${entry.name}?${search}`;
}
