/** Single sign-on: what the server asks a provider, which answers it believes, and where it leads afterwards. */
import { describe, expect, it, vi } from "vitest";
import { address, cookieOf, singleSignOn } from "./support/oidc-desk.ts";
import { clientId, clientSecret, signingKey } from "./support/openid-provider.ts";

describe("answers of a provider", () => {
  const sso = singleSignOn();

  it("asks with PKCE, state and nonce, and holds them in a sealed cookie that other sites and scripts cannot use", async () => {
    const at = await sso.desk();
    const answer = await sso.get(at, "/sign-in/oidc");
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

  it("takes an answer in the browser that asked alone, for what it asked, within ten minutes", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const [mine, other] = [await sso.begin(at), await sso.begin(at)];
    const answer = await sso.provider.visit(mine.url, "ada");
    sso.refused(await sso.back(at, answer, ""), 400, "not begun here");
    sso.refused(await sso.back(at, answer, other.cookie), 400, "not begun here");
    sso.refused(await sso.back(at, answer, `${mine.cookie.slice(0, -8)}AAAAAAAA`), 400, "not begun here");
    const forged = new URL(answer);
    forged.searchParams.set("state", "x".repeat(43));
    sso.refused(await sso.back(at, forged, mine.cookie), 400, "not begun here");
    expect(sso.provider.asked.filter((path) => path === "/token")).toEqual([]);
    expect((await sso.back(at, answer, mine.cookie)).statusCode).toBe(200);
  });

  it("takes no answer after ten minutes", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const { url, cookie } = await sso.begin(at);
    const answer = await sso.provider.visit(url, "ada");
    const late = Date.now() + 601_000;
    const now = vi.spyOn(Date, "now").mockReturnValue(late);
    try {
      sso.refused(await sso.back(at, answer, cookie), 400, "too old");
    } finally {
      now.mockRestore();
    }
  });

  it("takes an answer once: who replays it with all its cookies gets no second session", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const { url, cookie } = await sso.begin(at);
    const answer = await sso.provider.visit(url, "ada");
    const first = await sso.back(at, answer, cookie);
    expect(first.statusCode).toBe(200);
    const left = [first.headers["set-cookie"] ?? []].flat().find((one) => String(one).startsWith("cartwright_oidc="));
    expect(String(left)).toContain("Max-Age=0");
    sso.refused(await sso.back(at, answer, cookie), 400, "works once");
    expect(at.credentials.sessions.list()).toHaveLength(1);
  });

  it.each([
    ["nonce", 502, "cannot be used"],
    ["code_challenge", 400, "not begun here"],
  ])("refuses an answer to another %s than it asked with", async (name, status, words) => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const { url, cookie } = await sso.begin(at);
    const other = new URL(url);
    other.searchParams.set(name, "A".repeat(43));
    sso.refused(await sso.back(at, await sso.provider.visit(other.href, "ada"), cookie), status, words);
    expect(at.credentials.users.list()).toEqual([]);
  });

  it("believes no token that the provider's published keys have not signed", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const { d, p, q, dp, dq, qi, ...published } = signingKey("first");
    sso.provider.instead = (request, response) => {
      if (request.url !== "/jwks") return false;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [published] }));
      return true;
    };
    sso.refused(await sso.signIn(at, "ada"), 502, "cannot be used");
    expect(at.credentials.users.list()).toEqual([]);
  });

  const hourMs = 3_600_000;
  const soon = () => Math.floor((Date.now() + hourMs) / 1000);
  it.each<[string, number, () => object, "RS256" | "HS256" | "none"]>([
    ["that is as it should be", 200, () => ({}), "RS256"],
    ["without a signature", 502, () => ({}), "none"],
    ["signed with the client's secret", 502, () => ({}), "HS256"],
    ["whose time is over", 502, () => ({ exp: soon() - 2 * 3600 }), "RS256"],
    ["of another client", 502, () => ({ aud: "another" }), "RS256"],
    ["of another issuer", 502, () => ({ iss: "https://id.example" }), "RS256"],
    ["without a nonce", 502, () => ({ nonce: undefined }), "RS256"],
    ["without a subject", 502, () => ({ sub: undefined }), "RS256"],
  ])("meets an ID token %s with %i", async (_what, status, differing, alg) => {
    const at = await sso.desk({ create_users: true });
    const { url, cookie } = await sso.begin(at);
    const asked = new URL(url).searchParams;
    const claims = {
      iss: sso.provider.issuer,
      aud: clientId,
      sub: "ada",
      iat: soon() - 3600,
      exp: soon(),
      nonce: asked.get("nonce"),
      email: "ada@example.com",
      email_verified: true,
      ...differing(),
    };
    const tokens = { access_token: "any", token_type: "Bearer", id_token: sso.provider.idToken(claims, alg) };
    sso.provider.instead = (request, response) => {
      if (request.url !== "/token") return false;
      response.setHeader("content-type", "application/json").end(JSON.stringify(tokens));
      return true;
    };
    const query = { code: "any", state: asked.get("state") ?? "", iss: sso.provider.issuer };
    const answer = await sso.get(at, `/sign-in/oidc/callback?${new URLSearchParams(query)}`, cookie);
    expect(answer.statusCode).toBe(status);
    expect(at.credentials.users.list()).toHaveLength(status === 200 ? 1 : 0);
    expect(at.credentials.sessions.list()).toHaveLength(status === 200 ? 1 : 0);
  });

  it("is deaf to forged hosts: the way back is the settings' own address", async () => {
    const at = await sso.desk();
    const forged = await sso.get(at, "/sign-in/oidc", "", { host: "evil.test" });
    expect(forged.statusCode).toBe(403);
    const behind = { host: "localhost:4000", "x-forwarded-host": "evil.test", forwarded: "host=evil.test" };
    const answer = await sso.get(at, "/sign-in/oidc", "", behind);
    const { searchParams } = new URL(String(answer.headers.location));
    expect(searchParams.get("redirect_uri")).toBe(`${address}/sign-in/oidc/callback`);
    const page = await sso.get(at, "/sign-in", "", behind);
    expect(page.body).not.toContain("evil");
    expect(page.body).toContain(`href="${address}/sign-in/oidc?to=%2F"`);
  });

  it.each(["//evil.test", "https://evil.test/", "/\\evil.test", "/\t/evil.test", "/sign-in?token=x"])(
    "leads nowhere else afterwards, asked for %s",
    async (to) => {
      const at = await sso.desk({ create_users: true });
      sso.account("ada");
      const answer = await sso.get(at, `/sign-in/oidc?to=${encodeURIComponent(to)}`);
      const arrived = await sso.back(
        at,
        await sso.provider.visit(String(answer.headers.location), "ada"),
        cookieOf(answer),
      );
      expect(arrived.headers.refresh).toBe(`0; url=${address}/`);
      expect(arrived.body).not.toContain("evil");
    },
  );

  it("stays on this server also where dots in the address hide a second slash", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const answer = await sso.get(at, "/sign-in/oidc?to=/.//evil.test");
    const arrived = await sso.back(
      at,
      await sso.provider.visit(String(answer.headers.location), "ada"),
      cookieOf(answer),
    );
    const [, target = ""] = /^0; url=(.+)$/.exec(String(arrived.headers.refresh)) ?? [];
    expect(new URL(target).origin).toBe(address);
  });

  it("asks once an hour what the provider publishes, and keeps to that while the provider does not say it", async () => {
    const at = await sso.desk();
    const asked = () => sso.provider.asked.filter((path) => path === "/.well-known/openid-configuration").length;
    await Promise.all([sso.begin(at), sso.begin(at), sso.begin(at)]);
    expect(asked()).toBe(1);
    at.later(3600);
    await sso.begin(at);
    expect(asked()).toBe(2);
    at.later(3600);
    sso.provider.instead = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    await sso.begin(at);
    expect(asked()).toBe(3);
  });

  it("logs neither secrets nor codes nor tokens nor addresses of people", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const { url, cookie } = await sso.begin(at);
    const answer = await sso.provider.visit(url, "ada");
    await sso.back(at, answer, cookie);
    await sso.back(at, answer, cookie);
    await sso.signIn(at, null);
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
    const at = await sso.desk({ client_secret_env: "CARTWRIGHT_TEST_NOT_SET" });
    const answer = await sso.get(at, "/sign-in/oidc");
    sso.refused(answer, 502, "cannot be used");
    expect(answer.body).not.toContain("CARTWRIGHT_TEST_NOT_SET");
    await expect.poll(at.log).toContain("CARTWRIGHT_TEST_NOT_SET");
  });
});
