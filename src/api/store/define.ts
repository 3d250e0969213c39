/** The small language the store's routes are declared in: one value is route, OpenAPI operation, check of values and rights. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { StoreConnection } from "../../store/connection.ts";
import type { Store } from "../../store/store.ts";
import type { Principal, Role } from "../role.ts";
import type { StoreServices } from "./services.ts";
import type { Shopper, ShopperSession } from "./shopper-session.ts";

/** Who may call: anyone, a signed-in shopper, or staff from a role on. */
export type Access = "anyone" | "shopper" | Role;

/** What a handler has of one request; values are as the route's schemas make them. */
export interface StoreCall<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly store: Store;
  readonly connection: StoreConnection;
  readonly services: StoreServices;
  /** The signed-in shopper; null for a guest. */
  readonly shopper: Shopper | null;
  readonly session: ShopperSession;
  /** The signed-in member of staff; null on shoppers' routes. */
  readonly staff: Principal | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1/store`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Status of success; 200 when not said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Most requests of one address a minute, where guessing or mailing must be slow. */
  readonly mostAMinute?: number;
  /** The form of the body when it is not JSON. */
  readonly bodyType?: "text/csv";
  readonly handle: (call: StoreCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
}

/** A route without the types of its own values, as the list holds it. */
export interface StoreRoute extends Omit<Declared<z.ZodType, z.ZodType, z.ZodType>, "handle"> {
  readonly handle: (call: StoreCall<unknown, unknown, unknown>) => Promise<unknown>;
}

/** A shopper's call: there is one. */
export interface ShopperCall<P, Q, B> extends StoreCall<P, Q, B> {
  readonly shopper: Shopper;
}

type Nothing = z.ZodType<unknown>;

export function storeRoute<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  route: Declared<P, Q, B>,
): StoreRoute {
  // The values given to `handle` come from the schemas of the same declaration.
  return route as unknown as StoreRoute;
}

/** A route of a signed-in shopper; installing it refuses everyone else. */
export function shopperRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(
  route: Omit<Declared<P, Q, B>, "access" | "handle"> & {
    readonly handle: (call: ShopperCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
  },
): StoreRoute {
  return { ...route, access: "shopper" } as unknown as StoreRoute;
}
