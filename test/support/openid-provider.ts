/** A real provider of OpenID Connect on this machine, and somebody who signs in there by its forms. */
import { createHmac, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export type ProviderClaims = Readonly<Record<string, unknown>>;

export interface OpenIdProvider {
  readonly issuer: string;
  /** What is known of who signs in under a login, which is also the subject unless `sub` says otherwise. */
  readonly accounts: Map<string, ProviderClaims>;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Answers in the provider's stead; it does so while it returns true. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** An ID token of these claims: signed with the provider's key, with a shared secret, or not at all. */
  readonly idToken: (claims: ProviderClaims, alg?: "RS256" | "HS256" | "none") => string;
  /** Signs in as a login at an address of the provider, or turns back; where the provider then sends the browser. */
  readonly visit: (address: string, login: string | null) => Promise<URL>;
  readonly close: () => Promise<void>;
}

export const clientId = "cartwright";
export const clientSecret = "a secret of the test's alone, and of no one else";

/** A key to sign with, in the form in which providers keep theirs. */
export const signingKey = (kid: string) => ({
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "RS256",
});

type SigningKey = ReturnType<typeof signingKey>;

function signatureOf(key: SigningKey, text: string, alg: "RS256" | "HS256" | "none"): Buffer {
  if (alg === "none") return Buffer.alloc(0);
  if (alg === "HS256") return createHmac("sha256", clientSecret).update(text).digest();
  return sign("sha256", Buffer.from(text), createPrivateKey({ key, format: "jwk" }));
}

function idTokenOf(key: SigningKey, claims: ProviderClaims, alg: "RS256" | "HS256" | "none"): string {
  const parts = [{ alg, kid: key.kid }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const text = parts.join(".");
  return `${text}.${signatureOf(key, text, alg).toString("base64url")}`;
}

function providerOf(
  issuer: string,
  redirectUri: string,
  accounts: Map<string, ProviderClaims>,
  key: SigningKey,
): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "groups", "realm_access"],
    },
    jwks: { keys: [key] } as never,
    cookies: { keys: ["of the test"] },
    pkce: { required: () => true },
    // The login is the account; what it is called inside is told as the subject.
    findAccount: (_context, login) => {
      const known = accounts.get(login);
      return known && { accountId: login, claims: () => ({ ...known, sub: String(known.sub ?? login) }) };
    },
  });
}

/** Follows the provider's redirects and fills in its forms until it sends the browser elsewhere. */
async function visit(issuer: string, address: string, login: string | null): Promise<URL> {
  const jar = new Map<string, string>();
  let next = new URL(address);
  let form: Record<string, string> | null = null;
  for (let step = 0; step < 20; step += 1) {
    const answer: Response = await fetch(next, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const page: string = await answer.text();
    const location = answer.headers.get("location");
    if (location !== null) {
      next = new URL(location, next);
      form = null;
      if (next.origin !== issuer) return next;
      continue;
    }
    const [, action, prompt] = /action="([^"]+)"[\s\S]*?name="prompt" value="(login|consent)"/.exec(page) ?? [];
    if (action === undefined || prompt === undefined) throw new Error(`${answer.status} ${next.pathname}: ${page}`);
    if (login === null) next = new URL(`${next.href}/abort`);
    else {
      next = new URL(action);
      form = prompt === "login" ? { prompt, login, password: "any" } : { prompt };
    }
  }
  throw new Error("the provider goes in circles");
}

/** @param redirectUri  the only address to which it sends people back */
export async function openIdProvider(redirectUri: string): Promise<OpenIdProvider> {
  const accounts = new Map<string, ProviderClaims>();
  const asked: string[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = signingKey("first");
  const answer = providerOf(issuer, redirectUri, accounts, key).callback();
  const self: OpenIdProvider = {
    issuer,
    accounts,
    asked,
    instead: null,
    idToken: (claims, alg = "RS256") => idTokenOf(key, claims, alg),
    visit: (address, login) => visit(issuer, address, login),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on("request", (request, response) => {
    asked.push(request.url?.split("?")[0] ?? "");
    if (!self.instead?.(request, response)) void answer(request, response);
  });
  return self;
}
