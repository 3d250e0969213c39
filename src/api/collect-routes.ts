/** The door for events, in the form of Segment's HTTP API: its clients work unchanged, and each event gets a verdict. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Collector, Verdict } from "../collect/index.ts";
import type { Config } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { mostSentBytes, readCollectBody } from "./collect-body.ts";
import type { Credentials } from "./credentials.ts";
import { authorityOf } from "./guard.ts";

/** Paths of one message and its kind; the short ones are those of Segment's script for browsers. */
const singleCalls: Readonly<Record<string, string>> = {
  track: "track",
  identify: "identify",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  t: "track",
  i: "identify",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
};
const batchCalls = ["batch", "import", "b"] as const;

export const mostMessages = 5000;
const retryAfterSeconds: Readonly<Record<string, number>> = { collecting_busy: 5, collecting_later: 1 };

export interface CollectParts {
  /** Null where a server collects nothing. */
  readonly collector: Collector | null;
  readonly credentials: Credentials;
  readonly config: Config["collect"];
}

export async function installCollectRoutes(server: FastifyInstance, parts: CollectParts): Promise<void> {
  installScript(server);
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: mostSentBytes }, (_request, body, done) => {
      done(null, body);
    });
    scope.addHook("onRequest", async (request, reply) => allowOrigin(request, reply, parts.config.origins));
    const config = {
      isOpen: true,
      isCollecting: true,
      rateLimit: false,
      problems: ["write_key_unknown", "collecting_busy", "collecting_later"],
    } as const;
    scope.options<{ Params: { call: string } }>("/v1/:call", { config, schema: { hide: true } }, async (_, reply) =>
      reply
        .header("access-control-allow-methods", "POST")
        .header("access-control-allow-headers", "authorization, content-type, content-encoding")
        .header("access-control-max-age", "86400")
        .code(204)
        .send(),
    );
    for (const [path, type] of Object.entries(singleCalls)) {
      scope.post(`/v1/${path}`, { config, schema: documented(path, type) }, async (request, reply) => {
        const body = await bodyOf(request, parts.credentials);
        return await answer(reply, parts, sayAgent(request, [{ ...body, type }]), undefined);
      });
    }
    for (const path of batchCalls) {
      scope.post(`/v1/${path}`, { config, schema: documented(path, "batch") }, async (request, reply) => {
        const { batch, sentAt, context } = await bodyOf(request, parts.credentials);
        if (!Array.isArray(batch))
          throw new CartwrightError("missing_parameter", "the body needs batch", { name: "batch" });
        if (batch.length > mostMessages)
          throw new CartwrightError("request_too_large", `the batch holds ${batch.length} messages`, {
            most: `${mostMessages} messages`,
          });
        const messages = context === undefined ? batch : withContext(batch, context);
        return await answer(reply, parts, sayAgent(request, messages), sentAt);
      });
    }
  });
}

const scriptFile = fileURLToPath(new URL("../../web/dist/snippet/cartwright.js", import.meta.url));

/** The script for shops' pages, which pages of any origin may load. */
function installScript(server: FastifyInstance): void {
  const config = { isOpen: true, isCollecting: true } as const;
  server.get("/cartwright.js", { config, schema: { hide: true } }, async (_request, reply) => {
    if (!existsSync(scriptFile)) throw new CartwrightError("not_found", "the script for pages has not been built");
    return reply
      .header("cache-control", "public, max-age=3600")
      .header("cross-origin-resource-policy", "cross-origin")
      .type("text/javascript; charset=utf-8")
      .send(await readFile(scriptFile));
  });
}

/** What the request says of the context goes to each message that says nothing of its own. */
const withContext = (batch: readonly unknown[], context: unknown): readonly unknown[] =>
  batch.map((one) => (typeof one === "object" && one !== null && !("context" in one) ? { ...one, context } : one));

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === "object" && given !== null && !Array.isArray(given);

