/** One request of the simulation, asked again when the server wants it later. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Tally } from "./tally.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** How long this answer took, without what was waited before it. */
  readonly milliseconds: number;
}

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** No answer may take longer; one that does is a fault. */
const patienceMs = 60_000;

/** Sends a request and reads its answer; a server that asks for patience gets it. @throws when the server cannot be reached */
export async function ask(request: Request, tally: Tally, signal: AbortSignal): Promise<Answer> {
  for (;;) {
    const from = performance.now();
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    const text = await response.text();
    tally.count("request");
    if (response.status !== 429) {
      const milliseconds = performance.now() - from;
      return { status: response.status, headers: response.headers, body: readJson(text), milliseconds };
    }
    tally.count("delayed");
    await sleep(1000 * Math.max(1, Number(response.headers.get("retry-after")) || 1), undefined, { signal });
  }
}

function readJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
