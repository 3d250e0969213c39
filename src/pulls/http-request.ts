/** One page over HTTP: tried again when the server is busy or silent, never led to another host. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";

export interface PageRequest {
  readonly clock: Clock;
  /** Value of the Authorization header; null to send none. */
  readonly authorization: string | null;
  readonly timeoutMs: number;
  /** Pause before the first repetition; each further one waits twice as long. */
  readonly pauseMs: number;
}

export interface Page {
  readonly text: string;
  readonly link: string | null;
}

const mostAttempts = 5;
const mostRedirects = 5;
const longestPauseMs = 300_000;
const mostBytes = 256 * 1024 * 1024;
const busy = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What a server asks to wait, in milliseconds; null when it does not say. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const pause = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(pause) ? Math.max(pause, 0) : null;
}

/** @throws pull_failed naming the address without its parameters, which may hold what is private */
export async function fetchPage(address: URL, request: PageRequest): Promise<Page> {
  const shown = `${address.origin}${address.pathname}`;
  let why = "";
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    let pause = request.pauseMs * 2 ** (attempt - 1);
    try {
      const answer = await followed(address, request);
      if (answer.ok) return { text: await textOf(answer), link: answer.headers.get("link") };
      await answer.body?.cancel();
      why = `${shown} answered ${answer.status}`;
      if (!busy.has(answer.status)) throw new CartwrightError("pull_failed", why);
      pause = retryAfter(answer.headers.get("retry-after"), request.clock.now()) ?? pause;
      if (pause > longestPauseMs)
        throw new CartwrightError("pull_failed", `${why} and asks to wait ${Math.ceil(pause / 1000)} s`);
    } catch (error) {
      if (error instanceof CartwrightError) throw error;
      why = `${shown}: ${wordsOf(error)}`;
    }
    if (attempt < mostAttempts) await sleep(pause);
  }
  throw new CartwrightError("pull_failed", `${why}, ${mostAttempts} times`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "did not answer in time";
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Follows redirects of the same host only: another one must not be told the token. */
async function followed(address: URL, { authorization, timeoutMs }: PageRequest): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  let at = address;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const headers = { accept: "application/json", ...(authorization === null ? {} : { authorization }) };
    const answer = await fetch(at, { redirect: "manual", headers, signal });
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
    if (location === null) return answer;
    await answer.body?.cancel();
    at = sameHost(location, at);
  }
  throw new CartwrightError("pull_failed", `${address.origin}${address.pathname} redirects without end`);
}

/** An address that an answer names. @throws pull_failed when it is of another host, port or protocol */
export function sameHost(location: string, from: URL): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  if (to?.origin === from.origin) return to;
  throw new CartwrightError(
    "pull_failed",
    `${from.origin}${from.pathname} leads to ${to?.origin ?? "an address that is none"}; only its own host is followed`,
  );
}

async function textOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new CartwrightError("pull_failed", `a page is larger than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
