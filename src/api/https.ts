/**
 * What holds where everyone reaches the server over HTTPS alone (`server.https`): every cookie is Secure and says so in its name, so
 * that none can be set from outside of HTTPS. One place for all cookies: none of those who set them has to think of it.
 */
import type { FastifyInstance } from "fastify";

const prefix = "__Secure-";

/** Cookies of this name only, by the names the server itself uses; others that came along are nobody's. */
const secureOnly = (header: string): string =>
  header
    .split(/; */)
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length))
    .join("; ");

const secured = (cookie: string): string => `${prefix}${cookie}${/;\s*secure\b/i.test(cookie) ? "" : "; Secure"}`;

/** Before cookies are read. */
export function readSecureCookies(server: FastifyInstance): void {
  server.addHook("onRequest", async ({ raw }) => {
    if (raw.headers.cookie !== undefined) raw.headers.cookie = secureOnly(raw.headers.cookie);
  });
}

/** After cookies are written. */
export function writeSecureCookies(server: FastifyInstance): void {
  server.addHook("onSend", async (_request, reply, payload) => {
    const given = reply.getHeader("set-cookie");
    if (given === undefined) return payload;
    const cookies = [given].flat().map((cookie) => secured(String(cookie)));
    reply.removeHeader("set-cookie");
    void reply.header("set-cookie", cookies);
    return payload;
  });
}

/** A year, which browsers remember by themselves. */
export const transportSecurity = { maxAge: 31_536_000, includeSubDomains: false } as const;
