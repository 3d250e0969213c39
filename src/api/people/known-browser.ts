/**
 * A cookie of a browser in which someone has signed in before. Guessing at an account from elsewhere does not shut it out:
 * its attempts are counted by themselves (OWASP, "device cookies"). It signs nobody in.
 */
import { createHmac, randomBytes } from "node:crypto";
import { isSameHash } from "../secret-file.ts";

export const browserCookie = "cartwright_browser";
export const browserSeconds = 365 * 24 * 3600;

const markOf = (key: Buffer, userId: string, number: string): string =>
  createHmac("sha256", key).update(`known browser ${userId} ${number}`).digest("base64url");

/** The cookie of a browser that has just been signed in. */
export function browserOf(key: Buffer, userId: string): string {
  const number = randomBytes(12).toString("base64url");
  return `${userId}.${number}.${markOf(key, userId, number)}`;
}

/** The number of a browser in which this user has signed in before; null for any other cookie. */
export function knownBrowser(key: Buffer, userId: string, cookie: string | undefined): string | null {
  const [id = "", number = "", mark = ""] = (cookie ?? "").split(".");
  return id === userId && isSameHash(mark, markOf(key, userId, number)) ? number : null;
}
