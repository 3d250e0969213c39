/** Single sign-on against a real provider of OpenID Connect: who gets in as whom, who does not, and what the server believes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { configSchema } from "../src/config.ts";
import type { Workspace } from "../src/workspace.ts";
import { clientId, clientSecret, type OpenIdProvider, openIdProvider, signingKey } from "./support/openid-provider.ts";
import { fixedClock } from "./support/shop.ts";

const address = "https://desk.example";
const host = "desk.example";
const secretName = "CARTWRIGHT_TEST_OIDC_SECRET";

interface Desk {
  readonly server: FastifyInstance;
  readonly credentials: Credentials;
  readonly folder: string;
  /** Seconds to put the clock on by. */
  readonly later: (seconds: number) => void;
  readonly log: () => string;
}

interface Answer {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

const cookieOf = (answer: Answer): string =>
  [answer.headers["set-cookie"] ?? []]
    .flat()
    .map((one) => String(one).split(";")[0])
    .join("; ");

describe("single sign-on", () => {
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
  async function desk(oidc: object = {}, further: object = {}): Promise<Desk> {
    const folder = mkdtempSync(join(tmpdir(), "cartwright-oidc-"));
    const ticking = fixedClock();
    let passed = 0;
    const clock = { now: () => ticking.now() + passed };
    const own = { issuer: provider.issuer, client_id: clientId, client_secret_env: secretName, address };
    const config = configSchema.parse({ sign_in: { oidc: { ...own, name: "Acme ID", ...oidc } }, ...further });
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
    const secret = at.server.decodeSecureSession(decodeURIComponent(sealed))?.get("secret");
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

  it("signs in who was invited, by the verified address, and leads to the page that was asked for", async () => {
    const at = await desk();
    const { id } = invite(at, "Ada", "analyst");
    account("ada", { email: "Ada@Example.com" });
    const answer = await signIn(at, "ada", "/sales?period=7d");
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.refresh).toBe(`0; url=${address}/sales?period=7d`);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(await userOf(at, answer)).toEqual({ name: "Ada", role: "analyst" });
    const [listed] = at.credentials.users.list();
    expect(listed).toMatchObject({ id, state: "active", link_expires_at: null });
    expect(listed?.last_sign_in_at).not.toBeNull();
    expect(at.credentials.sessions.list()).toMatchObject([{ user_id: id, name: "Ada", signed_in_with: "provider" }]);
    expect(await audited(at)).toMatchObject([
      { who: "Ada", by_id: id, what: "sign-in/oidc/callback", outcome: "done", on: "bound" },
    ]);
    expect(at.credentials.users.byId(id)?.identities).toEqual([{ issuer: provider.issuer, subject: "ada" }]);
  });

  it("asks with PKCE, state and nonce, and holds them in a sealed cookie that other sites and scripts cannot use", async () => {
    const at = await desk();
    const answer = await get(at, "/sign-in/oidc");
    const asked = Object.fromEntries(new URL(String(answer.headers.location)).searchParams);
    expect(asked).toMatchObject({
      client_id: clientId,
      response_type: "code",
      redirect_uri: `${address}/sign-in/oidc/callback`,
      scope: "openid email profile",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked[name]?.length).toBeGreaterThan(40);
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/^cartwright_oidc=/);
    for (const rule of ["HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600", "Path=/sign-in/oidc"])
      expect(cookie).toContain(rule);
    for (const name of ["state", "nonce"]) expect(cookie).not.toContain(asked[name]);
  });

  it("refuses who is unknown, and tells what to do; nothing of it is in the audit log", async () => {
    const at = await desk();
    account("stranger");
    const answer = await signIn(at, "stranger");
    refused(answer, 403, "Ask an admin of this shop to invite this address");
    expect(answer.body).toContain("stranger@example.com");
    expect(at.credentials.users.list()).toEqual([]);
    expect(await audited(at)).toEqual([]);
  });

  it("makes users where that is set, with the role of a claim, which decides at each sign-in", async () => {
    const role_claim = "realm_access.roles";
    const at = await desk({ create_users: true, role_claim, roles: { desk: "analyst", lead: "admin" } });
    const inGroups = (...roles: string[]) => account("grace", { name: "Grace", realm_access: { roles } });
    inGroups("staff", "desk");
    const first = await signIn(at, "grace");
    expect(await userOf(at, first)).toEqual({ name: "Grace", role: "analyst" });
    inGroups("desk", "lead");
    const second = await signIn(at, "grace");
    expect(await userOf(at, second)).toEqual({ name: "Grace", role: "admin" });
    expect(await userOf(at, first)).toBeNull();
    inGroups("staff");
    refused(await signIn(at, "grace"), 403, "has no role here");
    const [user] = at.credentials.users.list();
    expect(at.credentials.users.list()).toHaveLength(1);
    expect(user).toMatchObject({ email: "grace@example.com", created_by: "Acme ID", role: "admin" });
    const entries = (await audited(at)).map(({ outcome, on }) => `${outcome} ${on}`);
    expect(entries).toEqual(["refused ", "done role admin", `done made ${user?.id} analyst`]);
  });

  it("makes users with the default role, none of them under another's name", async () => {
    const at = await desk({ create_users: true, default_role: "analyst" });
    invite(at, "Ada", "admin");
    account("lovelace", { name: "Ada" });
    account("nameless", { name: "@" });
    expect(await userOf(at, await signIn(at, "lovelace"))).toEqual({ name: "Ada 2", role: "analyst" });
    expect(await userOf(at, await signIn(at, "nameless"))).toEqual({ name: "nameless", role: "analyst" });
  });

  it.each([false, undefined, "true", 1])("refuses an address of which email_verified is %s", async (email_verified) => {
    const at = await desk({ create_users: true });
    invite(at, "Ada", "admin");
    account("mallory", { email: "ada@example.com", email_verified });
    refused(await signIn(at, "mallory"), 403, "is not verified");
    expect(at.credentials.users.list()).toHaveLength(1);
  });

  it("lets in addresses of the allowed domains alone", async () => {
    const at = await desk({ create_users: true, allowed_domains: ["Example.com"] });
    account("ada");
    account("eve", { email: "eve@example.com.evil.test" });
    account("sub", { email: "sub@mail.example.com" });
    expect((await signIn(at, "ada")).statusCode).toBe(200);
    refused(await signIn(at, "eve"), 403, "may not use this shop");
    refused(await signIn(at, "sub"), 403, "may not use this shop");
  });

  it("knows who has signed in by the account, whatever becomes of addresses at the provider", async () => {
    const at = await desk({ create_users: true });
    const ada = invite(at, "Ada", "admin");
    account("ada");
    await signIn(at, "ada");
    account("mallory", { email: "ada@example.com" });
    refused(await signIn(at, "mallory"), 403, "Nobody here has this account");
    account("ada", { email: "new.name@example.com" });
    expect(await userOf(at, await signIn(at, "ada"))).toEqual({ name: "Ada", role: "admin" });
    expect(at.credentials.users.byId(ada.id)).toMatchObject({ email: "ada@example.com" });
    expect(at.credentials.users.list()).toHaveLength(1);
    expect((await audited(at)).map(({ who, outcome }) => `${who} ${outcome}`)).toEqual([
      "Ada done",
      "Ada refused",
      "Ada done",
    ]);
    at.credentials.users.unbind(ada.id);
    account("ada", { sub: "made anew" });
    expect(await userOf(at, await signIn(at, "ada"))).toEqual({ name: "Ada", role: "admin" });
  });

  it("refuses a disabled user, before and after the account is bound", async () => {
    const at = await desk({ create_users: true });
    const { id } = invite(at, "Ada");
    account("ada");
    at.credentials.users.setDisabled(id, true);
    refused(await signIn(at, "ada"), 403, "Nobody here has this account");
    at.credentials.users.setDisabled(id, false);
    const inside = await signIn(at, "ada");
    expect(await userOf(at, inside)).toEqual({ name: "Ada", role: "viewer" });
    at.credentials.users.setDisabled(id, true);
    expect(await userOf(at, inside)).toBeNull();
    refused(await signIn(at, "ada"), 403, "Nobody here has this account");
    expect((await audited(at)).map(({ outcome }) => outcome)).toEqual(["refused", "done", "refused"]);
  });

  it("takes an answer in the browser that asked alone, for what it asked, within ten minutes", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const [mine, other] = [await begin(at), await begin(at)];
    const answer = await provider.visit(mine.url, "ada");
    refused(await back(at, answer, ""), 400, "not begun here");
    refused(await back(at, answer, other.cookie), 400, "not begun here");
    refused(await back(at, answer, `${mine.cookie.slice(0, -8)}AAAAAAAA`), 400, "not begun here");
    const forged = new URL(answer);
    forged.searchParams.set("state", "x".repeat(43));
    refused(await back(at, forged, mine.cookie), 400, "not begun here");
    expect(provider.asked.filter((path) => path === "/token")).toEqual([]);
    expect((await back(at, answer, mine.cookie)).statusCode).toBe(200);
  });

  it("takes no answer after ten minutes", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const { url, cookie } = await begin(at);
    const answer = await provider.visit(url, "ada");
    const late = Date.now() + 601_000;
    const now = vi.spyOn(Date, "now").mockReturnValue(late);
    try {
      refused(await back(at, answer, cookie), 400, "too old");
    } finally {
      now.mockRestore();
    }
  });

