/**
 * Says in the OpenAPI document with which statuses an operation may refuse: those that any request of its kind can meet, and
 * those of the problems its route names. Each status stands once among the document's components, with its problems.
 */
import type { RouteOptions } from "fastify";
import { type ErrorCode, errorKinds } from "../errors.ts";
import { isUnsafe } from "./guard.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Problems a request may meet here beside those of every request of its kind. */
    problems?: readonly ErrorCode[];
  }
}

type Access = "open" | "guarded";

/** The guard's and the parsers' own, and an engine or a store that is just starting again. */
const ofAll: readonly ErrorCode[] = [
  "invalid_parameter",
  "share_ended",
  "request_refused",
  "too_many_requests",
  "engine_stopped",
];
const ofGuarded: readonly ErrorCode[] = ["not_signed_in", "not_allowed"];
const ofBodies: readonly ErrorCode[] = ["request_too_large", "file_type_unknown"];

/** Statuses with which a request to a route may be refused, ascending. */
export function problemStatuses(route: Pick<RouteOptions, "config" | "method" | "url">, access: Access): number[] {
  const codes: readonly ErrorCode[] = [
    ...ofAll,
    ...(access === "guarded" ? ofGuarded : []),
    ...(/[:*{]/.test(route.url) ? (["not_found"] as const) : []),
    ...(isUnsafe(String(route.method)) ? ofBodies : []),
    ...(route.config?.problems ?? []),
  ];
  return [...new Set(codes.map((code) => errorKinds[code].status))].sort((one, other) => one - other);
}

const text = { type: "string" } as const;

/** RFC 9457, with our code and remedy. */
const problemSchema = {
  type: "object",
  properties: {
    type: text,
    title: text,
    status: { type: "integer" },
    detail: text,
    code: { type: "string", enum: Object.keys(errorKinds) },
    remedy: text,
    instance: text,
  },
  required: ["type", "title", "status", "detail", "code", "remedy", "instance"],
} as const;

const statuses = [...new Set(Object.values(errorKinds).map(({ status }) => status))].sort();

const responseOf = (status: number) => ({
  description: Object.entries(errorKinds)
    .filter(([, kind]) => kind.status === status)
    .map(([code, { title }]) => `${title} (${code})`)
    .join("; "),
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/problem" } } },
});

interface Operation {
  responses?: Record<string, unknown>;
  "x-problems"?: readonly number[];
}

/** The responses of an operation with those that refuse; what the route tells itself stays. */
export function withProblems(responses: Readonly<Record<string, unknown>>, problems: readonly number[]) {
  const refusing = problems.map((status) => [String(status), { $ref: `#/components/responses/${status}` }]);
  return { ...Object.fromEntries(refusing), ...responses };
}

/** Puts the refusals that routes noted in `x-problems` into a finished document. */
export function documentProblems<D extends object>(document: D): D {
  const { paths = {}, components } = document as {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: object };
  };
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations)) {
      operation.responses = withProblems(operation.responses ?? {}, operation["x-problems"] ?? []);
      delete operation["x-problems"];
    }
  }
  return {
    ...document,
    components: {
      ...components,
      schemas: { ...components?.schemas, problem: problemSchema },
      responses: Object.fromEntries(statuses.map((status) => [status, responseOf(status)])),
    },
  };
}
