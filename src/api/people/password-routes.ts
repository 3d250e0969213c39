/** Choosing a password with a link, and changing it while signed in: one page without scripts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SignInSettings } from "../../config.ts";
import type { Credentials } from "../credentials.ts";
import { isSameHash } from "../secret-file.ts";
import { fieldOf, html, slowly, startSession, waitWords } from "./form-pages.ts";
import { hashPassword } from "./hashing.ts";
import { browserCookie } from "./known-browser.ts";
import { noPasswordPage, passwordPage, spentLinkPage } from "./password-page.ts";
import { faultOf, passwordForm } from "./password-rules.ts";
import { judgeSignIn } from "./sign-in.ts";
import { signInPage, signInWays } from "./sign-in-page.ts";
import type { User } from "./users.ts";

const hide = { hide: true } as const;

/** Why a form's new password is not taken, as a sentence; null when it is. */
function newFault(request: FastifyRequest, user: User): string | null {
  const password = fieldOf(request, "password");
  const wrong = faultOf(password, user);
  if (wrong !== null) return `The password ${wrong}.`;
  return password === fieldOf(request, "repeated") ? null : "The two passwords differ.";
}

/** The user who is signed in; null for nobody and for who came by a link of the command line, who has no password. */
function userOf(request: FastifyRequest, { users }: Credentials): User | null {
  const by = request.signedInBy;
  return by?.kind === "user" ? users.byId(by.id) : null;
}

export function installPasswordPages(
  server: FastifyInstance,
  credentials: Credentials,
  settings: SignInSettings,
): void {
  const { users } = credentials;
  const askToSignIn = (reply: FastifyReply) =>
    html(reply, 401, signInPage({ ways: signInWays(users, settings), to: "/password" }));
  const newHash = async (request: FastifyRequest): Promise<string> =>
    await hashPassword(passwordForm(fieldOf(request, "password")));

  server.get<{ Querystring: { token?: string } }>(
    "/password",
    { config: slowly, schema: hide },
    async (request, reply) => {
      const { token } = request.query;
      if (token === undefined) {
        const user = userOf(request, credentials);
        if (!user) return askToSignIn(reply);
        if (user.password_hash === null) return html(reply, 404, noPasswordPage());
        return html(reply, 200, passwordPage({ ...user, by: { csrf: request.session.get("csrf") ?? "" } }));
      }
      const user = users.ofLink(String(token));
      return user ? html(reply, 200, passwordPage({ ...user, by: { token } })) : html(reply, 404, spentLinkPage());
    },
  );

  server.post("/password", { config: slowly, schema: hide }, async (request, reply) => {
    const token = fieldOf(request, "token");
    if (token === "") return await change(request);
    const user = users.ofLink(token);
    if (!user) return html(reply, 404, spentLinkPage());
    const fault = newFault(request, user);
    if (fault !== null) return html(reply, 422, passwordPage({ ...user, by: { token }, fault }));
    const taken = users.takeLink(token, await newHash(request));
    if (!taken) return html(reply, 404, spentLinkPage());
    startSession(credentials, request, reply, taken);
    return reply.redirect("/", 303);

    async function change(request: FastifyRequest) {
      const user = userOf(request, credentials);
      const csrf = request.session.get("csrf") ?? "";
      if (!user || !isSameHash(csrf, fieldOf(request, "csrf"))) return askToSignIn(reply);
      request.subject = { who: user.name, by: "user", by_id: user.id };
      const refuse = (status: number, fault: string) =>
        html(reply, status, passwordPage({ ...user, by: { csrf }, fault }));
      const fault = newFault(request, user);
      if (fault !== null) return refuse(422, fault);
      const outcome = await judgeSignIn(credentials, {
        email: user.email,
        password: fieldOf(request, "present"),
        address: request.ip,
        browser: request.cookies[browserCookie],
      });
      if (outcome.kind === "wait") {
        void reply.header("retry-after", outcome.seconds);
        return refuse(429, waitWords(outcome.seconds));
      }
      if (outcome.kind === "refused") return refuse(422, "The present password is another one.");
      startSession(credentials, request, reply, users.setPassword(user.id, await newHash(request)));
      return reply.redirect("/", 303);
    }
  });
}
