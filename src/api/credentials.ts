/**
 * Who may sign in: users, one-time links and API tokens, the last two kept as hashes in the workspace's `auth.json`. Its files
 * are the meeting point of the server and the command line, so `cartwright link` works while the server runs.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { LastUses } from "./last-uses.ts";
import { Attempts } from "./people/attempts.ts";
import { Sessions } from "./people/sessions.ts";
import { Users } from "./people/users.ts";
import type { Principal } from "./role.ts";
import { hashOf, isSameHash, SecretFile } from "./secret-file.ts";
import { Shares } from "./shares.ts";
import { endOf, isExpired, type ListedToken, mustNotOutlive, type Token, type TokenRequest } from "./tokens.ts";

interface Link extends Principal {
  readonly hash: string;
  readonly expires_at: number;
}

/** A key that is good for sending events and for nothing else; pages carry it, so it is no secret of the shop's. */
export interface WriteKey {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly created_at: string;
}

interface Stored {
  readonly links: readonly Link[];
  readonly tokens: readonly Token[];
  readonly write_keys?: readonly WriteKey[];
}

/** By whom a token is made, and the instant it must not outlive. */
interface Made {
  readonly by?: string;
  readonly noLaterThan?: number | undefined;
}

const linkLifetimeMs = 60 * 60 * 1000;

export class Credentials {
  /** Links that show one page without sign-in. */
  readonly shares: Shares;
  readonly users: Users;
  readonly sessions: Sessions;
  /** How often sign-ins were tried. */
  readonly attempts: Attempts;
  readonly #file: SecretFile<Stored>;
  readonly #keyPath: string;
  readonly #clock: Clock;
  readonly #uses: LastUses;
  #known: { readonly of: Stored; readonly keys: ReadonlyMap<string, WriteKey> } | null = null;

  constructor(workspaceFolder: string, clock: Clock) {
    mkdirSync(workspaceFolder, { recursive: true, mode: 0o700 });
    this.#file = new SecretFile<Stored>(workspaceFolder, "auth.json", { links: [], tokens: [] });
    this.#keyPath = join(workspaceFolder, "session.key");
    this.#clock = clock;
    this.#uses = new LastUses(workspaceFolder, "token-uses.json", clock);
    this.shares = new Shares(workspaceFolder, clock);
    this.users = new Users(workspaceFolder, clock);
    this.sessions = new Sessions(workspaceFolder, this.users, clock);
    this.attempts = new Attempts(workspaceFolder, () => this.sessionKey(), clock);
  }

  /** The key that encrypts session cookies; made once a workspace, so that sessions outlive restarts. */
  sessionKey(): Buffer {
    if (!existsSync(this.#keyPath)) writeFileSync(this.#keyPath, randomBytes(32), { mode: 0o600, flag: "wx" });
    return readFileSync(this.#keyPath);
  }

  /** A secret that signs someone in once, within the hour. */
  createLink(principal: Principal): string {
    const secret = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    const link = { ...principal, hash: hashOf(secret), expires_at: now + linkLifetimeMs };
    this.#file.change((stored) => ({
      ...stored,
      links: [...stored.links.filter(({ expires_at }) => expires_at > now), link],
    }));
    return secret;
  }

