import type { OidcSettings, SignInSettings } from "../../config.ts";
import { escapeHtml } from "../../report/html.ts";
import { framedPage, plainPage } from "../plain-page.ts";
import type { Users } from "./users.ts";

const linkWords =
  "Open the sign-in link that the terminal printed when Cartwright started. Each link works once. For a new one, run this in the shop's folder:";
const linkCommand = "npx cartwright link";

export const passwordsOff = "Passwords are switched off here.";

/** How somebody can sign in. */
export interface SignInWays {
  /** Whether anybody has a password and may use it; else there is nothing to type. */
  readonly hasPasswords: boolean;
  readonly provider: Pick<OidcSettings, "name" | "address"> | null;
}

export const signInWays = ({ hasPasswords }: Users, { passwords, oidc }: SignInSettings): SignInWays => ({
  hasPasswords: passwords && hasPasswords,
  provider: oidc ?? null,
});

/** What the page shows; `to` is the address that was asked for. */
export interface SignInView {
  readonly ways: SignInWays;
  readonly to?: string;
  /** What went wrong, in plain words. */
  readonly fault?: string;
  /** What was typed before. */
  readonly email?: string;
}

/** An address of this server; the start for anything else. */
export const placeOf = (given: unknown): string =>
  typeof given === "string" && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(given) && !given.startsWith("/sign-") ? given : "/";

/** At the address that the provider sends back to, whatever this one is called here. */
const providerButton = ({ name, address }: NonNullable<SignInWays["provider"]>, to: string): string =>
  `<a class="button" href="${escapeHtml(`${address}/sign-in/oidc?to=${encodeURIComponent(to)}`)}">Sign in with ${escapeHtml(name)}</a>\n`;

const passwordForm = (email: string, to: string): string => `<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${escapeHtml(to)}">
<label>E-mail address<input type="email" name="email" value="${escapeHtml(email)}" autocomplete="username" required ${email === "" ? "autofocus" : ""}></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required ${email === "" ? "" : "autofocus"}></label>
<button>Sign in</button>
</form>
`;

/** The page shown to someone who is not signed in. */
export function signInPage({ ways, to, fault, email = "" }: SignInView): string {
  const { hasPasswords, provider } = ways;
  if (!hasPasswords && !provider) return plainPage(fault ?? "Sign in to see this shop.", linkWords, linkCommand);
  const place = placeOf(to);
  return framedPage(
    "Sign in to see this shop.",
    `${fault === undefined ? "" : `<p class="wrong" role="alert">${escapeHtml(fault)}</p>`}
${provider ? providerButton(provider, place) : ""}${hasPasswords ? passwordForm(email, place) : ""}<details>
<summary>Sign in with a link${hasPasswords ? ", or the password is forgotten" : ""}</summary>
<p>${hasPasswords ? "An admin can make a link with which you choose a new password. " : ""}${linkWords}</p>
<code>${linkCommand}</code>
</details>`,
  );
}
