/** Users of a workspace: invited, signed in by password, limited, shut out; and what a token with an end must not make. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const good = "slow green tractors sing";

interface Browser {
  cookie: string;
  csrf: string;
}

describe("people", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let credentials: Credentials;
  let passed = 0;
  let address = 1;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-people-"));
  const ticking = fixedClock();
  const clock = { now: () => ticking.now() + passed };

  beforeAll(async () => {
    shop = await openTestShop();
    credentials = new Credentials(folder, clock);
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Each is somebody else's address, unless one is given. */
  const nextAddress = () => `10.0.0.${address++}`;
  const form = (
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    from = nextAddress(),
  ) =>
    server.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      remoteAddress: from,
    });
  const signIn = (email: string, password: string, cookie = "", from = nextAddress()) =>
    form("/sign-in", { email, password, to: "/sales?period=7d" }, cookie ? { cookie } : {}, from);
  const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
    [answer.headers["set-cookie"] ?? []]
      .flat()
      .map((one) => String(one).split(";")[0])
      .join("; ");
  const tokenOf = (days?: number): string =>
    credentials.createToken({ name: "robot", role: "admin", ...(days ? { expires_days: days } : {}) }).secret;
  const ask = (method: "GET" | "POST" | "DELETE", path: string, by: Browser | string, body?: object) =>
    server.inject({
      method,
      url: `/api/v1${path}`,
      ...(body ? { payload: body } : {}),
      headers:
        typeof by === "string" ? { authorization: `Bearer ${by}` } : { cookie: by.cookie, "x-csrf-token": by.csrf },
    });
  const enter = async (cookie: string): Promise<Browser> => {
    const session = await server.inject({ url: "/api/v1/session", headers: { cookie } });
    return { cookie, csrf: session.json().csrf_token ?? "" };
  };
  /** Someone who has been invited and has chosen a password. */
  async function member(name: string, role: "viewer" | "analyst" | "admin" = "viewer") {
    const email = `${name.toLowerCase()}@example.com`;
    const { user, secret } = credentials.users.invite({ name, email, role }, "test");
    const answer = await form("/password", { token: secret, password: good, repeated: good });
    expect(answer.statusCode).toBe(303);
    return { id: user.id, email, browser: await enter(cookieOf(answer)) };
  }
  const statusOf = async (browser: Browser) => (await ask("GET", "/session", browser)).statusCode;

  it("invites: a link works once, and its person chooses a password that is not easily guessed", async () => {
    const made = await ask("POST", "/users", tokenOf(), {
      name: "Ada",
      email: "Ada.Lovelace@example.com",
      role: "analyst",
    });
    expect(made.statusCode).toBe(201);
    const { path, id } = made.json();
    const again = await ask("POST", "/users", tokenOf(), { name: "Other", email: "ada.lovelace@EXAMPLE.com" });
    expect(again.json()).toMatchObject({ status: 409, code: "user_exists" });
    const token = String(new URL(path, "http://x").searchParams.get("token"));
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await server.inject({ url: path });
      expect(page.statusCode).toBe(200);
      expect(page.body).not.toContain("<script");
    }
    const choose = (password: string, repeated = password) => form("/password", { token, password, repeated });
    const refused: readonly (readonly [string, string])[] = [
      ["short words", "at least 12 characters"],
      ["ada.lovelace", "must not be the name"],
      ["Ada.Lovelace@example.com", "must not be the name"],
      ["Password1234", "guessed first"],
      ["zzzzzzzzzzzzzz", "guessed first"],
      ["x".repeat(201), "at most 200"],
    ];
    for (const [password, why] of refused) {
      const answer = await choose(password);
      expect(answer.statusCode, password).toBe(422);
      expect(answer.body, password).toContain(why);
    }
    expect((await choose(good, "slow green tractors sign")).statusCode).toBe(422);
    const taken = await Promise.all([choose(good), choose(good)]);
    expect(taken.map(({ statusCode }) => statusCode).sort()).toEqual([303, 404]);
    expect((await server.inject({ url: path })).statusCode).toBe(404);
    const session = await ask(
      "GET",
      "/session",
      await enter(cookieOf(taken.find((one) => one.statusCode === 303) ?? made)),
    );
    expect(session.json().user).toEqual({ name: "Ada", role: "analyst" });
    const kept = readFileSync(join(folder, "users.json"), "utf8");
    expect(kept).not.toContain(good);
    expect(kept).not.toContain(token);
    expect(statSync(join(folder, "users.json")).mode & 0o077).toBe(0);
    const [listed] = (await ask("GET", "/users", tokenOf())).json().rows;
    expect(listed).toMatchObject({ id, state: "active", link_expires_at: null });
    expect(Date.parse(listed.last_sign_in_at)).toBeGreaterThan(Date.parse(listed.created_at));
  });

  it("ends an invitation after 72 hours, when another is made, and when its user is disabled", async () => {
    const invite = (name: string) =>
      credentials.users.invite({ name, email: `${name}@example.com`, role: "viewer" }, "test");
    const opens = async (secret: string) => (await server.inject({ url: `/password?token=${secret}` })).statusCode;
    const [late, renewed, disabled] = [invite("late"), invite("renewed"), invite("disabled")];
    const renewal = credentials.users.renewLink(renewed.user.id);
    credentials.users.setDisabled(disabled.user.id, true);
    expect(await Promise.all([late, renewed, renewal, disabled].map(({ secret }) => opens(secret)))).toEqual([
      200, 404, 200, 404,
    ]);
    expect(() => credentials.users.renewLink(disabled.user.id)).toThrow("is disabled");
    passed += 3 * dayMs;
    expect(await opens(late.secret)).toBe(404);
  });

  it("signs in by e-mail and password, and leads to where the person wanted to go", async () => {
    const { email } = await member("Berta");
    const answer = await signIn(` ${email.toUpperCase()} `, good);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe("/sales?period=7d");
    expect(String(answer.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict/i);
    expect(await statusOf(await enter(cookieOf(answer)))).toBe(200);
    const page = await server.inject({ url: "/customers?x=%22%3E", headers: { accept: "text/html" } });
    expect(page.statusCode).toBe(401);
    expect(page.body).toContain('<input type="hidden" name="to" value="/customers?x=%22%3E">');
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/sign-in"]) {
      const sent = await form("/sign-in", { email, password: good, to });
      expect(sent.headers.location, to).toBe("/");
    }
    const foreign = await form("/sign-in", { email, password: good }, { origin: "http://evil.example" });
    expect(foreign.statusCode).toBe(403);
  });

  it("answers an unknown, an invited, a disabled user and a wrong password alike", async () => {
    const { email } = await member("Carla");
    const off = await member("Dora");
    credentials.users.setDisabled(off.id, true);
    credentials.users.invite({ name: "Emil", email: "emil@example.com", role: "viewer" }, "test");
    const answers = [
      await signIn(email, "a wrong long password"),
      await signIn(off.email, good),
      await signIn("emil@example.com", good),
      await signIn("nobody@example.com", good),
    ];
    const plain = answers.map(({ statusCode, body }) => ({
      statusCode,
      body: body.replace(/[\w.]+@example\.com/, "E"),
    }));
    expect(new Set(plain.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(plain[0]).toMatchObject({ statusCode: 401 });
  });

  it("takes about as long for an unknown user as for a wrong password: both verify one hash", async () => {
    const { email } = await member("Franz");
    const timed = async (who: string): Promise<number> => {
      const start = performance.now();
      expect((await signIn(who, "a wrong long password")).statusCode).toBe(401);
      return performance.now() - start;
    };
    const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 6; round += 1) {
      least.known = Math.min(least.known, await timed(email));
      least.unknown = Math.min(least.unknown, await timed(`nobody${round}@example.com`));
    }
    // A hash takes some twenty milliseconds, everything else a few: without one the quotient is far smaller.
    expect(least.unknown / least.known).toBeGreaterThan(0.3);
  });

  it("lets an account be guessed at ten times in fifteen minutes, from wherever, also over a restart", async () => {
    const { email } = await member("Gerda");
    const guesses = await Promise.all(Array.from({ length: 14 }, () => signIn(email, "a wrong long password")));
    expect(guesses.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
    const refused = guesses.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(4);
    const wait = Number(refused[0]?.headers["retry-after"]);
    expect(wait).toBeGreaterThan(13 * 60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    expect(refused[0]?.body).toContain("Try again in 1");
    const restarted = new Credentials(folder, clock);
    expect(restarted.attempts.take([{ kind: "account", value: email }])).toMatchObject({ kind: "wait" });
    expect(readFileSync(join(folder, "sign-in-attempts.json"), "utf8")).not.toContain("gerda");
    passed += 15 * minuteMs;
    expect((await signIn(email, good)).statusCode).toBe(303);
  });

  it("does not let guessing shut out a browser that has been signed in before, nor a link", async () => {
    const { email, id, browser } = await member("Heidi");
    for (let guess = 0; guess < 10; guess += 1) await signIn(email, "a wrong long password");
    expect((await signIn(email, good)).statusCode).toBe(429);
    expect((await signIn(email, good, browser.cookie)).statusCode).toBe(303);
    const other = await member("Ida");
    expect((await signIn(email, good, other.browser.cookie)).statusCode).toBe(429);
    const { secret } = credentials.users.renewLink(id);
    expect((await form("/password", { token: secret, password: good, repeated: good })).statusCode).toBe(303);
  });

  it("lets an address guess thirty times in fifteen minutes, whatever it guesses at; an IPv6 network counts as one", async () => {
    const { email } = await member("Julia");
    const from = (at: number) => `2001:db8:1:2::${at.toString(16)}`;
    for (let at = 1; at <= 30; at += 1)
      expect((await signIn(`n${at}@example.com`, good, "", from(at))).statusCode).toBe(401);
    expect((await signIn(email, good, "", from(99))).statusCode).toBe(429);
    expect((await signIn(email, good, "", "2001:db8:1:3::1")).statusCode).toBe(303);
    for (let at = 1; at <= 40; at += 1) expect((await signIn(email, good, "", "10.9.9.9")).statusCode).toBe(303);
  });

  it("ends sessions at the next request when a user is disabled, gets another role or another password", async () => {
    const { id, email, browser } = await member("Klara", "analyst");
    const admin = tokenOf();
    expect(await statusOf(browser)).toBe(200);
    await ask("POST", `/users/${id}`, admin, { is_disabled: true });
    expect(await statusOf(browser)).toBe(401);
    expect((await signIn(email, good)).statusCode).toBe(401);
    await ask("POST", `/users/${id}`, admin, { is_disabled: false });
    expect(await statusOf(browser)).toBe(401);
    const second = await enter(cookieOf(await signIn(email, good)));
    await ask("POST", `/users/${id}`, admin, { role: "viewer" });
    expect(await statusOf(second)).toBe(401);
    const [third, fourth] = [await signIn(email, good), await signIn(email, good)].map(cookieOf);
    const page = await server.inject({ url: "/password", headers: { cookie: third ?? "" } });
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const change = (fields: Record<string, string>) =>
      form(
        "/password",
        { csrf, present: good, password: "other tractors hum", repeated: "other tractors hum", ...fields },
        { cookie: third ?? "" },
      );
    expect((await change({ csrf: "wrong" })).statusCode).toBe(401);
    expect((await change({ present: "not this one" })).statusCode).toBe(422);
    const changed = await change({});
    expect(changed.statusCode).toBe(303);
    expect(
      await Promise.all([third, fourth, cookieOf(changed)].map(async (cookie) => statusOf(await enter(cookie ?? "")))),
    ).toEqual([401, 401, 200]);
    expect((await signIn(email, good)).statusCode).toBe(401);
  });

  it("lists sessions, and ends one or all of a user's; signing out ends it on the server", async () => {
    const { id, email, browser } = await member("Lotte");
    const other = await enter(cookieOf(await signIn(email, good)));
    const admin = tokenOf();
    const sessions = async () =>
      (await ask("GET", "/sessions", admin)).json().rows.filter((row: { user_id: string }) => row.user_id === id);
    const listed = await sessions();
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({
      name: "Lotte",
      role: "viewer",
      user_agent: "lightMyRequest",
      is_this: false,
      signed_in_with: "password",
    });
    expect(Object.keys(listed[0]).sort()).toEqual(
      ["id", "is_this", "last_seen_at", "name", "role", "signed_in_with", "started_at", "user_agent", "user_id"].sort(),
    );
    await ask("DELETE", `/sessions/${listed[0].id}`, admin);
    expect([await statusOf(browser), await statusOf(other)]).toEqual([200, 401]);
    const [third, fourth] = [
      await enter(cookieOf(await signIn(email, good))),
      await enter(cookieOf(await signIn(email, good))),
    ];
    const out = await server.inject({
      method: "POST",
      url: "/sign-out",
      headers: { cookie: third.cookie, "x-csrf-token": third.csrf },
    });
    expect(out.statusCode).toBe(204);
    expect(out.headers["clear-site-data"]).toBe('"cache"');
    // The cookie is still there: whoever has copied it is signed out all the same.
    expect([await statusOf(third), await statusOf(fourth)]).toEqual([401, 200]);
    expect((await ask("DELETE", `/users/${id}/sessions`, admin)).json()).toEqual({ ended_count: 2 });
    expect([await statusOf(browser), await statusOf(fourth)]).toEqual([401, 401]);
    const byLink = await server.inject({
      url: `/sign-in?token=${credentials.createLink({ name: "owner", role: "admin" })}`,
    });
    const owner = await enter(cookieOf(byLink));
    expect(
      (await ask("GET", "/sessions", owner)).json().rows.find((row: { is_this: boolean }) => row.is_this),
    ).toMatchObject({ name: "owner", user_id: null, signed_in_with: "link" });
    const kept = readFileSync(join(folder, "sessions.json"), "utf8");
    passed += 30 * dayMs;
    expect(await statusOf(owner)).toBe(401);
    expect(kept).not.toContain(decodeURIComponent(fourth.cookie.split("=")[1] ?? "?"));
  });

  it("a token with an end makes nothing that outlives it: no token, user, link, role, write key or shared link", async () => {
    const { id } = await member("Maria");
    const [ending, endless] = [tokenOf(10), tokenOf()];
    const outlives = { status: 403, code: "outlives_token" };
    const make = (by: string, days?: number) =>
      ask("POST", "/tokens", by, { name: "child", role: "admin", ...(days ? { expires_days: days } : {}) });
    expect((await make(ending, 11)).json()).toMatchObject(outlives);
    const asked = [await make(ending), await make(ending, 9), await make(endless)];
    const rows = credentials.listTokens();
    const ends = asked.map((one) => rows.find((row) => row.id === one.json().id)?.expires_at ?? null);
    const parent = rows.findLast((row) => row.id === credentials.findWholeToken(ending)?.id)?.expires_at ?? "";
    expect(ends[0]).toBe(parent);
    expect(String(ends[1]) < parent).toBe(true);
    expect(ends[2]).toBeNull();
    // A grandchild does not outlive the first either.
    expect((await make(asked[1]?.json().secret, 10)).json()).toMatchObject(outlives);
    for (const [path, body] of [
      ["/users", { name: "New", email: "new@example.com" }],
      [`/users/${id}/link`, undefined],
      [`/users/${id}`, { role: "admin" }],
      [`/users/${id}`, { is_disabled: false }],
      ["/write-keys", { name: "site" }],
      [
        "/shares",
        { title: "Sales", page: "sales", search: "", days: 30, questions: [{ analysis: "kpi-summary", query: "" }] },
      ],
    ] as const)
      expect((await ask("POST", path, ending, body)).json(), path).toMatchObject(outlives);
    expect((await ask("POST", `/users/${id}`, ending, { is_disabled: true })).statusCode).toBe(204);
    expect((await ask("POST", `/users/${id}`, endless, { role: "admin", is_disabled: false })).statusCode).toBe(204);
  });
});
