// Requests made from the routes' own schemas: mostly what they allow, with edges and rubbish among it.

import { z } from "zod";

/** Texts that have broken servers before: quotes, comments, zero bytes, format letters, paths, long and odd letters. */
export const nasty = [
  "'",
  "''; drop table store.orders; --",
  "1' or '1'='1",
  '"; select pg_sleep(10); --',
  "$1",
  "{name:text}",
  "\\",
  "%",
  "_",
  "%s%n",
  "../../etc/passwd",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e",
  "ﬀ🙂",
  "null",
  "NaN",
  "-1",
  "1e309",
  "9223372036854775808",
  "0x10",
  "<script>alert(1)</script>",
  "{}",
  "[]",
  "a".repeat(6000),
  "",
  " ",
  "\r\nSet-Cookie: a=b",
  "(((((",
  "& | ! <-> :*",
  "2026-02-30",
  "0001-01-01 BC",
  "infinity",
];

/** What fits fields of these names though their schema says no more than that they are texts. @type {Readonly<Record<string, readonly unknown[]>>} */
const likely = {
  email: ["ada@example.com", "ben@example.com", "eve@example.com"],
  page: ["sales", "funnel", "products"],
  search: ["?category=hats", ""],
  analysis: ["kpi-summary", "revenue-over-time", "top-products"],
  column: ["net_revenue_minor", "order_count"],
  condition: [
    { kind: "above", value: 10 },
    { kind: "change", direction: "fall", rate: 0.2 },
  ],
  field: ["category", "brand", "channel", "country", "segment"],
  baseline: ["0.1"],
  effect: ["0.02"],
  sample_size: ["1000"],
  rates: ["0.1,0.12"],
  days: ["5"],
  name: ["hats.csv", "orders.csv", "coats"],
  query: [""],
  since: ["2026-01-01T00:00:00Z"],
  kind: ["change", "query"],
  status: ["paid", "approved", "received"],
  title: ["A title"],
};

/** @typedef {{ type?: string | string[], enum?: unknown[], examples?: unknown[], const?: unknown, anyOf?: Schema[], oneOf?: Schema[], properties?: Record<string, Schema>, required?: string[], items?: Schema, minimum?: number, maximum?: number, minLength?: number, maxLength?: number, pattern?: string, format?: string, additionalProperties?: unknown, default?: unknown }} Schema */
/** @typedef {() => number} Uniform */
/** @typedef {{ params?: Schema | undefined, query?: Schema | undefined, body?: Schema | undefined }} Schemas */

/** @template T @param {readonly T[]} list @param {Uniform} random @returns {T} */
const pick = (list, random) => /** @type {T} */ (list[Math.floor(random() * list.length)]);

/**
 * The store's routes with their values as JSON Schemas.
 *
 * @param {readonly import("../../src/api/store/define.ts").StoreRoute[]} routes
 */
export function withSchemas(routes) {
  /** @param {import("zod").ZodType | undefined} schema */
  const schemaOf = (schema) =>
    schema &&
    /** @type {Schema} */ (/** @type {unknown} */ (z.toJSONSchema(schema, { io: "output", unrepresentable: "any" })));
  return routes.map((route) => ({
    name: route.name,
    method: route.method,
    path: route.path,
    url: `/api/v1/store${route.path}`,
    bodyType: route.bodyType,
    schemas: { params: schemaOf(route.params), query: schemaOf(route.query), body: schemaOf(route.body) },
  }));
}

/**
 * A value that the schema allows, at times at its edge.
 *
 * @param {Schema} schema
 * @param {Uniform} random
 * @param {number} share of an object's optional fields that are given
 * @param {string} name of the field it is for
 * @returns {unknown}
 */
export function fitting(schema, random, share = 0.6, name = "") {
  if (schema.const !== undefined) return schema.const;
  if (schema.examples && random() < 0.8) return pick(schema.examples, random);
  if (schema.enum) return pick(schema.enum, random);
  const fits = schema.enum || schema.pattern ? undefined : likely[name];
  if (fits && random() < 0.5) return pick(fits, random);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fitting(pick(either, random), random, share, name);
  const type = Array.isArray(schema.type) ? pick(schema.type, random) : schema.type;
  if (type === "integer" || type === "number") {
    const least = schema.minimum ?? 0;
    const most = Math.min(schema.maximum ?? 100, least + (random() < 0.8 ? 12 : 1e15));
    const value = least + random() * (most - least);
    return random() < 0.05 ? (schema.maximum ?? most) : type === "integer" ? Math.floor(value) : value;
  }
  if (type === "boolean") return random() < 0.5;
  if (type === "array")
    return Array.from({ length: Math.floor(random() * 3) + 1 }, () => fitting(schema.items ?? {}, random, share));
  if (type === "object") {
    const required = new Set(schema.required ?? []);
    const given = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || random() < share);
    return Object.fromEntries(given.map(([name, one]) => [name, fitting(one, random, share, name)]));
  }
  if (type === "null") return null;
  return fittingText(schema, random);
}

