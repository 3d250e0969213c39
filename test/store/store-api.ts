/** The store's API in a process of its own database: a server that listens nowhere, and browsers that talk to it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { Credentials } from "../../src/api/credentials.ts";
import type { Role } from "../../src/api/role.ts";
import { createServer } from "../../src/api/server.ts";
import { type ServiceParts, storeServices } from "../../src/api/store/services.ts";
import { configSchema } from "../../src/config.ts";
import type { Mail } from "../../src/store/mail/mailer.ts";
import type { Workspace } from "../../src/workspace.ts";
import { fixedClock } from "../support/shop.ts";
import { address, type Shop } from "./shops.ts";

export const password = "correct horse battery";

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the route promises, and fail when it is not there
  readonly body: any;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Browser {
  readonly call: (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly cookies: Map<string, string>;
}

export interface StoreApi {
  readonly server: FastifyInstance;
  readonly mails: Mail[];
  /** A browser without cookies. */
  readonly browser: () => Browser;
  /** A browser of a shopper who has just signed up. */
  readonly signedUp: (email: string) => Promise<Browser>;
  /** Calls with a token of a role. */
  readonly as: (role: Role, method: Method, path: string, body?: unknown) => Promise<Answer>;
  /** The token of a role that has called. */
  readonly token: (role: Role) => string;
  readonly close: () => Promise<void>;
}

export async function openStoreApi(shop: Shop, parts: ServiceParts = {}): Promise<StoreApi> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-store-api-"));
  const clock = fixedClock();
  const folders = { root: folder };
  const workspace = { config: configSchema.parse({ currency: "GBP" }), clock, folders } as unknown as Workspace;
  const credentials = new Credentials(folder, clock);
  const mails: Mail[] = [];
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail);
    },
  };
  // There is no warehouse beside this store: comparing with one is tried where there is.
  const reconcile = async () => [];
  const own = { open: async () => shop.connection, mailer, reconcile, patienceMs: 50 };
  const store = storeServices(workspace, { ...own, ...parts });
  const server = await createServer({ workspace, credentials, logFile: null, store });
  await server.ready();
  // Each browser has an address of its own, as the limits of requests are by address.
  let count = 0;
  const tokens = new Map<Role, string>();

  async function send(method: Method, path: string, body: unknown, headers: Record<string, string>, from: string) {
    return await server.inject({
      method,
      url: `/api/v1/store${path}`,
      remoteAddress: from,
      headers,
      ...(body === undefined ? {} : { payload: body as object }),
    });
  }

  function browser(): Browser {
    count += 1;
    const from = `10.0.${count >> 8}.${count & 255}`;
    const cookies = new Map<string, string>();
    let csrf = "";
    return {
      cookies,
      call: async (method, path, body, headers = {}) => {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const sent = { ...(cookie === "" ? {} : { cookie, "x-csrf-token": csrf }), ...headers };
        const answer = await send(method, path, body, sent, from);
        for (const { name, value } of answer.cookies) value === "" ? cookies.delete(name) : cookies.set(name, value);
        const read = answer.body === "" ? null : answer.json();
        if (cookies.size > 0) csrf = read?.csrf_token ?? (await freshCsrf(cookies, from)) ?? csrf;
        return { status: answer.statusCode, body: read };
      },
    };
  }

  async function freshCsrf(cookies: Map<string, string>, from: string): Promise<string | null> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send("GET", "/session", undefined, { cookie }, from);
    for (const { name, value } of answer.cookies) cookies.set(name, value);
    return (answer.json() as { csrf_token: string | null }).csrf_token;
  }

  return {
    server,
    mails,
    browser,
    signedUp: async (email) => {
      const made = browser();
      const { status, body } = await made.call("POST", "/sign-up", { email, name: "Test Shopper", password });
      if (status !== 201) throw new Error(`sign-up: ${JSON.stringify(body)}`);
      return made;
    },
    as: async (role, method, path, body) => {
      const token = tokens.get(role) ?? credentials.createToken({ name: role, role }).secret;
      tokens.set(role, token);
      const answer = await send(method, path, body, { authorization: `Bearer ${token}` }, "10.1.0.1");
      return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
    },
    token: (role) => tokens.get(role) ?? "",
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let keys = 0;

/** What a shopper sends to order their cart. */
export const checkoutOf = (more: object = {}) => {
  keys += 1;
  return { key: `a-random-key-${String(keys).padStart(8, "0")}`, address, ...more };
};

/** The secret of the link in the newest mail. */
export const secretIn = (mails: readonly Mail[]): string => /token=([\w-]+)/.exec(mails.at(-1)?.body ?? "")?.[1] ?? "";
