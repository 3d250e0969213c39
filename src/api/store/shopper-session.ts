/**
 * A shopper's browser: one cookie for the visitor (a guest's cart is theirs by it), one for the sign-in. Both are random
 * secrets of which the store keeps only the SHA-256. Separate from the staff's session in every respect.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { CartwrightError } from "../../errors.ts";
import type { StoreConnection } from "../../store/connection.ts";
import { runQuery } from "../../store/query.ts";
import type { Store } from "../../store/store.ts";

export interface Shopper {
  readonly customer_id: number;
  readonly email: string;
  readonly name: string;
  readonly is_verified: boolean;
}

const visitorCookie = "cartwright_visitor";
const shopperCookie = "cartwright_shopper";
const consentCookie = "cartwright_consent";
const visitorSeconds = 365 * 24 * 3600;
const shopperSeconds = 30 * 24 * 3600;

export const newSecret = (): string => randomBytes(32).toString("base64url");
export const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

const secretIn = (request: FastifyRequest, name: string): string | null => {
  const value = request.cookies[name];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
};

export class ShopperSession {
  #visitor: string | null;
  #shopper: string | null;
  #consent: boolean | null;
  readonly #reply: FastifyReply;

  constructor(request: FastifyRequest, reply: FastifyReply) {
    this.#visitor = secretIn(request, visitorCookie);
    this.#shopper = secretIn(request, shopperCookie);
    const said = request.cookies[consentCookie];
    this.#consent = said === "yes" ? true : said === "no" ? false : null;
    this.#reply = reply;
  }

  /** Whether the browser sends something by itself, so that a request needs proof that the shop's own page made it. */
  get hasCookie(): boolean {
    return this.#visitor !== null || this.#shopper !== null;
  }

  /** Whether the shopper lets their steps be logged; null while they have not said. */
  get consent(): boolean | null {
    return this.#consent;
  }

  /** Keeps what the shopper says for a year. */
  giveConsent(isGiven: boolean): void {
    this.#consent = isGiven;
    this.#setCookie(consentCookie, isGiven ? "yes" : "no", visitorSeconds);
  }

  get visitorHash(): Buffer | null {
    return this.#visitor === null ? null : hashOf(this.#visitor);
  }

  /** The name of the visitor in the event log; it tells nothing about the cookie. */
  get visitorId(): string {
    return createHash("sha256").update(`visitor:${this.requireVisitor()}`).digest("base64url").slice(0, 22);
  }

  /** The token a page sends back with each change, in `x-csrf-token`. */
  get csrfToken(): string | null {
    const secret = this.#shopper ?? this.#visitor;
    return secret === null ? null : createHash("sha256").update(`csrf:${secret}`).digest("base64url");
  }

  /** @throws request_refused when a browser's change does not carry its token */
  checkCsrf(request: FastifyRequest): void {
    if (!this.hasCookie || request.method === "GET") return;
    const given = Buffer.from(String(request.headers["x-csrf-token"] ?? ""));
    const wanted = Buffer.from(this.csrfToken ?? "");
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
    throw new CartwrightError("request_refused", "the CSRF token is missing or not this browser's");
  }

  /** The visitor's secret; a new one for a browser that has none. */
  requireVisitor(): string {
    return this.#visitor ?? this.renewVisitor();
  }

  /** A new visitor: after an order or a sign-in, so that the old cart's token opens nothing else. */
  renewVisitor(): string {
    this.#visitor = newSecret();
    this.#setCookie(visitorCookie, this.#visitor, visitorSeconds);
    return this.#visitor;
  }

  /** The signed-in shopper; null for a guest and for a sign-in that has ended. */
  async shopper(connection: StoreConnection): Promise<Shopper | null> {
    if (this.#shopper === null) return null;
    const [row] = await runQuery(connection, "shopper-by-token", { token_hash: hashOf(this.#shopper) });
    if (!row) return null;
    return {
      customer_id: Number(row.customer_id),
      email: String(row.email),
      name: String(row.name),
      is_verified: row.is_verified === true,
    };
  }

  /** Signs the browser in; a guest's cart joins the customer's. */
  async signIn(store: Store, customerId: number): Promise<void> {
    await this.signOut(store);
    await store.openCart(customerId, this.visitorHash);
    this.#shopper = newSecret();
    await store.startSignIn(customerId, hashOf(this.#shopper));
    this.#setCookie(shopperCookie, this.#shopper, shopperSeconds);
    this.renewVisitor();
  }

  async signOut(store: Store): Promise<void> {
    if (this.#shopper === null) return;
    await store.endSignIn(hashOf(this.#shopper));
    this.#shopper = null;
    void this.#reply.clearCookie(shopperCookie, { path: "/api/v1/store" });
  }

  #setCookie(name: string, value: string, maxAge: number): void {
    void this.#reply.setCookie(name, value, {
      path: "/api/v1/store",
      httpOnly: true,
      sameSite: "strict",
      secure: "auto",
      maxAge,
    });
  }
}
