// Requests of every kind to every operation that a server documents, as everybody, and what is wrong with its answers.
import { gzipSync } from "node:zlib";
import { createRandom } from "../../dist/stats/random.js";
import { ownIds } from "./fuzz-callers.mjs";
import { makeRequest, nasty } from "./schema-requests.mjs";

/** @typedef {import("./openapi-routes.mjs").ApiRoute} ApiRoute */
/** @typedef {import("./fuzz-callers.mjs").Caller} Caller */
/** @typedef {import("./fuzz-callers.mjs").Answer} Answer */
/** @typedef {{ method: string, url: string, payload?: string | Buffer, type?: string }} Asked */
/** @typedef {() => number} Uniform */

/**
 * What takes long or cannot be taken back: so many times may it be done, then only those ask it who may not. Everything else is
 * asked without a limit.
 *
 * @type {Readonly<Record<string, number>>}
 */
export const rationed = {
  "erase-person": 3,
  "export-person": 20,
  "let-go": 2,
  "dump-store": 3,
  "experiment-aa": 20,
};
const trainings = 2;

/** @param {string} name */
const rationOf = (name) => (/^train-/.test(name) ? trainings : (rationed[name] ?? Number.POSITIVE_INFINITY));

/** @template T @param {readonly T[]} list @param {Uniform} random @returns {T} */
const pick = (list, random) => /** @type {T} */ (list[Math.floor(random() * list.length)]);

/** Answers that say the server is busy or will be back in a moment; everything else from 500 on is a fault. */
const mayWait = new Set(["collecting_later"]);

/** Where ids of one kind are listed: the part of the address that names the kind. @param {string} url */
const kindOf = (url) => url.replace(/^\/api\/v1\/(store\/)?(desk\/)?/, "").split(/[/?]/)[0] ?? "";

/** Ids and names that answers told, by kind and field, for paths to name what is there. */
function harvest() {
  /** @type {Map<string, unknown[]>} */
  const found = new Map();
  /** @param {string} kind @param {unknown} value @param {number} depth */
  const walk = (kind, value, depth) => {
    if (typeof value !== "object" || value === null || depth > 4) return;
    for (const [name, one] of Object.entries(value).slice(0, 30)) {
      const isId = /(^|_)(id|name|slug|code|batch_key)$/.test(name) && ["string", "number"].includes(typeof one);
      if (isId && !ownIds.has(/** @type {string} */ (one))) {
        const list = found.get(`${kind}.${name}`) ?? [];
        found.set(`${kind}.${name}`, [...list.slice(-100), one]);
        if (name.includes("_")) found.set(`.${name}`, [...(found.get(`.${name}`) ?? []).slice(-100), one]);
      } else walk(kind, one, depth + 1);
    }
  };
  return {
    /** @param {string} url @param {unknown} body */
    note: (url, body) => walk(kindOf(url), body, 0),
    /** @param {string} url @param {Uniform} random */
    of: (url, random) => (/** @type {string} */ name) => {
      const field = name === "batch" ? "batch_key" : name;
      const list = found.get(`${kindOf(url)}.${field}`) ?? found.get(`.${field}`) ?? [];
      return list.length > 0 && random() < 0.7 ? pick(list, random) : undefined;
    },
  };
}

