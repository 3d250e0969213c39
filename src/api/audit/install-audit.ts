/**
 * Writes the audit log, from what a route is and not from what it remembers to do: whatever changes something by its method,
 * and whatever is sent as a file, is written down before its answer leaves.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isUnsafe } from "../guard.ts";
import type { AuditEntry, AuditKind, AuditLog, AuditOutcome } from "./audit-log.ts";

/** Whom a request is about that is not signed in yet. */
interface Subject extends Pick<AuditEntry, "who" | "by" | "by_id"> {
  /** What a sign-in has changed of them. */
  readonly on?: string;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** How requests stand in the audit log; `none` for those that change nothing though their method says so. */
    audit?: AuditKind | "none";
  }
  interface FastifyRequest {
    /** Who has signed in or out by this request, or tried to. */
    subject: Subject | null;
  }
}

/** How requests of a route stand in the log. A change unless the route says otherwise; shoppers and events have logs of their own. */
export function auditKindOf(
  { audit, isOpen, isCollecting }: { audit?: AuditKind | "none"; isOpen?: boolean; isCollecting?: boolean },
  method: string,
): AuditKind | "none" {
  return audit ?? (isUnsafe(method) && !isOpen && !isCollecting ? "change" : "none");
}

const isFile = (reply: FastifyReply): boolean =>
  String(reply.getHeader("content-disposition")).startsWith("attachment");

function subjectOf({ principal, signedInBy }: FastifyRequest): Subject | null {
  return principal && signedInBy && { who: principal.name, by: signedInBy.kind, by_id: signedInBy.id };
}

function outcomeOf(status: number): AuditOutcome {
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "done";
}

/** The id, or plain name, of what an answer tells to have made. */
function madeIn(payload: unknown): string {
  if (typeof payload !== "string" || !payload.startsWith("{")) return "";
  try {
    const { id, name } = JSON.parse(payload) as Readonly<Record<string, unknown>>;
    return [id, name].map((one) => String(one ?? "")).find((one) => /^[\w.-]{1,80}$/.test(one)) ?? "";
  } catch {
    return "";
  }
}

function entryOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): AuditEntry | null {
  const { config, schema, url = "" } = request.routeOptions;
  const declared = auditKindOf(config, request.method);
  const kind = declared === "none" && isFile(reply) ? "export" : declared;
  const subject = kind === "sign-in" ? request.subject : subjectOf(request);
  if (kind === "none" || !subject) return null;
  const outcome = outcomeOf(reply.statusCode);
  const named = Object.values((request.params ?? {}) as Readonly<Record<string, string>>).join(" ");
  const { format } = (request.query ?? {}) as { readonly format?: unknown };
  const made = kind === "change" && named === "" && outcome === "done" ? madeIn(payload) : "";
  return {
    kind,
    ...subject,
    what: Reflect.get(schema ?? {}, "operationId") ?? url.slice(1),
    on: kind === "export" ? `${named} ${String(format ?? "")}`.trim() : named || made || (subject.on ?? ""),
    outcome,
    code: outcome === "done" ? null : request.problemCode,
    request_id: request.id,
  };
}

export function installAudit(server: FastifyInstance, log: AuditLog): void {
  server.decorateRequest("subject", null);
  server.addHook("onSend", async (request, reply, payload) => {
    const entry = entryOf(request, reply, payload);
    try {
      if (entry) log.append(entry);
    } catch (error) {
      // The change is made: its maker gets the answer, and who runs the server the reason.
      request.log.error({ err: error, entry }, "not in the audit log");
    }
    return payload;
  });
}