  it("ends the session that the browser had before", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const link = at.credentials.createLink({ name: "owner", role: "admin" });
    const owner = await get(at, `/sign-in?token=${link}`);
    const begun = await get(at, "/sign-in/oidc", cookieOf(owner));
    const answer = await provider.visit(String(begun.headers.location), "ada");
    expect(await userOf(at, owner)).toEqual({ name: "owner", role: "admin" });
    await back(at, answer, cookieOf(begun));
    expect(await userOf(at, owner)).toBeNull();
    expect(at.credentials.sessions.list().map(({ name }) => name)).toEqual(["ada"]);
  });

  it("takes an answer once: who replays it with all its cookies gets no second session", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const { url, cookie } = await begin(at);
    const answer = await provider.visit(url, "ada");
    const first = await back(at, answer, cookie);
    expect(first.statusCode).toBe(200);
    const left = [first.headers["set-cookie"] ?? []].flat().find((one) => String(one).startsWith("cartwright_oidc="));
    expect(String(left)).toContain("Max-Age=0");
    refused(await back(at, answer, cookie), 400, "works once");
    expect(at.credentials.sessions.list()).toHaveLength(1);
  });

  it.each([
    ["nonce", 502, "cannot be used"],
    ["code_challenge", 400, "not begun here"],
  ])("refuses an answer to another %s than it asked with", async (name, status, words) => {
    const at = await desk({ create_users: true });
    account("ada");
    const { url, cookie } = await begin(at);
    const other = new URL(url);
    other.searchParams.set(name, "A".repeat(43));
    refused(await back(at, await provider.visit(other.href, "ada"), cookie), status, words);
    expect(at.credentials.users.list()).toEqual([]);
  });

  it("believes no token that the provider's published keys have not signed", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const { d, p, q, dp, dq, qi, ...published } = signingKey("first");
    provider.instead = (request, response) => {
      if (request.url !== "/jwks") return false;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [published] }));
      return true;
    };
    refused(await signIn(at, "ada"), 502, "cannot be used");
    expect(at.credentials.users.list()).toEqual([]);
  });

  it("says so when somebody turns back at the provider", async () => {
    refused(await signIn(await desk(), null), 403, "You have not been signed in");
  });

  it("is deaf to forged hosts: the way back is the settings' own address", async () => {
    const at = await desk();
    const forged = await get(at, "/sign-in/oidc", "", { host: "evil.test" });
    expect(forged.statusCode).toBe(403);
    const behind = { host: "localhost:4000", "x-forwarded-host": "evil.test", forwarded: "host=evil.test" };
    const answer = await get(at, "/sign-in/oidc", "", behind);
    const { searchParams } = new URL(String(answer.headers.location));
    expect(searchParams.get("redirect_uri")).toBe(`${address}/sign-in/oidc/callback`);
    const page = await get(at, "/sign-in", "", behind);
    expect(page.body).not.toContain("evil");
    expect(page.body).toContain(`href="${address}/sign-in/oidc?to=%2F"`);
  });

  it.each(["//evil.test", "https://evil.test/", "/\\evil.test", "/\t/evil.test", "/sign-in?token=x"])(
    "leads nowhere else afterwards, asked for %s",
    async (to) => {
      const at = await desk({ create_users: true });
      account("ada");
      const answer = await get(at, `/sign-in/oidc?to=${encodeURIComponent(to)}`);
      const arrived = await back(at, await provider.visit(String(answer.headers.location), "ada"), cookieOf(answer));
      expect(arrived.headers.refresh).toBe(`0; url=${address}/`);
      expect(arrived.body).not.toContain("evil");
    },
  );

  it("stays on this server also where dots in the address hide a second slash", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const answer = await get(at, "/sign-in/oidc?to=/.//evil.test");
    const arrived = await back(at, await provider.visit(String(answer.headers.location), "ada"), cookieOf(answer));
    const [, target = ""] = /^0; url=(.+)$/.exec(String(arrived.headers.refresh)) ?? [];
    expect(new URL(target).origin).toBe(address);
  });

  it("says when the provider is away, asks again with the next attempt, and goes on with passwords meanwhile", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    provider.instead = (_request, response) => {
      response.writeHead(503).end("down for repairs");
      return true;
    };
    refused(await get(at, "/sign-in/oidc"), 503, "cannot reach Acme ID");
    const { secret } = at.credentials.users.invite({ name: "Bob", email: "bob@example.com", role: "viewer" }, "test");
    const form = (url: string, fields: Record<string, string>) =>
      at.server.inject({
        method: "POST",
        url,
        payload: new URLSearchParams(fields).toString(),
        headers: { host, "content-type": "application/x-www-form-urlencoded" },
      });
    const password = "slow green tractors sing";
    expect((await form("/password", { token: secret, password, repeated: password })).statusCode).toBe(303);
    expect((await form("/sign-in", { email: "bob@example.com", password })).statusCode).toBe(303);
    expect((await get(at, "/sign-in")).body).toContain('name="password"');
    provider.instead = null;
    expect((await signIn(at, "ada")).statusCode).toBe(200);
  });

  it("says when nothing listens where the provider should be", async () => {
    const gone = await openIdProvider(`${address}/sign-in/oidc/callback`);
    await gone.close();
    refused(await get(await desk({ issuer: gone.issuer }), "/sign-in/oidc"), 503, "cannot reach Acme ID");
  });

  it("asks once an hour what the provider publishes, and keeps to that while the provider does not say it", async () => {
    const at = await desk();
    const asked = () => provider.asked.filter((path) => path === "/.well-known/openid-configuration").length;
    await Promise.all([begin(at), begin(at), begin(at)]);
    expect(asked()).toBe(1);
    at.later(3600);
    await begin(at);
    expect(asked()).toBe(2);
    at.later(3600);
    provider.instead = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    await begin(at);
    expect(asked()).toBe(3);
  });

  it("switches passwords off where that is set; links of the command line go on", async () => {
    const at = await desk();
    const off = { ...configSchema.parse({}).sign_in, passwords: false };
    expect(() => configSchema.parse({ sign_in: off })).toThrow("may be false only beside sign_in.oidc");
    const own = { issuer: provider.issuer, client_id: clientId, client_secret_env: secretName, address };
    const config = { sign_in: { passwords: false, oidc: { ...own, name: "Acme ID" } } };
    const closed = await desk({}, config);
    const { secret } = closed.credentials.users.invite(
      { name: "Bob", email: "bob@example.com", role: "viewer" },
      "test",
    );
    for (const url of ["/sign-in", `/password?token=${secret}`, "/password"])
      expect((await get(closed, url)).body).not.toContain('type="password"');
    for (const url of ["/sign-in", "/password"]) {
      const answer = await closed.server.inject({
        method: "POST",
        url,
        payload: new URLSearchParams({ token: secret, email: "bob@example.com", password: "any" }).toString(),
        headers: { host, "content-type": "application/x-www-form-urlencoded" },
      });
      refused(answer, 403, "Passwords are switched off here");
    }
    const link = closed.credentials.createLink({ name: "owner", role: "admin" });
    expect((await get(closed, `/sign-in?token=${link}`)).statusCode).toBe(303);
    expect((await get(at, "/sign-in")).body).toContain("Sign in with a link");
  });

  it("logs neither secrets nor codes nor tokens nor addresses of people", async () => {
    const at = await desk({ create_users: true });
    account("ada");
    const { url, cookie } = await begin(at);
    const answer = await provider.visit(url, "ada");
    await back(at, answer, cookie);
    await back(at, answer, cookie);
    await signIn(at, null);
    const code = String(answer.searchParams.get("code"));
    expect(code.length).toBeGreaterThan(20);
    await expect.poll(at.log).toContain("access_denied");
    const log = at.log();
    expect(log).toContain("single sign-on has failed");
    expect(log).toContain("invalid_grant");
    for (const secret of [code, clientSecret, String(answer.searchParams.get("state")), "ada@example.com", "eyJ"])
      expect(log).not.toContain(secret);
  });

  it("tells only the log when the client's secret is missing", async () => {
    const at = await desk({ client_secret_env: "CARTWRIGHT_TEST_NOT_SET" });
    const answer = await get(at, "/sign-in/oidc");
    refused(answer, 502, "cannot be used");
    expect(answer.body).not.toContain("CARTWRIGHT_TEST_NOT_SET");
    await expect.poll(at.log).toContain("CARTWRIGHT_TEST_NOT_SET");
  });
});