  /** Uses up a link; null when it is unknown, used or too old. */
  redeemLink(secret: string): Principal | null {
    const hash = hashOf(secret);
    const outcome: { found?: Link } = {};
    this.#file.change((stored) => {
      const found = stored.links.find((link) => isSameHash(link.hash, hash));
      if (!found) return stored;
      outcome.found = found;
      return { ...stored, links: stored.links.filter((link) => link !== found) };
    });
    const { found } = outcome;
    return found && found.expires_at > this.#clock.now() ? { name: found.name, role: found.role } : null;
  }

  /**
   * A new API token; the secret is shown once and kept only as a hash. One that is made by a token with an end has an end
   * as early.
   *
   * @throws outlives_token when a later end is asked for
   */
  createToken(asked: Principal & Partial<TokenRequest>, made: Made = {}): { id: string; secret: string } {
    const secret = `cw_${randomBytes(32).toString("base64url")}`;
    const id = randomBytes(4).toString("hex");
    const ends = asked.expires_days === undefined ? made.noLaterThan : endOf(this.#clock, asked.expires_days);
    const token: Token = {
      name: asked.name,
      role: asked.role,
      id,
      hash: hashOf(secret),
      created_at: isoNow(this.#clock),
      ...(asked.scopes?.length ? { scopes: [...new Set(asked.scopes)] } : {}),
      ...(ends === undefined ? {} : { expires_at: ends }),
      ...(made.by === undefined ? {} : { created_by: made.by }),
    };
    mustNotOutlive(made.noLaterThan, token.expires_at);
    this.#file.change((stored) => ({ ...stored, tokens: [...stored.tokens, token] }));
    return { id, secret };
  }

  /** The token of a secret, noted as used; null when there is none. @throws token_expired when its time is over */
  acceptToken(secret: string): Token | null {
    const { tokens } = this.#file.read();
    const found = ofSecret(tokens, secret);
    if (!found) return null;
    if (isExpired(found, this.#clock)) throw new CartwrightError("token_expired", `the time of ${found.name} is over`);
    this.#uses.note(
      found.id,
      tokens.map(({ id }) => id),
    );
    return found;
  }

  /** The token of a secret unless its time is over or scopes narrow it: who has one is told more where everybody may ask. */
  findWholeToken(secret: string): Token | null {
    const found = ofSecret(this.#file.read().tokens, secret);
    return found && !found.scopes && !isExpired(found, this.#clock) ? found : null;
  }

  /** Every token, expired ones too, without hashes. */
  listTokens(): readonly ListedToken[] {
    const uses = this.#uses.list();
    const instant = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
    return this.#file
      .read()
      .tokens.map(({ id, name, role, scopes = [], created_at, created_by = null, expires_at }) => ({
        id,
        name,
        role,
        scopes,
        created_at,
        created_by,
        expires_at: instant(expires_at),
        last_used_at: instant(uses.get(id)),
      }));
  }

  revokeToken(id: string): void {
    this.#file.change((stored) => {
      const kept = stored.tokens.filter((token) => token.id !== id);
      if (kept.length === stored.tokens.length) throw new CartwrightError("not_found", `there is no token ${id}`);
      return { ...stored, tokens: kept };
    });
  }

  /** A new write key; it is shown once and kept only as a hash. */
  createWriteKey(name: string): { id: string; key: string } {
    const key = `wk_${randomBytes(24).toString("base64url")}`;
    const id = randomBytes(4).toString("hex");
    const made = { id, name, hash: hashOf(key), created_at: isoNow(this.#clock) };
    this.#file.change((stored) => ({ ...stored, write_keys: [...(stored.write_keys ?? []), made] }));
    return { id, key };
  }

  /** The write key that a client sent; null when there is none such. */
  findWriteKey(key: string): WriteKey | null {
    const stored = this.#file.read();
    if (this.#known?.of !== stored)
      this.#known = { of: stored, keys: new Map(this.listWriteKeys().map((one) => [one.hash, one])) };
    return this.#known.keys.get(hashOf(key)) ?? null;
  }

  listWriteKeys(): readonly WriteKey[] {
    return this.#file.read().write_keys ?? [];
  }

  revokeWriteKey(id: string): void {
    this.#file.change((stored) => {
      const kept = (stored.write_keys ?? []).filter((one) => one.id !== id);
      if (kept.length === (stored.write_keys ?? []).length)
        throw new CartwrightError("not_found", `there is no write key ${id}`);
      return { ...stored, write_keys: kept };
    });
  }
}

function ofSecret(tokens: readonly Token[], secret: string): Token | undefined {
  const hash = hashOf(secret);
  return tokens.find((token) => isSameHash(token.hash, hash));
}
