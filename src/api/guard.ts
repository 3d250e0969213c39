/** What every request passes before a route sees it: host, origin, sign-in, CSRF. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SignInSettings } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { Credentials } from "./credentials.ts";
import type { AcceptedSession } from "./people/sessions.ts";
import { signInPage, signInWays } from "./people/sign-in-page.ts";
import { mayAct, type Principal, type Role } from "./role.ts";
import { scopeOf } from "./scopes.ts";
import type { Share } from "./shares.ts";
import type { Token } from "./tokens.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
    /** By what the principal is known; null when nobody is. */
    signedInBy: SignedInBy | null;
    /** The instant at which the token that asks ends, in milliseconds since 1970, UTC; undefined for one without an end and for sessions. */
    tokenEnd: number | undefined;
    /** The shared link the request shows; then nobody is signed in, whatever cookie came along. */
    share: Share | null;
  }
  interface FastifyContextConfig {
    /** The least role a route needs; `viewer` when not said. */
    role?: Role;
    /** True for the few routes that answer without sign-in. */
    isOpen?: boolean;
    /** True for the door for events, which pages of other origins may use: it looks at origins itself. */
    isCollecting?: boolean;
    /** Whether a shared link answers this request; a route that does not say refuses every link. */
    shared?: (share: Share, request: FastifyRequest) => boolean;
  }
}

declare module "@fastify/secure-session" {
  interface SessionData {
    /** The secret of a session that the server keeps. */
    secret: string;
    csrf: string;
  }
}

/** A user's session, one that began with a link of the command line, or a token; `id` is the user's, the session's or the token's. */
export interface SignedInBy {
  readonly kind: "user" | "link" | "token";
  readonly id: string;
}

/** Whether a request of this method is meant to change something. */
export const isUnsafe = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

/** Whether a person's browser asks for a page, rather than a program for an answer. */
export function wantsPage({ method, headers, url }: Pick<FastifyRequest, "method" | "headers" | "url">): boolean {
  return method === "GET" && (headers.accept ?? "").includes("text/html") && !url.startsWith("/api/");
}

/** The host of an authority, without its port. */
export function hostnameOf(authority: string): string {
  return authority
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
}

function checkHost(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  const host = hostnameOf(request.headers.host ?? "");
  if (allowed.has(host)) return;
  throw new CartwrightError(
    "request_refused",
    `the host "${host}" is not one this server answers to; add it to server.allowed_hosts`,
  );
}

/** An authority without the scheme's default port, as browsers write it in Origin; empty when it is none. */
export function authorityOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

function checkOrigin(request: FastifyRequest): void {
  const { origin, host = "" } = request.headers;
  if (!isUnsafe(request.method) || origin === undefined) return;
  const from = authorityOf(origin);
  if (from !== "" && from === authorityOf(`${request.protocol}://${host}`)) return;
  throw new CartwrightError("request_refused", `the request comes from ${origin}, not from ${host}`);
}

/** Hosts the server answers to: loopback by its names, the address it listens on, and configured ones. */
export function allowedHosts(listenHost: string, further: readonly string[]): ReadonlySet<string> {
  return new Set(["localhost", "127.0.0.1", "::1", listenHost, ...further].map((host) => host.toLowerCase()));
}

/** A link opens what its page asks and nothing else. */
function admitShare(request: FastifyRequest, credentials: Credentials, secret: string): void {
  const share = credentials.shares.find(secret);
  if (!share) throw new CartwrightError("share_ended", "this shared link is unknown, revoked or too old");
  request.share = share;
  const { isOpen, shared } = request.routeOptions.config;
  if (isOpen || (request.method === "GET" && shared?.(share, request))) return;
  throw new CartwrightError("share_refused", `${request.method} ${request.url.split("?")[0]} is not part of this link`);
}

/** A token with scopes does what they cover and nothing else, whatever its role. */
function checkScopes({ method, routeOptions, url }: FastifyRequest, { name, scopes }: Token): void {
  if (!scopes) return;
  const needed = scopeOf(method, routeOptions.url ?? "");
  if (needed && scopes.includes(needed)) return;
  throw new CartwrightError(
    "scope_missing",
    `${name} has ${scopes.join(", ")}; that does not cover ${method} ${url.split("?")[0]}`,
    {
      hint: needed ? `with the scope \`${needed}\`` : "without scopes",
    },
  );
}

/** Notes who asks, and by what that is known. */
function identify(request: FastifyRequest, token: Token | null, session: AcceptedSession | null): void {
  const known = token ?? session;
  request.principal = known && { name: known.name, role: known.role };
  if (token) request.signedInBy = { kind: "token", id: token.id };
  else if (session)
    request.signedInBy =
      session.user_id === null ? { kind: "link", id: session.id } : { kind: "user", id: session.user_id };
  request.tokenEnd = token?.expires_at;
}

/** Installs the checks. Tokens need no CSRF token: a browser never sends them by itself. */
export function installGuard(
  server: FastifyInstance,
  credentials: Credentials,
  hosts: ReadonlySet<string>,
  signIn: SignInSettings,
): void {
  server.decorateRequest("principal", null);
  server.decorateRequest("share", null);
  server.decorateRequest("signedInBy", null);
  server.decorateRequest("tokenEnd", undefined);
  server.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    checkHost(request, hosts);
    if (request.routeOptions.config.isCollecting) return;
    checkOrigin(request);
    const shared = /^Share (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (shared !== undefined) return admitShare(request, credentials, shared);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const { isOpen } = request.routeOptions.config;
    const byToken = bearer === undefined ? null : credentials[isOpen ? "findWholeToken" : "acceptToken"](bearer);
    const secret = byToken ? undefined : request.session.get("secret");
    const bySession = secret === undefined ? null : credentials.sessions.accept(secret);
    identify(request, byToken, bySession);
    if (isOpen) return;
    if (!request.principal) {
      if (wantsPage(request))
        return reply
          .code(401)
          .type("text/html")
          .send(signInPage({ ways: signInWays(credentials.users, signIn), to: request.url }));
      throw new CartwrightError("not_signed_in", `${request.method} ${request.url.split("?")[0]} needs sign-in`);
    }
    const role = request.routeOptions.config.role ?? "viewer";
    if (!mayAct(request.principal.role, role)) {
      throw new CartwrightError(
        "not_allowed",
        `${request.principal.name} is ${request.principal.role}; this needs ${role}`,
        { role },
      );
    }
    if (byToken) checkScopes(request, byToken);
    else if (isUnsafe(request.method) && request.headers["x-csrf-token"] !== request.session.get("csrf"))
      throw new CartwrightError("request_refused", "the CSRF token is missing or not this session's");
  });
}
