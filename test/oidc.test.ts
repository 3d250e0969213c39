/** Single sign-on against a real provider of OpenID Connect: who gets in as whom, and who does not. */
import { describe, expect, it } from "vitest";
import { address, cookieOf, host, singleSignOn } from "./support/oidc-desk.ts";
import { openIdProvider } from "./support/openid-provider.ts";

describe("single sign-on", () => {
  const sso = singleSignOn();

  it("signs in who was invited, by the verified address, and leads to the page that was asked for", async () => {
    const at = await sso.desk();
    const { id } = sso.invite(at, "Ada", "analyst");
    sso.account("ada", { email: "Ada@Example.com" });
    const answer = await sso.signIn(at, "ada", "/sales?period=7d");
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.refresh).toBe(`0; url=${address}/sales?period=7d`);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(await sso.userOf(at, answer)).toEqual({ name: "Ada", role: "analyst" });
    const [listed] = at.credentials.users.list();
    expect(listed).toMatchObject({ id, state: "active", link_expires_at: null });
    expect(listed?.last_sign_in_at).not.toBeNull();
    expect(at.credentials.sessions.list()).toMatchObject([{ user_id: id, name: "Ada", signed_in_with: "provider" }]);
    expect(await sso.audited(at)).toMatchObject([
      { who: "Ada", by_id: id, what: "sign-in/oidc/callback", outcome: "done", on: "bound" },
    ]);
    expect(at.credentials.users.byId(id)?.identities).toEqual([{ issuer: sso.provider.issuer, subject: "ada" }]);
  });

  it("signs in where everyone comes over HTTPS alone, with cookies that say so in their names", async () => {
    const at = await sso.desk({ create_users: true }, { https: true });
    sso.account("ada");
    const { url, cookie } = await sso.begin(at);
    expect(cookie).toMatch(/^__Secure-cartwright_oidc=/);
    const answer = await sso.back(at, await sso.provider.visit(url, "ada"), cookie);
    expect(cookieOf(answer)).toContain("__Secure-cartwright_session=");
    expect(await sso.userOf(at, answer)).toEqual({ name: "ada", role: "viewer" });
  });

  it("refuses who is unknown, and tells what to do; nothing of it is in the audit log", async () => {
    const at = await sso.desk();
    sso.account("stranger");
    const answer = await sso.signIn(at, "stranger");
    sso.refused(answer, 403, "Ask an admin of this shop to invite this address");
    expect(answer.body).toContain("stranger@example.com");
    expect(at.credentials.users.list()).toEqual([]);
    expect(await sso.audited(at)).toEqual([]);
  });

  it("makes users where that is set, with the role of a claim, which decides at each sign-in", async () => {
    const role_claim = "realm_access.roles";
    const at = await sso.desk({ create_users: true, role_claim, roles: { desk: "analyst", lead: "admin" } });
    const inGroups = (...roles: string[]) => sso.account("grace", { name: "Grace", realm_access: { roles } });
    inGroups("staff", "desk");
    const first = await sso.signIn(at, "grace");
    expect(await sso.userOf(at, first)).toEqual({ name: "Grace", role: "analyst" });
    inGroups("desk", "lead");
    const second = await sso.signIn(at, "grace");
    expect(await sso.userOf(at, second)).toEqual({ name: "Grace", role: "admin" });
    expect(await sso.userOf(at, first)).toBeNull();
    inGroups("staff");
    sso.refused(await sso.signIn(at, "grace"), 403, "has no role here");
    const [user] = at.credentials.users.list();
    expect(at.credentials.users.list()).toHaveLength(1);
    expect(user).toMatchObject({ email: "grace@example.com", created_by: "Acme ID", role: "admin" });
    const entries = (await sso.audited(at)).map(({ outcome, on }) => `${outcome} ${on}`);
    expect(entries).toEqual(["refused ", "done role admin", `done made ${user?.id} analyst`]);
  });

  it("makes users with the default role, none of them under another's name", async () => {
    const at = await sso.desk({ create_users: true, default_role: "analyst" });
    sso.invite(at, "Ada", "admin");
    sso.account("lovelace", { name: "Ada" });
    sso.account("nameless", { name: "@" });
    expect(await sso.userOf(at, await sso.signIn(at, "lovelace"))).toEqual({ name: "Ada 2", role: "analyst" });
    expect(await sso.userOf(at, await sso.signIn(at, "nameless"))).toEqual({ name: "nameless", role: "analyst" });
  });

  it.each([false, undefined, "true", 1])("refuses an address of which email_verified is %s", async (email_verified) => {
    const at = await sso.desk({ create_users: true });
    sso.invite(at, "Ada", "admin");
    sso.account("mallory", { email: "ada@example.com", email_verified });
    sso.refused(await sso.signIn(at, "mallory"), 403, "is not verified");
    expect(at.credentials.users.list()).toHaveLength(1);
  });

  it("lets in addresses of the allowed domains alone", async () => {
    const at = await sso.desk({ create_users: true, allowed_domains: ["Example.com"] });
    sso.account("ada");
    sso.account("eve", { email: "eve@example.com.evil.test" });
    sso.account("sub", { email: "sub@mail.example.com" });
    expect((await sso.signIn(at, "ada")).statusCode).toBe(200);
    sso.refused(await sso.signIn(at, "eve"), 403, "may not use this shop");
    sso.refused(await sso.signIn(at, "sub"), 403, "may not use this shop");
  });

  it("knows who has signed in by the account, whatever becomes of addresses at the provider", async () => {
    const at = await sso.desk({ create_users: true });
    const ada = sso.invite(at, "Ada", "admin");
    sso.account("ada");
    await sso.signIn(at, "ada");
    sso.account("mallory", { email: "ada@example.com" });
    sso.refused(await sso.signIn(at, "mallory"), 403, "Nobody here has this account");
    sso.account("ada", { email: "new.name@example.com" });
    expect(await sso.userOf(at, await sso.signIn(at, "ada"))).toEqual({ name: "Ada", role: "admin" });
    expect(at.credentials.users.byId(ada.id)).toMatchObject({ email: "ada@example.com" });
    expect(at.credentials.users.list()).toHaveLength(1);
    expect((await sso.audited(at)).map(({ who, outcome }) => `${who} ${outcome}`)).toEqual([
      "Ada done",
      "Ada refused",
      "Ada done",
    ]);
    at.credentials.users.unbind(ada.id);
    sso.account("ada", { sub: "made anew" });
    expect(await sso.userOf(at, await sso.signIn(at, "ada"))).toEqual({ name: "Ada", role: "admin" });
  });

  it("refuses a disabled user, before and after the account is bound", async () => {
    const at = await sso.desk({ create_users: true });
    const { id } = sso.invite(at, "Ada");
    sso.account("ada");
    at.credentials.users.setDisabled(id, true);
    sso.refused(await sso.signIn(at, "ada"), 403, "Nobody here has this account");
    at.credentials.users.setDisabled(id, false);
    const inside = await sso.signIn(at, "ada");
    expect(await sso.userOf(at, inside)).toEqual({ name: "Ada", role: "viewer" });
    at.credentials.users.setDisabled(id, true);
    expect(await sso.userOf(at, inside)).toBeNull();
    sso.refused(await sso.signIn(at, "ada"), 403, "Nobody here has this account");
    expect((await sso.audited(at)).map(({ outcome }) => outcome)).toEqual(["refused", "done", "refused"]);
  });

  it("ends the session that the browser had before", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    const link = at.credentials.createLink({ name: "owner", role: "admin" });
    const owner = await sso.get(at, `/sign-in?token=${link}`);
    const begun = await sso.get(at, "/sign-in/oidc", cookieOf(owner));
    const answer = await sso.provider.visit(String(begun.headers.location), "ada");
    expect(await sso.userOf(at, owner)).toEqual({ name: "owner", role: "admin" });
    await sso.back(at, answer, cookieOf(begun));
    expect(await sso.userOf(at, owner)).toBeNull();
    expect(at.credentials.sessions.list().map(({ name }) => name)).toEqual(["ada"]);
  });

  it("says so when somebody turns back at the provider", async () => {
    sso.refused(await sso.signIn(await sso.desk(), null), 403, "You have not been signed in");
  });

  it("says when the provider is away, asks again with the next attempt, and goes on with passwords meanwhile", async () => {
    const at = await sso.desk({ create_users: true });
    sso.account("ada");
    sso.provider.instead = (_request, response) => {
      response.writeHead(503).end("down for repairs");
      return true;
    };
    sso.refused(await sso.get(at, "/sign-in/oidc"), 503, "cannot reach Acme ID");
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
    expect((await sso.get(at, "/sign-in")).body).toContain('name="password"');
    sso.provider.instead = null;
    expect((await sso.signIn(at, "ada")).statusCode).toBe(200);
  });

  it("says when nothing listens where the provider should be", async () => {
    const gone = await openIdProvider(`${address}/sign-in/oidc/callback`);
    await gone.close();
    sso.refused(await sso.get(await sso.desk({ issuer: gone.issuer }), "/sign-in/oidc"), 503, "cannot reach Acme ID");
  });

  it("switches passwords off where that is set; links of the command line go on", async () => {
    const closed = await sso.desk({}, { passwords: false });
    const { secret } = closed.credentials.users.invite(
      { name: "Bob", email: "bob@example.com", role: "viewer" },
      "test",
    );
    for (const url of ["/sign-in", `/password?token=${secret}`, "/password"])
      expect((await sso.get(closed, url)).body).not.toContain('type="password"');
    for (const url of ["/sign-in", "/password"]) {
      const answer = await closed.server.inject({
        method: "POST",
        url,
        payload: new URLSearchParams({ token: secret, email: "bob@example.com", password: "any" }).toString(),
        headers: { host, "content-type": "application/x-www-form-urlencoded" },
      });
      sso.refused(answer, 403, "Passwords are switched off here");
    }
    const link = closed.credentials.createLink({ name: "owner", role: "admin" });
    expect((await sso.get(closed, `/sign-in?token=${link}`)).statusCode).toBe(303);
    expect((await sso.get(closed, "/sign-in")).body).toContain("Sign in with a link");
  });
});
