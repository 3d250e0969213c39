import { escapeHtml } from "../../report/html.ts";
import { framedPage, plainPage } from "../plain-page.ts";

const linkWords =
  "Open the sign-in link that the terminal printed when Cartwright started. Each link works once. For a new one, run this in the shop's folder:";
const linkCommand = "npx cartwright link";

/** What the page shows; `to` is the address that was asked for. */
export interface SignInView {
  /** Whether anybody has a password; else there is nothing to type. */
  readonly hasPasswords: boolean;
  readonly to?: string;
  /** What went wrong, in plain words. */
  readonly fault?: string;
  /** What was typed before. */
  readonly email?: string;
}

/** An address of this server; the start for anything else. */
export const placeOf = (given: unknown): string =>
  typeof given === "string" && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(given) && !given.startsWith("/sign-") ? given : "/";

/** The page shown to someone who is not signed in. */
export function signInPage({ hasPasswords, to, fault, email = "" }: SignInView): string {
  if (!hasPasswords) return plainPage(fault ?? "Sign in to see this shop.", linkWords, linkCommand);
  return framedPage(
    "Sign in to see this shop.",
    `${fault === undefined ? "" : `<p class="wrong" role="alert">${escapeHtml(fault)}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${escapeHtml(placeOf(to))}">
<label>E-mail address<input type="email" name="email" value="${escapeHtml(email)}" autocomplete="username" required ${email === "" ? "autofocus" : ""}></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required ${email === "" ? "" : "autofocus"}></label>
<button>Sign in</button>
</form>
<details>
<summary>Sign in with a link, or the password is forgotten</summary>
<p>An admin can make a link with which you choose a new password. ${linkWords}</p>
<code>${linkCommand}</code>
</details>`,
  );
}
