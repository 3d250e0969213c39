/** Says in the OpenAPI document who may use an operation, from what the guard checks. */
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { scopeOf } from "./scopes.ts";

/** Adds `x-role`, the least role, and `x-scope`, the scope that covers it (absent when none does), to what needs sign-in. */
export const withAccess: NonNullable<FastifyDynamicSwaggerOptions["transform"]> = ({ schema, url, route }) => {
  const { isOpen, isCollecting, role = "viewer" } = route.config ?? {};
  if (schema?.hide || isOpen || isCollecting) return { schema, url };
  const scope = scopeOf(String(route.method), url);
  return { schema: { ...schema, "x-role": role, ...(scope ? { "x-scope": scope } : {}) }, url };
};
