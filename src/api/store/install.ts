/** Puts the store's declared routes on the server. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { createStore } from "../../store/store.ts";
import type { StoreRoute } from "./define.ts";
import { storeRoutes } from "./routes.ts";
import type { StoreServices } from "./services.ts";
import { ShopperSession } from "./shopper-session.ts";

const secretFields = new Set(["password", "token"]);
const anyShopper = (route: StoreRoute): boolean => route.access === "anyone" || route.access === "shopper";

export function installStoreRoutes(server: FastifyInstance, services: StoreServices): void {
  server.addContentTypeParser("text/csv", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  for (const route of storeRoutes) {
    server.route({
      method: route.method,
      url: `/api/v1/store${route.path}`,
      config: {
        problems: ["store_missing", "store_conflict", "store_refused"],
        ...(anyShopper(route) ? { isOpen: true } : { role: route.access as "viewer" }),
        ...(route.mostAMinute === undefined ? {} : { rateLimit: { max: route.mostAMinute, timeWindow: "1 minute" } }),
      },
      schema: documented(route),
      handler: async (request, reply) => await answer(route, services, request, reply),
    });
  }
}

async function answer(
  route: StoreRoute,
  services: StoreServices,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const session = new ShopperSession(request, reply);
  if (anyShopper(route)) session.checkCsrf(request);
  const connection = await services.open();
  const shopper = anyShopper(route) ? await session.shopper(connection) : null;
  if (route.access === "shopper" && shopper === null)
    throw new CartwrightError(
      "shopper_not_signed_in",
      `${request.method} ${request.url.split("?")[0]} needs a shopper`,
    );
  // What is personal stays out of shared caches; a signed-out browser's back button shows nothing either.
  void reply.header("cache-control", "private, no-store");
  const result = await route.handle({
    params: checked(route.params, request.params),
    query: checked(route.query ?? z.strictObject({}), request.query),
    body: checked(route.body, request.body ?? undefined),
    store: createStore(connection),
    connection,
    services,
    shopper,
    session,
    staff: anyShopper(route) ? null : request.principal,
    request,
    reply,
  });
  void reply.code(route.status ?? 200);
  return route.status === 204 ? await reply.send() : result;
}

/** The values as the schema makes them. @throws invalid_parameter naming field, rule and value (never a secret) */
function checked(schema: z.ZodType | undefined, given: unknown): unknown {
  if (!schema) return undefined;
  const outcome = schema.safeParse(given);
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  const name = path.join(".") || "the request";
  const isSecret = path.some((part) => secretFields.has(part));
  const value = isSecret ? undefined : valueAt(given, path);
  const got = value === undefined ? "" : `, got ${JSON.stringify(value).slice(0, 80)}`;
  throw new CartwrightError("invalid_parameter", `${name}: ${issue?.message ?? "is not valid"}${got}`, { name });
}

function valueAt(given: unknown, path: readonly string[]): unknown {
  let value = given;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return typeof value === "object" ? undefined : value;
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly required?: readonly string[];
}

/** A schema as OpenAPI has it: values as the handler sees them, fields with a default not required. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as ObjectSchema & {
    $schema?: string;
  };
  const required = made.required?.filter((name) => made.properties?.[name]?.default === undefined) ?? [];
  return { ...made, ...(required.length > 0 ? { required } : { required: undefined }) };
}

function documented(route: StoreRoute): Record<string, unknown> {
  const status = route.status ?? 200;
  return {
    operationId: `store-${route.name}`,
    summary: route.summary,
    description: anyShopper(route)
      ? route.access === "shopper"
        ? "For a signed-in shopper, by cookie."
        : "For anyone."
      : `For staff: ${route.access}.`,
    tags: [anyShopper(route) ? "store" : "store desk"],
    ...(anyShopper(route) ? { security: [] } : {}),
    ...(route.params ? { params: jsonSchemaOf(route.params) } : {}),
    ...(route.query ? { querystring: jsonSchemaOf(route.query) } : {}),
    ...(route.body ? { body: jsonSchemaOf(route.body) } : {}),
    ...(route.bodyType ? { consumes: [route.bodyType] } : {}),
    response: {
      [status]: { description: status === 204 ? "Done" : "The answer", type: "object", additionalProperties: true },
    },
  };
}
