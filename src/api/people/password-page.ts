import { escapeHtml } from "../../report/html.ts";
import { framedPage } from "../plain-page.ts";
import { leastLength, mostLength } from "./password-rules.ts";

interface PasswordView {
  readonly name: string;
  readonly email: string;
  /** What allows it: the secret of a link, or the CSRF token of who is signed in and knows the present password. */
  readonly by: { readonly token: string } | { readonly csrf: string };
  readonly fault?: string;
}

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
const present =
  '<label>Present password<input type="password" name="present" autocomplete="current-password" required autofocus></label>';

/** The page on which someone chooses a password. */
export const passwordPage = ({ name, email, by, fault }: PasswordView): string =>
  framedPage(
    `Choose a password, ${escapeHtml(name)}.`,
    `<p id="rule">At least ${leastLength} characters; several words are easy to remember and hard to guess.</p>
${fault === undefined ? "" : `<p class="wrong" role="alert">${escapeHtml(fault)}</p>`}
<form method="post" action="/password">
${"token" in by ? hidden("token", by.token) : hidden("csrf", by.csrf)}
<label>E-mail address<input type="email" value="${escapeHtml(email)}" autocomplete="username" readonly></label>
${"token" in by ? "" : present}
<label>New password<input type="password" name="password" autocomplete="new-password" minlength="${leastLength}" maxlength="${mostLength}" aria-describedby="rule" required ${"token" in by ? "autofocus" : ""}></label>
<label>New password once more<input type="password" name="repeated" autocomplete="new-password" required></label>
<button>${"token" in by ? "Save and sign in" : "Save, and sign out everywhere else"}</button>
</form>`,
  );

/** What is shown for a link that opens nothing. */
export const spentLinkPage = (): string =>
  framedPage(
    "This link has been used, or is too old.",
    `<p>Ask an admin for a new one. If you have chosen a password already, <a href="/sign-in">sign in</a> with it.</p>`,
  );

/** What is shown to who is signed in and has none: another way leads in. */
export const noPasswordPage = (): string =>
  framedPage(
    "You have no password here.",
    `<p>You sign in with single sign-on. An admin can make a link with which you choose a password.</p>`,
  );
