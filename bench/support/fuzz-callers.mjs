// Everybody who asks: each role by token and by session, tokens of one scope, a shared link, a shopper, a write key, strangers.
import { Agent, request } from "node:http";

/** @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, body: string }} Answer */
/** @typedef {{ name: string, headers: Record<string, string> }} Caller */

const mostMs = 150_000;

/** Requests to one server, each from an address of its own on loopback, as limits are by address. @param {string} base */
export function client(base) {
  /** @type {Map<string, Agent>} */
  const agents = new Map();
  /** @param {string} address */
  const agentOf = (address) => {
    const agent = agents.get(address) ?? new Agent({ keepAlive: true, maxSockets: 4, localAddress: address });
    agents.set(address, agent);
    return agent;
  };

  /**
   * @param {{ method: string, url: string, headers?: Record<string, string>, payload?: string | Buffer | undefined, from?: number }} asked
   * @returns {Promise<Answer>}
   */
  const send = async (asked) => {
    try {
      return await sendOnce(asked);
    } catch (error) {
      // A kept connection may end as it is used again; that says nothing of the request.
      if (/** @type {{ isReused?: boolean }} */ (error).isReused) return await sendOnce(asked);
      throw error;
    }
  };

  /** @param {Parameters<typeof send>[0]} asked @returns {Promise<Answer>} */
  const sendOnce = ({ method, url, headers = {}, payload, from = 0 }) =>
    new Promise((resolve, reject) => {
      const agent = agentOf(`127.0.${(from >> 8) & 255}.${from & 255 || 1}`);
      const sending = request(`${base}${url}`, { method, headers, agent }, (answer) => {
        const done = (/** @type {string} */ body) =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
          answer.destroy();
          return done("");
        }
        /** @type {Buffer[]} */
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => done(Buffer.concat(chunks).toString("utf8")));
        answer.on("error", reject);
      });
      sending.setTimeout(mostMs, () => sending.destroy(new Error(`no answer within ${mostMs} ms`)));
      sending.on("error", (error) => reject(Object.assign(error, { isReused: sending.reusedSocket })));
      if (payload !== undefined) sending.setHeader("content-length", Buffer.byteLength(payload));
      sending.end(payload);
    });
  return { send, close: () => [...agents.values()].map((agent) => agent.destroy()) };
}

/** @param {Answer} answer */
const cookieOf = ({ headers }) => (headers["set-cookie"] ?? []).map((one) => one.split(";")[0]).join("; ");

/** What only the fuzz itself holds: never taken for an id that requests may try. @type {Set<string>} */
export const ownIds = new Set();

/** Makes everybody. @param {ReturnType<typeof client>["send"]} send @param {string} link */
export async function makeCallers(send, link) {
  const cookie = cookieOf(await send({ method: "GET", url: link.replace(/^http:\/\/[^/]+/, "") }));
  const session = JSON.parse((await send({ method: "GET", url: "/api/v1/session", headers: { cookie } })).body);
  const admin = { cookie, "x-csrf-token": session.csrf_token };
  /** @param {string} url @param {object} body */
  const make = async (url, body) => {
    const payload = JSON.stringify(body);
    const headers = { ...admin, "content-type": "application/json" };
    const answer = await send({ method: "POST", url, headers, payload });
    if (answer.status >= 300) throw new Error(`${url}: ${answer.status} ${answer.body}`);
    const made = JSON.parse(answer.body);
    if (made.id) ownIds.add(made.id);
    return made;
  };
  /** @param {string} name @param {object} more @returns {Promise<Caller>} */
  const token = async (name, more) => ({
    name,
    headers: { authorization: `Bearer ${(await make("/api/v1/tokens", { name, ...more })).secret}` },
  });
  const staff = await Promise.all(["viewer", "analyst", "admin"].map((role) => token(role, { role })));
  const narrow = await Promise.all(
    ["query", "import", "score", "store"].map((scope) => token(`scope ${scope}`, { role: "admin", scopes: [scope] })),
  );
  const share = await make("/api/v1/shares", {
    title: "Fuzzed",
    page: "overview",
    questions: [{ analysis: "kpi-summary", query: "" }],
  });
  const key = await make("/api/v1/write-keys", { name: "fuzz" });
  const { rows } = JSON.parse((await send({ method: "GET", url: "/api/v1/sessions", headers: admin })).body);
  for (const row of rows) ownIds.add(row.id);
  return {
    staff,
    narrow,
    session: { name: "session", headers: admin },
    odd: [
      { name: "stranger", headers: {} },
      { name: "session without its token", headers: { cookie } },
      { name: "unknown token", headers: { authorization: "Bearer cw_unknown" } },
      { name: "unknown share", headers: { authorization: "Share nothing" } },
      { name: "share", headers: { authorization: `Share ${share.path.split("#")[1]}` } },
    ],
    key: {
      name: "write key",
      headers: { authorization: `Basic ${Buffer.from(`${key.key ?? key.secret}:`).toString("base64")}` },
    },
  };
}

/** A shopper who has just signed up. @param {ReturnType<typeof client>["send"]} send @param {number} number @returns {Promise<Caller>} */
export async function makeShopper(send, number) {
  const payload = JSON.stringify({ email: `fuzz${number}@example.com`, name: "Fuzz", password: "a long password" });
  const headers = { "content-type": "application/json" };
  const answer = await send({ method: "POST", url: "/api/v1/store/sign-up", headers, payload, from: 20_000 + number });
  if (answer.status !== 201) throw new Error(`sign-up: ${answer.status} ${answer.body}`);
  return {
    name: "shopper",
    headers: { cookie: cookieOf(answer), "x-csrf-token": JSON.parse(answer.body).csrf_token },
  };
}
