/** Says in the OpenAPI document who may use an operation, from what the guard checks. */
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { auditKindOf } from "./audit/install-audit.ts";
import { problemStatuses } from "./documented-problems.ts";
import type { Role } from "./role.ts";
import { scopeOf } from "./scopes.ts";

/** `x-role`, the least role, and `x-scope`, the scope that covers a route; absent when none does. */
export function accessOf(role: Role, method: string, route: string): { "x-role": Role; "x-scope"?: string } {
  const scope = scopeOf(method, route);
  return { "x-role": role, ...(scope ? { "x-scope": scope } : {}) };
}

/** Adds the problems an operation may meet, the access to what needs sign-in, and how it stands in the audit log (`x-audit`). */
export const withAccess: NonNullable<FastifyDynamicSwaggerOptions["transform"]> = ({ schema, url, route }) => {
  const { isOpen, isCollecting, role = "viewer" } = route.config ?? {};
  if (schema?.hide) return { schema, url };
  const isGuarded = !isOpen && !isCollecting;
  const problems = { "x-problems": problemStatuses(route, isGuarded ? "guarded" : "open") };
  if (!isGuarded) return { schema: { ...schema, ...problems }, url };
  const audit = auditKindOf(route.config ?? {}, String(route.method));
  const noted = audit === "none" ? {} : { "x-audit": audit };
  return { schema: { ...schema, ...accessOf(role, String(route.method), url), ...noted, ...problems }, url };
};
