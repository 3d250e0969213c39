/**
 * Shared links: who holds one sees one page as it was when it was shared, without signing in. A link names the questions
 * its page asks, word for word, and answers no other. Kept as hashes in the workspace's `shares.json`.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import type { Board, Place } from "../kept/index.ts";
import { hashOf, isSameHash, SecretFile } from "./secret-file.ts";
import { mustNotOutlive } from "./tokens.ts";

/** An analysis with its parameters as the query string gives them. */
export interface SharedQuestion {
  readonly analysis: string;
  /** Name and value of each, in the order of `pairsOf`. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** What is shared: the page, the days the data had by then, and what its cards ask. */
export interface Sharing extends Place {
  readonly title: string;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly questions: readonly SharedQuestion[];
  /** The board as it was then, when a board is shared. */
  readonly board?: Board;
}

export interface Share extends Sharing {
  readonly id: string;
  readonly hash: string;
  readonly created_by: string;
  readonly created_at: string;
  /** Milliseconds since 1970, UTC. */
  readonly expires_at: number;
}

const dayMs = 86_400_000;

/** The parameters of a request in one order, so that equal questions are equal texts. */
export function pairsOf(query: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Whether a link answers this question: the analysis and every parameter must be those that were shared. */
export function isShared(share: Share, analysis: string, query: Readonly<Record<string, unknown>>): boolean {
  const asked = JSON.stringify(pairsOf(query));
  return share.questions.some((one) => one.analysis === analysis && JSON.stringify(one.pairs) === asked);
}

export class Shares {
  readonly #file: SecretFile<{ readonly shares: readonly Share[] }>;
  readonly #clock: Clock;

  constructor(workspaceFolder: string, clock: Clock) {
    this.#file = new SecretFile(workspaceFolder, "shares.json", { shares: [] });
    this.#clock = clock;
  }

  #live(shares: readonly Share[] = this.#file.read().shares): readonly Share[] {
    const now = this.#clock.now();
    return shares.filter((share) => share.expires_at > now);
  }

  /**
   * A new link that ends after `days`; its secret is given once and kept only as a hash. Ended ones are dropped.
   *
   * @param noLaterThan  end of the token that asks; undefined when there is none
   * @throws outlives_token
   */
  create(
    sharing: Sharing,
    createdBy: string,
    days: number,
    noLaterThan?: number,
  ): { readonly share: Share; readonly secret: string } {
    const secret = `cws_${randomBytes(32).toString("base64url")}`;
    const now = this.#clock.now();
    const share: Share = {
      ...sharing,
      id: randomBytes(4).toString("hex"),
      hash: hashOf(secret),
      created_by: createdBy,
      created_at: new Date(now).toISOString(),
      expires_at: now + days * dayMs,
    };
    mustNotOutlive(noLaterThan, share.expires_at);
    this.#file.change(({ shares }) => ({ shares: [...this.#live(shares), share] }));
    return { share, secret };
  }

  /** The link of a secret; null when it is unknown, revoked or too old. */
  find(secret: string): Share | null {
    const hash = hashOf(secret);
    return this.#live().find((share) => isSameHash(share.hash, hash)) ?? null;
  }

  /** Links that still work, oldest first. */
  list(): readonly Share[] {
    return this.#live();
  }

  /** Ends a link at once. @throws kept_missing */
  revoke(id: string): void {
    this.#file.change(({ shares }) => {
      const kept = this.#live(shares).filter((share) => share.id !== id);
      if (kept.length === this.#live(shares).length)
        throw new CartwrightError("kept_missing", `there is no shared link ${id}`, { what: "shared link" });
      return { shares: kept };
    });
  }
}
