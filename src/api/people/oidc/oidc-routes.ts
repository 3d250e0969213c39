/** Signing in through a provider of OpenID Connect: there, and back again. Pages without scripts. */
import type { Session } from "@fastify/secure-session";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import type { Credentials } from "../../credentials.ts";
import { html, slowly, startSession } from "../form-pages.ts";
import { placeOf } from "../sign-in-page.ts";
import type { User } from "../users.ts";
import { admit } from "./admit.ts";
import { arrivedPage, type Refusal, refusalPage } from "./oidc-pages.ts";
import { callbackPath, type Expected, type Provider, startPath } from "./provider.ts";

/** A sign-in on its way, in a sealed cookie of the browser that began it. */
interface SignInFlow extends Expected {
  /** The address that was asked for. */
  readonly to: string;
  /** The session that the browser had: its cookie does not come along from another site, and the session ends. */
  readonly before: string | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    /** There where a provider is configured. */
    signInFlow: Session<{ flow: SignInFlow }>;
  }
}

const flowSeconds = 600;
const hide = { hide: true } as const;

/** The cookie of a sign-in on its way: it must come along when the provider sends the browser back, so it is not strict. */
export const flowCookie = (key: Buffer, address: string) => ({
  key,
  sessionName: "signInFlow",
  cookieName: "cartwright_oidc",
  expiry: flowSeconds,
  cookie: {
    path: startPath,
    httpOnly: true,
    sameSite: "lax",
    secure: address.startsWith("https:"),
    maxAge: flowSeconds,
  } as const,
});

/** What the log may hold of a fault: neither tokens nor claims nor what the provider wrote. */
function loggedFault(error: unknown) {
  if (!(error instanceof Error)) return { name: "unknown" };
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return { name: error.name, code: Reflect.get(error, "code"), message: error.message, oauth: oauthCode(error), cause };
}

/** The error code of OAuth that the provider gave; undefined when it gave none that is one. */
function oauthCode(error: unknown): string | undefined {
  const isAnswer = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError;
  return isAnswer && /^\w{1,60}$/.test(error.error) ? error.error : undefined;
}

const awayCodes = ["OAUTH_TIMEOUT", "OAUTH_ABORT", "OAUTH_RESPONSE_IS_NOT_CONFORM"];

/** Where it went wrong: the provider is away, says no, or says what must not be believed. */
function refusalOf(error: unknown): Refusal {
  const said = oauthCode(error) ?? "";
  if (["server_error", "temporarily_unavailable"].includes(said)) return { kind: "away" };
  if (error instanceof AuthorizationResponseError) return { kind: "declined" };
  if (error instanceof ResponseBodyError) return { kind: said === "invalid_grant" ? "stale" : "unusable" };
  if (error instanceof ClientError) return { kind: awayCodes.includes(error.code ?? "") ? "away" : "unusable" };
  return { kind: error instanceof TypeError && error.cause instanceof Error ? "away" : "unusable" };
}

export function installOidc(server: FastifyInstance, credentials: Credentials, provider: Provider): void {
  const { name, address, client_secret_env } = provider.settings;

  function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, user: User | null = null) {
    // Who is nobody here stands in no log.
    if (user) request.subject = { who: user.name, by: "user", by_id: user.id };
    const { status, page } = refusalPage(refusal, name);
    return html(reply, status, page);
  }

  function fail(request: FastifyRequest, reply: FastifyReply, error: unknown) {
    request.log.warn({ fault: loggedFault(error) }, "single sign-on has failed");
    return refuse(request, reply, refusalOf(error));
  }

  server.get<{ Querystring: { to?: string } }>(startPath, { config: slowly, schema: hide }, async (request, reply) => {
    if (!provider.hasSecret) {
      request.log.error({ variable: client_secret_env }, "single sign-on has no client secret: set this variable");
      return refuse(request, reply, { kind: "unusable" });
    }
    const begun = await provider.begin().catch((error: unknown) => ({ error }));
    if ("error" in begun) return fail(request, reply, begun.error);
    const before = request.session.get("secret");
    request.signInFlow.set("flow", { ...begun.expected, to: placeOf(request.query.to), before });
    return reply.header("cache-control", "no-store").redirect(begun.url.href, 303);
  });

  server.get(callbackPath, { config: slowly, schema: hide }, async (request, reply) => {
    const flow = request.signInFlow.get("flow");
    const query = new URL(request.url, address).searchParams;
    void reply.header("referrer-policy", "no-referrer");
    if (!flow || query.get("state") !== flow.state) return refuse(request, reply, { kind: "stale" });
    request.signInFlow.delete();
    const vouched = await provider.finish(query.toString(), flow).catch((error: unknown) => ({ error }));
    if ("error" in vouched) return fail(request, reply, vouched.error);
    const admission = admit(credentials.users, provider.settings, vouched);
    if (admission.kind !== "in")
      return refuse(request, reply, admission, admission.kind === "unverified" ? null : admission.user);
    if (flow.before !== undefined) credentials.sessions.end(flow.before);
    startSession(credentials, request, reply, admission.user, "provider");
    if (request.subject) request.subject = { ...request.subject, on: admission.note };
    // Whole, so that it stays on this server whatever the path begins with.
    const { href } = new URL(flow.to, address);
    return html(reply.header("refresh", `0; url=${href}`), 200, arrivedPage(href));
  });
}
