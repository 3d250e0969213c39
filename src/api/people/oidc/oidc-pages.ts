/** What people read when single sign-on ends elsewhere than in the shop: what happened, and what to do. */
import { escapeHtml } from "../../../report/html.ts";
import { framedPage } from "../../plain-page.ts";

/** Why somebody is not signed in. */
export type Refusal =
  | { readonly kind: "away" }
  | { readonly kind: "unusable" }
  | { readonly kind: "stale" }
  | { readonly kind: "declined" }
  | { readonly kind: "unverified" }
  | { readonly kind: "outside"; readonly email: string }
  | { readonly kind: "nobody"; readonly email: string };

interface Words {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
}

/** @param provider  what the settings call it */
function wordsOf(refusal: Refusal, provider: string): Words {
  switch (refusal.kind) {
    case "away":
      return {
        status: 503,
        heading: "The sign-in service does not answer.",
        text: `This server cannot reach ${provider} at the moment. Try again in a minute.`,
      };
    case "unusable":
      return {
        status: 502,
        heading: "The answer of the sign-in service cannot be used.",
        text: `What ${provider} sent does not fit. Try again; if it stays so, whoever runs this server finds the reason in its log.`,
      };
    case "stale":
      return {
        status: 400,
        heading: "This sign-in was not begun here, or is too old.",
        text: "Each sign-in works once, within ten minutes, in the browser that began it. Begin again.",
      };
    case "declined":
      return {
        status: 403,
        heading: "You have not been signed in.",
        text: `${provider} has ended the sign-in. Begin again, or ask who runs it whether you may use this shop's dashboard.`,
      };
    case "unverified":
      return {
        status: 403,
        heading: "Your e-mail address is not verified.",
        text: `${provider} does not say that your e-mail address is yours. Have it verified there, then begin again.`,
      };
    case "outside":
      return {
        status: 403,
        heading: "Your account may not use this shop.",
        text: `${provider} knows you as ${refusal.email}, which has no role here. Ask an admin of this shop, or sign out there and choose another account.`,
      };
    case "nobody":
      return {
        status: 403,
        heading: "Nobody here has this account.",
        text: `${provider} knows you as ${refusal.email}. Ask an admin of this shop to invite this address, or sign out there and choose another account.`,
      };
  }
}

/** The page and status of a refusal. */
export function refusalPage(refusal: Refusal, provider: string): { readonly status: number; readonly page: string } {
  const { status, heading, text } = wordsOf(refusal, provider);
  const words = text.charAt(0).toUpperCase() + text.slice(1);
  return {
    status,
    page: framedPage(
      heading,
      `<p role="alert">${escapeHtml(words)}</p>\n<p><a href="/sign-in">Back to the sign-in page</a></p>`,
    ),
  };
}

/**
 * Shown for a moment to who is signed in. The browser comes from another site, and sends its session's cookie only with a
 * request that a page of this server makes.
 */
export const arrivedPage = (to: string): string =>
  framedPage("You are signed in.", `<p><a href="${escapeHtml(to)}">Go on to the shop</a></p>`);
