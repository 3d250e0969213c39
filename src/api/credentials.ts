/**
 * Who may sign in: one-time links and API tokens, kept as hashes in the workspace's `auth.json`. The file is the meeting
 * point of the server and the command line, so `cartwright link` works while the server runs.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, isoNow } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import type { Principal } from "./role.ts";
import { hashOf, isSameHash, readSecrets, writeSecrets } from "./secret-file.ts";
import { Shares } from "./shares.ts";
import { TokenUses } from "./token-uses.ts";
import { endOf, isExpired, type ListedToken, type Token, type TokenRequest } from "./tokens.ts";

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

const linkLifetimeMs = 60 * 60 * 1000;

export class Credentials {
  /** Links that show one page without sign-in. */
  readonly shares: Shares;
  readonly #path: string;
  readonly #keyPath: string;
  readonly #clock: Clock;
  readonly #uses: TokenUses;
  #known: { readonly stamp: string; readonly keys: ReadonlyMap<string, WriteKey> } | null = null;

  constructor(workspaceFolder: string, clock: Clock) {
    mkdirSync(workspaceFolder, { recursive: true, mode: 0o700 });
    this.#path = join(workspaceFolder, "auth.json");
    this.#keyPath = join(workspaceFolder, "session.key");
    this.#clock = clock;
    this.#uses = new TokenUses(workspaceFolder, clock);
    this.shares = new Shares(workspaceFolder, clock);
  }

  #read(): Stored {
    return readSecrets<Stored>(this.#path, { links: [], tokens: [] });
  }

  #write(stored: Stored): void {
    writeSecrets(this.#path, stored);
  }

  /** The key that encrypts session cookies; made once a workspace, so that sessions outlive restarts. */
  sessionKey(): Buffer {
    if (!existsSync(this.#keyPath)) writeFileSync(this.#keyPath, randomBytes(32), { mode: 0o600, flag: "wx" });
    return readFileSync(this.#keyPath);
  }

  /** A secret that signs someone in once, within the hour. */
  createLink(principal: Principal): string {
    const secret = randomBytes(32).toString("base64url");
    const stored = this.#read();
    const links = stored.links.filter((link) => link.expires_at > this.#clock.now());
    this.#write({
      ...stored,
      links: [...links, { ...principal, hash: hashOf(secret), expires_at: this.#clock.now() + linkLifetimeMs }],
    });
    return secret;
  }

  /** Uses up a link; null when it is unknown, used or too old. */
  redeemLink(secret: string): Principal | null {
    const stored = this.#read();
    const hash = hashOf(secret);
    const found = stored.links.find((link) => isSameHash(link.hash, hash));
    if (!found) return null;
    this.#write({ ...stored, links: stored.links.filter((link) => link !== found) });
    return found.expires_at > this.#clock.now() ? { name: found.name, role: found.role } : null;
  }

  /** A new API token; the secret is shown once and kept only as a hash. */
  createToken(asked: Principal & Partial<TokenRequest>): { id: string; secret: string } {
    const secret = `cw_${randomBytes(32).toString("base64url")}`;
    const id = randomBytes(4).toString("hex");
    const stored = this.#read();
    const token: Token = {
      name: asked.name,
      role: asked.role,
      id,
      hash: hashOf(secret),
      created_at: isoNow(this.#clock),
      ...(asked.scopes?.length ? { scopes: [...new Set(asked.scopes)] } : {}),
      ...(asked.expires_days === undefined ? {} : { expires_at: endOf(this.#clock, asked.expires_days) }),
    };
    this.#write({ ...stored, tokens: [...stored.tokens, token] });
    return { id, secret };
  }

  /** The token of a secret, noted as used; null when there is none. @throws token_expired when its time is over */
  acceptToken(secret: string): Token | null {
    const { tokens } = this.#read();
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
    const found = ofSecret(this.#read().tokens, secret);
    return found && !found.scopes && !isExpired(found, this.#clock) ? found : null;
  }

  /** Every token, expired ones too, without hashes. */
  listTokens(): readonly ListedToken[] {
    const uses = this.#uses.list();
    const instant = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
    return this.#read().tokens.map(({ id, name, role, scopes = [], created_at, expires_at }) => ({
      id,
      name,
      role,
      scopes,
      created_at,
      expires_at: instant(expires_at),
      last_used_at: instant(uses.get(id)),
    }));
  }

  revokeToken(id: string): void {
    const stored = this.#read();
    if (!stored.tokens.some((token) => token.id === id))
      throw new CartwrightError("not_found", `there is no token ${id}`);
    this.#write({ ...stored, tokens: stored.tokens.filter((token) => token.id !== id) });
  }

  /** A new write key; it is shown once and kept only as a hash. */
  createWriteKey(name: string): { id: string; key: string } {
    const key = `wk_${randomBytes(24).toString("base64url")}`;
    const id = randomBytes(4).toString("hex");
    const stored = this.#read();
    const created_at = new Date(this.#clock.now()).toISOString();
    this.#write({ ...stored, write_keys: [...(stored.write_keys ?? []), { id, name, hash: hashOf(key), created_at }] });
    return { id, key };
  }

  /** The write key that a client sent; null when there is none such. Asked with every event, so the file is read when it has changed. */
  findWriteKey(key: string): WriteKey | null {
    const file = statSync(this.#path, { throwIfNoEntry: false });
    const stamp = file ? `${file.ino} ${file.mtimeMs} ${file.size}` : "";
    if (this.#known?.stamp !== stamp)
      this.#known = { stamp, keys: new Map(this.listWriteKeys().map((one) => [one.hash, one])) };
    return this.#known.keys.get(hashOf(key)) ?? null;
  }

  listWriteKeys(): readonly WriteKey[] {
    return this.#read().write_keys ?? [];
  }

  revokeWriteKey(id: string): void {
    const stored = this.#read();
    const kept = this.listWriteKeys().filter((one) => one.id !== id);
    if (kept.length === this.listWriteKeys().length)
      throw new CartwrightError("not_found", `there is no write key ${id}`);
    this.#write({ ...stored, write_keys: kept });
  }
}

function ofSecret(tokens: readonly Token[], secret: string): Token | undefined {
  const hash = hashOf(secret);
  return tokens.find((token) => isSameHash(token.hash, hash));
}