const words = [
  "hat",
  "coat",
  "scarf",
  "denim jaket",
  "hoodie",
  "ada@example.com",
  "card",
  "test-fails",
  "test-times-out",
  "GB",
  "Leeds",
];

/** @param {Schema} schema @param {Uniform} random */
function fittingText(schema, random) {
  if (schema.format === "date") return pick(["2001-02-03", "1899-12-31", "9999-12-31"], random);
  if (schema.format === "date-time")
    return pick(["2100-01-01T00:00:00Z", "2001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"], random);
  if (schema.pattern?.includes("A-Z]{2}")) return pick(["GB", "DE", "ZZ"], random);
  if (schema.pattern?.startsWith("^[a-z0-9]+")) return pick(["hats", "coats", "a-1"], random);
  if (schema.pattern?.includes("@"))
    return pick(["ada@example.com", `u${Math.floor(random() * 50)}@example.com`], random);
  const text = random() < 0.25 ? pick(nasty, random) : pick(words, random);
  return text.padEnd(schema.minLength ?? 0, "x").slice(0, schema.maxLength ?? 6000);
}

/** Something else than the schema allows. @param {Uniform} random @returns {unknown} */
export function rubbish(random) {
  const depth = random();
  if (depth < 0.5) return pick(nasty, random);
  return pick(
    [null, true, -1, 0, 1.5, 1e300, 2 ** 53, [], {}, [[[]]], { a: { b: 1 } }, ["x", 1, null], { constructor: 1 }],
    random,
  );
}

/** @param {unknown} given @param {Uniform} random */
function spoiled(given, random) {
  if (typeof given !== "object" || given === null || Array.isArray(given) || random() < 0.1) return rubbish(random);
  const names = Object.keys(given);
  if (names.length === 0 || random() < 0.1)
    return { ...given, [pick(["extra", "toString", "id"], random)]: rubbish(random) };
  return { ...given, [pick(names, random)]: rubbish(random) };
}

/** @param {unknown} value */
const asText = (value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/**
 * One request to a route: path, query and body, a share of them spoiled.
 *
 * @param {{ method: string, url: string, bodyType?: string | undefined, schemas: Schemas }} route
 * @param {Uniform} random
 * @param {(name: string) => unknown} known a value that exists for a parameter; undefined when none is known
 */
export function makeRequest(route, random, known = () => undefined) {
  const { params = {}, query, body } = route.schemas;
  // Few fields fit together more often than many.
  const share = pick([0, 0.1, 0.6], random);
  const isSpoiled = () => random() < 0.35;
  const path = route.url.replace(/:(\w+)/g, (_, name) => {
    const there = known(name);
    const fits = there === undefined ? fitting(params.properties?.[name] ?? {}, random, share, name) : there;
    const text = asText(isSpoiled() ? rubbish(random) : fits);
    return encodeURIComponent(text.isWellFormed() ? text : "x") || "0";
  });
  /** @param {Schema} schema */
  const made = (schema) => {
    const value = fitting(schema, random, share);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const better = Object.keys(value).map((name) => [name, schema.properties?.[name]?.enum ? undefined : known(name)]);
    return { ...value, ...Object.fromEntries(better.filter(([, one]) => one !== undefined)) };
  };
  const given = query ? made(query) : {};
  const asked = isSpoiled() ? spoiled(given, random) : given;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(/** @type {object} */ (asked ?? {})).slice(0, 20))
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, asText(one));
  const sent = body === undefined ? undefined : made(body);
  const payload = body === undefined ? undefined : isSpoiled() ? spoiled(sent, random) : sent;
  return {
    method: route.method,
    url: `${path}${search.size > 0 ? `?${search}` : ""}`.slice(0, 8000),
    ...(route.method === "GET" || payload === undefined
      ? {}
      : route.bodyType
        ? { payload: `sku,stock\n${asText(payload).slice(0, 3000)}`, type: route.bodyType }
        : { payload: JSON.stringify(payload), type: "application/json" }),
  };
}
