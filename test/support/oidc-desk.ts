/** Servers whose people sign in through a provider, and browsers as far as cookies go. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { configSchema } from "../../src/config.ts";
import type { Workspace } from "../../src/workspace.ts";
import { clientId, clientSecret, type OpenIdProvider, openIdProvider } from "./openid-provider.ts";
import { fixedClock } from "./shop.ts";

export const address = "https://desk.example";
export const host = "desk.example";
const secretName = "CARTWRIGHT_TEST_OIDC_SECRET";

export interface Desk {
  readonly server: FastifyInstance;
  readonly credentials: Credentials;
  readonly folder: string;
  /** Seconds to put the clock on by. */
  readonly later: (seconds: number) => void;
  readonly log: () => string;
}

export interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

export const cookieOf = (answer: Answer): string =>
  [answer.headers["set-cookie"] ?? []]
    .flat()
    .map((one) => String(one).split(";")[0])
    .join("; ");

/** Servers with single sign-on, at a provider of their own, for the tests of one file; all end with it. */
export function singleSignOn() {
  let provider: OpenIdProvider;
  const open: Desk[] = [];

  beforeAll(async () => {
    process.env[secretName] = clientSecret;
    provider = await openIdProvider(`${address}/sign-in/oidc/callback`);
  });
  afterEach(async () => {
    provider.instead = null;
    provider.accounts.clear();
    provider.asked.length = 0;
    for (const { server, folder } of open.splice(0)) {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  afterAll(async () => {
    await provider.close();
    delete process.env[secretName];
  });

  /** A server with these settings beside the usual ones. */
  async function desk(oidc: object = {}, { passwords = true, https = false } = {}): Promise<Desk> {
    const folder = mkdtempSync(join(tmpdir(), "cartwright-oidc-"));
    const ticking = fixedClock();
    let passed = 0;
    const clock = { now: () => ticking.now() + passed };
    const own = { issuer: provider.issuer, client_id: clientId, client_secret_env: secretName, address };
    const config = configSchema.parse({
      server: { https },
      sign_in: { passwords, oidc: { ...own, name: "Acme ID", ...oidc } },
    });
    const workspace = { config, clock, folders: { root: folder } } as unknown as Workspace;
    const credentials = new Credentials(folder, clock);
    const logFile = join(folder, "server.log");
    const made: Desk = {
      server: await createServer({ workspace, credentials, logFile }),
      credentials,
      folder,
      later: (seconds) => {
        passed += seconds * 1000;
      },
      log: () => readFileSync(logFile, "utf8"),
    };
    open.push(made);
    return made;
  }

  const get = async ({ server }: Desk, url: string, cookie = "", further: Record<string, string> = {}) =>
    await server.inject({ url, headers: { host, cookie, ...further } });

  /** Begins a sign-in with the button of the page; where it leads and the cookie of it. */
  async function begin(at: Desk, to = "/"): Promise<{ url: string; cookie: string }> {
    const page = await get(at, to, "", { accept: "text/html" });
    const [, href = ""] = /<a class="button" href="([^"]+)">Sign in with Acme ID<\/a>/.exec(page.body) ?? [];
    expect(href.startsWith(`${address}/sign-in/oidc?`)).toBe(true);
    const answer = await get(at, href.slice(address.length));
    expect(answer.statusCode).toBe(303);
    return { url: String(answer.headers.location), cookie: cookieOf(answer) };
  }

  /** The way of somebody through button, provider and back. */
  async function signIn(at: Desk, login: string | null, to = "/"): Promise<Answer> {
    const { url, cookie } = await begin(at, to);
    return await back(at, await provider.visit(url, login), cookie);
  }

  async function back(at: Desk, { origin, pathname, search }: URL, cookie: string): Promise<Answer> {
    expect(origin).toBe(address);
    return await get(at, pathname + search, cookie);
  }

  /** Who a later request of the same browser comes from; null when it is refused. */
  const userOf = async (at: Desk, answer: Answer) => {
    const later = await get(at, "/openapi.json", cookieOf(answer));
    const [, sealed = ""] = /cartwright_session=([^;]+)/.exec(cookieOf(answer)) ?? [];
    const secret = at.server.decodeSecureSession(decodeURIComponent(sealed), undefined, "session")?.get("secret");
    const session = at.credentials.sessions.accept(String(secret));
    expect(later.statusCode).toBe(session ? 200 : 401);
    return session && { name: session.name, role: session.role };
  };
  const invite = (at: Desk, name: string, role: "viewer" | "analyst" | "admin" = "viewer") =>
    at.credentials.users.invite({ name, email: `${name.toLowerCase()}@example.com`, role }, "test").user;
  const account = (login: string, claims: object = {}): void => {
    provider.accounts.set(login, { email: `${login}@example.com`, email_verified: true, ...claims });
  };
  /** Entries of sign-ins, latest first. */
  const audited = async ({ server, credentials }: Desk) => {
    const { secret } = credentials.createToken({ name: "reader", role: "admin" });
    const answer = await server.inject({
      url: "/api/v1/audit?kind=sign-in",
      headers: { authorization: `Bearer ${secret}` },
    });
    return answer.json().rows as { who: string; by_id: string; what: string; outcome: string; on: string }[];
  };
  function refused(answer: Answer, status: number, words: string): void {
    expect(answer.body).toContain(words);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toContain("<script");
    expect(cookieOf(answer)).not.toContain("cartwright_session");
  }

  return {
    /** There once the tests have begun. */
    get provider(): OpenIdProvider {
      return provider;
    },
    desk,
    get,
    begin,
    signIn,
    back,
    userOf,
    invite,
    account,
    audited,
    refused,
  };
}