/** One way in ten: bodies that are not what they say, and headers that lie. @param {Asked} asked @param {Uniform} random */
function twisted(asked, random) {
  const json = { "content-type": "application/json" };
  /** @type {(() => { headers: Record<string, string>, payload?: string | Buffer | undefined })[]} */
  const bodies = [
    () => ({ headers: json, payload: "{" }),
    () => ({ headers: json, payload: "[".repeat(50_000) }),
    () => ({ headers: json, payload: '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}' }),
    () => ({ headers: json, payload: JSON.stringify("a".repeat(1_100_000)) }),
    () => ({ headers: json, payload: "" }),
    () => ({ headers: json, payload: "null" }),
    () => ({ headers: json, payload: Buffer.from([0xff, 0xfe, 0x00, 0x7b]) }),
    () => ({
      headers: {
        "content-type": pick(["text/xml", "multipart/form-data", "a/b;=", "", "application/json;charset=x"], random),
      },
      payload: "<a/>",
    }),
    () => ({ headers: { ...json, "content-encoding": "gzip" }, payload: gzipSync("{}").subarray(0, 12) }),
    () => ({
      headers: { ...json, "content-encoding": pick(["gzip", "br", "deflate", "zstd"], random) },
      payload: "{}",
    }),
    () => ({ headers: { ...json, "content-encoding": "gzip" }, payload: gzipSync(Buffer.alloc(20_000_000, 32)) }),
  ];
  const lies = [
    { "x-forwarded-for": "10.0.0.1, evil", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { "if-none-match": pick(nasty, random).replace(/[^\x20-\x7e]/g, "") },
    { accept: pick(["text/html", "*/*;q=0", "application/xml", ";"], random) },
    { origin: pick(["http://evil.example", "null", "::"], random) },
    { host: pick(["evil.example", "127.0.0.1:1", "[::1", ""], random) },
    { range: "bytes=0-999999999999" },
    { "x-http-method-override": "DELETE" },
    { "transfer-encoding": "chunked" },
    { cookie: `cartwright_session=${"a".repeat(3000)}; cartwright_shopper=;;==` },
    { authorization: pick(["Bearer", "Basic !!!", "Share", "Digest a=b", "Basic Og=="], random) },
  ];
  if (asked.method === "GET" || random() < 0.4) return { payload: asked.payload, headers: pick(lies, random) };
  return { payload: undefined, ...pick(bodies, random)() };
}

/** Whom an operation is asked by: mostly by those who may. @param {ApiRoute} route @param {any} callers @param {Caller} shopper @param {Uniform} random @returns {Caller} */
function callerOf(route, callers, shopper, random) {
  const chance = random();
  if (chance < 0.08) return pick(callers.odd, random);
  if (route.url.startsWith("/v1/")) return chance < 0.85 ? callers.key : pick(callers.staff, random);
  if (route.role === undefined) return chance < 0.85 ? shopper : pick(callers.staff, random);
  if (chance < 0.2) return pick(callers.narrow, random);
  return chance < 0.35 ? callers.session : pick(callers.staff, random);
}

/** What is wrong with an answer; null when nothing is. @param {ApiRoute} route @param {Answer} answer @returns {string | null} */
export function faultOf(route, { status, headers, body }) {
  const type = String(headers["content-type"] ?? "");
  if (Object.keys(headers).some((name) => name.startsWith("x-injected"))) return "a header was injected";
  if (status >= 400 && !type.startsWith("application/problem+json") && route.name !== "mcp" && route.name !== "readyz")
    return `${status} is no problem document`;
  const problem = type.startsWith("application/problem+json") ? JSON.parse(body) : null;
  if (problem && (problem.status !== status || !problem.code || !problem.remedy))
    return `${status} is an odd problem document`;
  if (status >= 500 && !mayWait.has(problem?.code)) return `${status} ${problem?.code ?? ""}`;
  if (!route.statuses.has(status)) return `${status} is not documented (${problem?.code ?? ""})`;
  const schema = status < 300 && type.startsWith("application/json") ? route.schemaOf(status) : null;
  if (!schema) return null;
  const outcome = schema.safeParse(JSON.parse(body));
  const issue = outcome.error?.issues[0];
  return issue ? `${status} is not as documented: ${issue.path.join(".")} ${issue.message}` : null;
}

/**
 * @param {{ send: (asked: any) => Promise<Answer>, routes: readonly ApiRoute[], callers: any, newShopper: (number: number) => Promise<Caller>, count: number, seed: number, seeds?: number, workers?: number, mostMs?: number }} parts
 */
export async function fuzz({
  send,
  routes,
  callers,
  newShopper,
  count,
  seed,
  seeds = 1,
  workers = 6,
  mostMs = Number.POSITIVE_INFINITY,
}) {
  /** @type {Record<string, number>} */
  const statuses = {};
  /** @type {Map<string, { count: number, example: string }>} */
  const faults = new Map();
  /** @type {Map<string, number>} */
  const successes = new Map();
  const known = harvest();
  let [asked, checked, shopper] = [0, 0, await newShopper(0)];

  /** @param {number} number */
  async function one(number) {
    // A stream of its own for each request: what one draws does not move the next.
    const random = createRandom(((seed + (number % seeds)) * 1_000_003 + number) >>> 0).uniform;
    if (number % 400 === 0) shopper = await newShopper(number / 400);
    const route = pick(routes, random);
    const made = makeRequest(route, random, known.of(route.url, random));
    const isSpent = (successes.get(route.name) ?? 0) >= rationOf(route.name);
    const caller = isSpent ? pick(callers.odd, random) : callerOf(route, callers, shopper, random);
    const type = made.type === undefined ? {} : { "content-type": made.type };
    const twist = random() < 0.1 ? twisted(made, random) : { headers: type, payload: made.payload };
    const from = 1 + (Math.floor(number / 100) % 15_000);
    const accept = route.name === "mcp" ? { accept: "application/json, text/event-stream" } : {};
    const headers = { ...accept, ...caller.headers, ...type, ...twist.headers };
    const words = `${caller.name}: ${made.method} ${made.url.slice(0, 300)} ${JSON.stringify(twist.headers).slice(0, 200)} ${String(twist.payload ?? "").slice(0, 300)}`;
    try {
      const answer = await send({ method: made.method, url: made.url, headers, payload: twist.payload, from });
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (answer.status < 300) {
        successes.set(route.name, (successes.get(route.name) ?? 0) + 1);
        if (route.schemaOf(answer.status)) checked += 1;
        if (/^application\/json/.test(String(answer.headers["content-type"])) && answer.body.length < 200_000)
          known.note(route.url, JSON.parse(answer.body));
      }
      const fault = faultOf(route, answer);
      if (fault) note(`${route.name}: ${fault}`, `${words} -> ${answer.status} ${answer.body.slice(0, 400)}`);
    } catch (error) {
      note(`${route.name}: no answer`, `${words} -> ${String(error)}`);
    }
  }

  /** @param {string} what @param {string} example */
  const note = (what, example) => faults.set(what, { count: (faults.get(what)?.count ?? 0) + 1, example });

  const until = performance.now() + mostMs;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (asked < count && performance.now() < until) await one(++asked);
    }),
  );
  return {
    requests: asked,
    statuses,
    operations: routes.length,
    never_successful: routes.map(({ name }) => name).filter((name) => !successes.has(name)),
    answers_checked_by_schema: checked,
    rationed: routes.map(({ name }) => name).filter((name) => Number.isFinite(rationOf(name))),
    faults: [...faults].map(([what, { count: times, example }]) => ({ what, times, example })),
  };
}