/** The browser that sent the request, for messages that do not say it. Only browsers name an origin; a shop's server sends for others. */
function sayAgent({ headers }: FastifyRequest, messages: readonly unknown[]): readonly unknown[] {
  const userAgent = headers["user-agent"];
  if (headers.origin === undefined || userAgent === undefined || userAgent === "") return messages;
  return messages.map((one) => {
    if (!isRecord(one)) return one;
    const { context = {} } = one;
    return isRecord(context) && !("userAgent" in context) ? { ...one, context: { ...context, userAgent } } : one;
  });
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): void {
  const { origin, host = "" } = request.headers;
  void reply.header("vary", "Origin");
  if (origin === undefined) return;
  const isOwn = authorityOf(origin) !== "" && authorityOf(origin) === authorityOf(`${request.protocol}://${host}`);
  if (!isOwn && !allowed.includes(origin))
    throw new CartwrightError("origin_unknown", `${origin} is not among the origins that may send events`);
  void reply.header("access-control-allow-origin", origin);
}

/** The body, once its write key is known: the user of basic authentication, or writeKey in the body where a page cannot set headers. */
async function bodyOf(request: FastifyRequest, credentials: Credentials): Promise<Record<string, unknown>> {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const fromHeader = basic === undefined ? null : (Buffer.from(basic, "base64").toString("utf8").split(":")[0] ?? "");
  if (fromHeader !== null && credentials.findWriteKey(fromHeader) === null) throw unknownKey();
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { writeKey, ...body } = await readCollectBody(bytes, request.headers["content-encoding"]);
  if (fromHeader === null && (typeof writeKey !== "string" || credentials.findWriteKey(writeKey) === null))
    throw unknownKey();
  return body;
}

const unknownKey = (): CartwrightError => new CartwrightError("write_key_unknown", "the write key is not known here");

async function answer(reply: FastifyReply, parts: CollectParts, messages: readonly unknown[], sentAt: unknown) {
  try {
    if (parts.collector === null) throw new CartwrightError("collecting_later", "this server collects nothing");
    const events = await parts.collector.accept(messages, sentAt);
    const count = (verdict: Verdict["verdict"]): number => events.filter((one) => one.verdict === verdict).length;
    return {
      success: true,
      accepted: count("accepted"),
      duplicate: count("duplicate"),
      rejected: count("rejected"),
      events,
    };
  } catch (error) {
    const known = error instanceof CartwrightError ? error : null;
    // The warehouse may be starting again: the client keeps what it has and comes back.
    const code = known && known.code in retryAfterSeconds ? known.code : "collecting_later";
    void reply.header("retry-after", String(retryAfterSeconds[code]));
    throw known?.code === code
      ? known
      : new CartwrightError("collecting_later", "the events were not taken", {}, error);
  }
}

const verdictSchema = {
  type: "object",
  properties: {
    message_id: { type: "string" },
    verdict: { type: "string", enum: ["accepted", "duplicate", "rejected"] },
    reason: { type: "string", description: "Empty when accepted" },
  },
};

const messageSchema = {
  type: "object",
  properties: {
    messageId: { type: "string", description: "By which it counts once; made when not given" },
    userId: { type: "string" },
    anonymousId: { type: "string" },
    event: { type: "string", examples: ["Product Viewed", "Order Completed"] },
    timestamp: { type: "string", format: "date-time" },
    properties: { type: "object", examples: [{ product_id: "1", price: 9.99 }] },
    traits: { type: "object", examples: [{ email: "ada@example.com" }] },
  },
};

/** Short paths and repeated names are there for clients and are not documented a second time. */
function documented(path: string, type: string) {
  if (path !== type) return { hide: true };
  return {
    operationId: `collect-${path}`,
    summary:
      path === "batch" ? "Takes a batch of messages in Segment's form" : `Takes one ${path} message in Segment's form`,
    tags: ["collect"],
    security: [{ write_key: [] }],
    body:
      path === "batch"
        ? { type: "object", properties: { batch: { type: "array", items: messageSchema } }, required: ["batch"] }
        : messageSchema,
    response: {
      200: {
        type: "object",
        description: "Everything accepted is on disk",
        properties: {
          success: { type: "boolean" },
          accepted: { type: "integer" },
          duplicate: { type: "integer" },
          rejected: { type: "integer" },
          events: { type: "array", items: verdictSchema },
        },
      },
    },
  };
}
