/** What the pages of signing in share: reading a form, answering with a page, beginning a session. */
import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Credentials } from "../credentials.ts";
import type { Principal } from "../role.ts";
import { browserCookie, browserOf, browserSeconds } from "./known-browser.ts";
import type { SignedInWith } from "./sessions.ts";
import type { User } from "./users.ts";

/** Anyone may ask, but not often. */
export const slowly = { isOpen: true, audit: "sign-in", rateLimit: { max: 60, timeWindow: "1 minute" } } as const;

type Form = Readonly<Record<string, string>>;

/** A field of a form; empty when it was not sent. */
export const fieldOf = (request: FastifyRequest, name: string): string =>
  (request.body as Form | undefined)?.[name] ?? "";

/** Answers with a page that no cache keeps. */
export function html(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header("cache-control", "no-store").type("text/html; charset=utf-8").send(page);
}

/** What is said to who has tried too often. */
export const waitWords = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return `There were too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or sign in with a link.`;
};

/** Gives the browser a session of its own; whatever one it had ends. */
export function startSession(
  credentials: Credentials,
  request: FastifyRequest,
  reply: FastifyReply,
  who: User | Principal,
  by?: SignedInWith,
): void {
  request.subject =
    "id" in who ? { who: who.name, by: "user", by_id: who.id } : { who: who.name, by: "link", by_id: "" };
  const before = request.session.get("secret");
  if (before !== undefined) credentials.sessions.end(before);
  request.session.regenerate();
  request.session.set("secret", credentials.sessions.start(who, request.headers["user-agent"] ?? "", by));
  request.session.set("csrf", randomBytes(24).toString("base64url"));
  if (!("id" in who)) return;
  credentials.users.noteSignIn(who.id);
  void reply.setCookie(browserCookie, browserOf(credentials.sessionKey(), who.id), {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: "auto",
    maxAge: browserSeconds,
  });
}
