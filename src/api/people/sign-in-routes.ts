/** Signing in by link and by password, and signing out: pages without scripts. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Clock } from "../../clock.ts";
import { type SignInSettings, secretFromEnvironment } from "../../config.ts";
import type { Credentials } from "../credentials.ts";
import { fieldOf, html, slowly, startSession, waitWords } from "./form-pages.ts";
import { browserCookie } from "./known-browser.ts";
import { installOidc } from "./oidc/oidc-routes.ts";
import { Provider } from "./oidc/provider.ts";
import { installPasswordPages } from "./password-routes.ts";
import { judgeSignIn } from "./sign-in.ts";
import { passwordsOff, placeOf, type SignInView, signInPage, signInWays } from "./sign-in-page.ts";

const formBytes = 16_384;
const hide = { hide: true } as const;

export async function installSignIn(
  server: FastifyInstance,
  credentials: Credentials,
  settings: SignInSettings,
  clock: Clock,
): Promise<void> {
  const { users } = credentials;
  const show = (reply: FastifyReply, status: number, view: Omit<SignInView, "ways">): FastifyReply =>
    html(reply, status, signInPage({ ways: signInWays(users, settings), ...view }));
  const { passwords, oidc } = settings;
  if (oidc)
    installOidc(server, credentials, new Provider(oidc, () => secretFromEnvironment(oidc.client_secret_env), clock));

  server.post("/sign-out", { config: { audit: "sign-in" }, schema: hide }, async (request, reply) => {
    const secret = request.session.get("secret");
    if (secret !== undefined) credentials.sessions.end(secret);
    const { principal, signedInBy } = request;
    if (principal && signedInBy) request.subject = { who: principal.name, by: signedInBy.kind, by_id: signedInBy.id };
    request.session.delete();
    // Answers that the browser has kept are not for whoever sits there next.
    return reply.header("clear-site-data", '"cache"').code(204).send();
  });

  await server.register(async (pages) => {
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: formBytes },
      (_request, body, done) => {
        done(null, Object.fromEntries(new URLSearchParams(String(body))));
      },
    );

    pages.get<{ Querystring: { token?: string; to?: string } }>(
      "/sign-in",
      { config: { ...slowly, rateLimit: { max: 20, timeWindow: "1 minute" } }, schema: hide },
      async (request, reply) => {
        const { token, to } = request.query;
        if (token === undefined) return show(reply, 200, { to: placeOf(to) });
        const principal = credentials.redeemLink(String(token));
        if (!principal) return show(reply, 401, { fault: "This sign-in link has been used, or is too old." });
        startSession(credentials, request, reply, principal);
        return reply.redirect("/", 303);
      },
    );

    pages.post("/sign-in", { config: slowly, schema: hide }, async (request, reply) => {
      if (!passwords) return show(reply, 403, { fault: passwordsOff });
      const [email, to] = [fieldOf(request, "email"), placeOf(fieldOf(request, "to"))];
      const outcome = await judgeSignIn(credentials, {
        email,
        password: fieldOf(request, "password"),
        address: request.ip,
        browser: request.cookies[browserCookie],
      });
      if (outcome.kind === "wait") {
        void reply.header("retry-after", outcome.seconds);
        return show(reply, 429, { to, email, fault: waitWords(outcome.seconds) });
      }
      // Who is nobody here stands in no log: it would grow by what strangers send.
      if (outcome.kind === "refused" && outcome.user)
        request.subject = { who: outcome.user.name, by: "user", by_id: outcome.user.id };
      if (outcome.kind === "refused")
        return show(reply, 401, { to, email, fault: "No one has this e-mail address with this password." });
      startSession(credentials, request, reply, outcome.user);
      return reply.redirect(to, 303);
    });

    if (passwords) return installPasswordPages(pages, credentials, settings);
    pages.all("/password", { config: slowly, schema: hide }, (_request, reply) =>
      show(reply, 403, { fault: passwordsOff }),
    );
  });
}
