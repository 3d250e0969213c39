/** A shopper's browser without a screen: cookies, the token of changes and the visit, as the storefront's pages keep them. */
import { randomUUID } from "node:crypto";
import { type Answer, ask } from "./http.ts";
import type { Tally } from "./tally.ts";

/** A visit cannot go on: the shop failed, and what failed has been counted. */
export class VisitFailed extends Error {}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

interface Session {
  readonly csrf_token?: string | null;
  readonly has_consent?: boolean | null;
}

/** What the shop says no to in its own words; a shopper meets these, and goes on. */
const refusing = new Set(["store_refused", "store_conflict", "store_missing"]);

export interface Change {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a refusal of this change means, as the summary names it. */
  readonly refusal: string;
}

type Step = "view" | "click" | "search" | "checkout_start";

export class ShopBrowser {
  readonly #origin: string;
  readonly #tally: Tally;
  readonly #signal: AbortSignal;
  readonly #cookies = new Map<string, string>();
  #token: string | null = null;
  #hasConsent: boolean | null = null;
  #visit = randomUUID();

  constructor(origin: string, tally: Tally, signal: AbortSignal) {
    this.#origin = origin;
    this.#tally = tally;
    this.#signal = signal;
  }

  /** Whether the shopper agreed that steps are logged; null while they have not said. */
  get hasConsent(): boolean | null {
    return this.#hasConsent;
  }

  /** Comes back: the cookies are kept, the visit is another. */
  startVisit(): void {
    this.#visit = randomUUID();
  }

  /**
   * Opens a page: all of its data at once, as the storefront asks for them. Null where the shop has no such thing any more.
   *
   * @throws VisitFailed
   */
  async open<T extends readonly unknown[]>(
    paths: { readonly [K in keyof T]: string },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly [K in keyof T]: T[K] | null }> {
    const answers = await Promise.all(paths.map((path) => this.#ask("GET", path, undefined, headers)));
    this.#tally.page(Math.max(...answers.map((answer) => answer.milliseconds)));
    return answers.map((answer, at) => (this.#isDone(answer, "GET", paths[at] ?? "", "gone") ? answer.body : null)) as {
      readonly [K in keyof T]: T[K] | null;
    };
  }

  /** Sends a change; null when the shop refused it, which is counted under its reason. @throws VisitFailed */
  async send<T>({ method, path, body, headers = {}, refusal }: Change): Promise<T | null> {
    if (this.#token === null) await this.#ask("GET", "/session");
    const sent = async (): Promise<Answer> =>
      await this.#ask(method, path, body, {
        "x-visit-id": this.#visit,
        ...(this.#token === null ? {} : { "x-csrf-token": this.#token }),
        ...headers,
      });
    let answer = await sent();
    // An order gives the browser another token; the page fetches it and tries once more.
    if (problemOf(answer).code === "request_refused") {
      await this.#ask("GET", "/session");
      answer = await sent();
    }
    return this.#isDone(answer, method, path, refusal) ? (answer.body as T) : null;
  }

  /** Says whether steps may be logged. */
  async giveConsent(isGiven: boolean): Promise<void> {
    await this.send({ method: "PUT", path: "/consent", body: { is_given: isGiven }, refusal: "consent" });
  }

  /** Tells the event log what only a page sees; for shoppers who agreed, and for no one else. */
  async track(step: Step, articleId: number | null, details: Readonly<Record<string, string | number>> = {}) {
    if (this.#hasConsent !== true) return;
    this.#tally.count("event");
    await this.send({
      method: "POST",
      path: "/events",
      body: {
        event_type: step,
        session_id: this.#visit,
        ...(articleId === null ? {} : { article_id: articleId }),
        details,
      },
      refusal: "event",
    });
  }

  async #ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = {
      method,
      url: `${this.#origin}/api/v1/store${path}`,
      headers: { ...headers, ...(cookie === "" ? {} : { cookie }) },
      ...(body === undefined ? {} : { body }),
    };
    const answer = await ask(request, this.#tally, this.#signal).catch((error: unknown) => {
      if (this.#signal.aborted) throw new VisitFailed("stopped");
      return this.#fail(`${method} ${routeOf(path)}: ${String(error)}`);
    });
    this.#keep(answer);
    return answer;
  }

  #keep({ headers, body }: Answer): void {
    for (const line of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const { csrf_token, has_consent } = (body ?? {}) as Session;
    if (typeof csrf_token === "string") this.#token = csrf_token;
    if (typeof has_consent === "boolean") this.#hasConsent = has_consent;
  }

  #isDone(answer: Answer, method: string, path: string, refusal: string): boolean {
    if (answer.status < 300) return true;
    const { code = "", detail = "" } = problemOf(answer);
    if (!refusing.has(code)) return this.#fail(`${method} ${routeOf(path)}: ${answer.status} ${code} ${detail}`);
    this.#tally.refusal(refusal);
    return false;
  }

  #fail(words: string): never {
    this.#tally.error(words);
    throw new VisitFailed(words);
  }
}

const problemOf = ({ status, body }: Answer): Problem => (status < 300 ? {} : ((body ?? {}) as Problem));

/** The path without what a shopper searched for. */
const routeOf = (path: string): string => path.split("?")[0] ?? path;
