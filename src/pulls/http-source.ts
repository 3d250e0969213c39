/** Rows of an API that gives JSON in pages: by number, by cursor, or by the Link header of RFC 8288. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Clock } from "../clock.ts";
import { type HttpPull, secretFromEnvironment } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { parseExactly } from "../ingestion/exact-json.ts";
import { isObject, type JsonObject } from "../sources/json-values.ts";
import { fetchPage, type PageRequest, sameHost } from "./http-request.ts";
import type { RowSource } from "./source.ts";
import { earlier, later } from "./watermark.ts";

const valueAt = (from: unknown, path: string): unknown =>
  path === "" ? from : path.split(".").reduce((at, key) => (isObject(at) ? at[key] : undefined), from);

/** What `cursor` paging keeps before a page had a cursor. */
const firstPage = "";

export interface HttpSourceOptions {
  readonly clock: Clock;
  /** The workspace's folder, which files are named from. */
  readonly root: string;
  readonly pauseMs?: number;
}

export function httpSource(pull: HttpPull, { clock, root, pauseMs = 1000 }: HttpSourceOptions): RowSource {
  return {
    // Pages may come in any order, cursors only in the server's.
    isOrdered: pull.watermark === undefined,
    rows: async function* (since) {
      const timeoutMs = pull.timeout_seconds * 1000;
      const request: PageRequest = { clock, authorization: authorizationOf(pull, root), timeoutMs, pauseMs };
      let address: URL | null = firstAddress(pull, since);
      let before = "";
      const from = since === null || pull.watermark === undefined ? null : earlier(since, pull.overlap_seconds);
      while (address !== null) {
        const { text, link } = await fetchPage(address, request);
        const answer = parsed(text, address);
        const rows = valueAt(answer, pull.rows_at);
        if (!Array.isArray(rows)) {
          const where = pull.rows_at === "" ? "" : ` at ${pull.rows_at}`;
          throw new CartwrightError(
            "pull_failed",
            `${address.origin}${address.pathname} holds no list of rows${where}`,
          );
        }
        if (pull.paging.by === "page" && rows.length > 0 && text === before)
          throw new CartwrightError("pull_failed", `${pull.url} gives the same page under every number`);
        before = text;
        for (const values of rows) {
          if (!isObject(values)) throw new CartwrightError("pull_failed", `${pull.url} holds a row that is no object`);
          const watermark = watermarkOf(pull, values, address);
          // An API may know whole days only, or no watermark at all.
          if (from === null || later(from, watermark) === watermark) yield { values, watermark };
        }
        address = nextAddress(pull, address, rows.length, valueOfCursor(pull, answer), link);
      }
    },
  };
}

function authorizationOf({ token_env, token_file, scheme }: HttpPull, root: string): string | null {
  if (token_env === undefined && token_file === undefined) return null;
  const token = token_env === undefined ? tokenIn(resolve(root, token_file ?? "")) : secretFromEnvironment(token_env);
  if (token === "") throw new CartwrightError("pull_failed", `${token_env ?? token_file} holds no token`);
  return scheme === "basic" ? `Basic ${Buffer.from(token).toString("base64")}` : `Bearer ${token}`;
}

function tokenIn(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new CartwrightError("pull_failed", `the token's file ${path} cannot be read`, {}, error);
  }
}

/** Where a run begins: with the kept cursor, or with rows from the watermark on. */
function firstAddress(
  { url, paging, watermark, watermark_parameter, overlap_seconds }: HttpPull,
  since: string | null,
) {
  const address = new URL(url);
  if (paging.by === "page") address.searchParams.set(paging.parameter, String(paging.first));
  if (since === null || since === firstPage) return address;
  if (watermark === undefined && paging.by === "cursor") address.searchParams.set(paging.parameter, since);
  if (watermark !== undefined && watermark_parameter !== undefined)
    address.searchParams.set(watermark_parameter, earlier(since, overlap_seconds));
  return address;
}

function parsed(text: string, address: URL): unknown {
  try {
    return parseExactly(text);
  } catch (error) {
    throw new CartwrightError("pull_failed", `${address.origin}${address.pathname} answered no JSON`, {}, error);
  }
}

function watermarkOf({ watermark, paging, url }: HttpPull, values: JsonObject, address: URL): string {
  if (watermark === undefined)
    return paging.by === "cursor" ? (address.searchParams.get(paging.parameter) ?? firstPage) : firstPage;
  const value = valueAt(values, watermark);
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number") return String(value);
  throw new CartwrightError("pull_failed", `${url} holds a row without ${watermark}`);
}

function valueOfCursor({ paging }: HttpPull, answer: unknown): string {
  const value = paging.by === "cursor" ? valueAt(answer, paging.next_at) : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function nextAddress({ paging }: HttpPull, at: URL, rowCount: number, cursor: string, link: string | null): URL | null {
  if (paging.by === "link") {
    const next = linkedNext(link);
    return next === null ? null : sameHost(next, at);
  }
  const next = new URL(at);
  if (paging.by === "page") {
    if (rowCount === 0) return null;
    next.searchParams.set(paging.parameter, String(Number(at.searchParams.get(paging.parameter)) + 1));
    return next;
  }
  if (cursor === "" || cursor === at.searchParams.get(paging.parameter)) return null;
  next.searchParams.set(paging.parameter, cursor);
  return next;
}

/** The target of `rel="next"`. */
function linkedNext(header: string | null): string | null {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>([^<]*)/g))
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s|"|;|,|$)/i.test(parameters)) return target;
  return null;
}
