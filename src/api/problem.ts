/** Errors as problem documents (RFC 9457). */
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CartwrightError, toCartwrightError } from "../errors.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy: string;
  /** An id to quote; the log has it too. */
  readonly instance: string;
}

/** The problem document of an error; faults of ours keep their details to the log. */
export function problemOf(error: CartwrightError, instance: string): Problem {
  return {
    type: `urn:cartwright:error:${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.code === "internal" ? "The details are in the log under this id." : error.message,
    code: error.code,
    remedy: error.remedy,
    instance,
  };
}

const fromFastify = (error: { statusCode?: number; message: string }): CartwrightError => {
  if (error.statusCode === 413) return new CartwrightError("request_too_large", error.message);
  if (error.statusCode === 429) return new CartwrightError("too_many_requests", error.message);
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new CartwrightError("invalid_parameter", error.message);
  return toCartwrightError(error);
};

/**
 * What the log says of an error: of a fault of ours all there is; of what the surroundings refuse for now (503, 507) why,
 * without a stack, as it comes a thousand times when it comes; of a wrong request its code and no more: the message names what
 * was sent, and a statement or a search may name people.
 */
function logged(
  error: CartwrightError,
  instance: string,
): { level: "error" | "warn" | "info"; entry: object; words: string } {
  const entry = { instance, code: error.code };
  const words = error.message;
  if (error.status === 500) return { level: "error", entry: { ...entry, err: error }, words };
  if (error.status < 500) return { level: "info", entry, words: error.title };
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { level: "warn", entry: { ...entry, ...cause }, words };
}

declare module "fastify" {
  interface FastifyRequest {
    /** Code of the problem that was answered; null when there was none. */
    problemCode: string | null;
  }
}

/** Answers an error with its problem document, and logs it. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known =
    error instanceof CartwrightError ? error : fromFastify(error as { statusCode?: number; message: string });
  const instance = `urn:uuid:${request.id}`;
  request.problemCode = known.code;
  const { level, entry, words } = logged(known, instance);
  request.log[level](entry, words);
  const { retry_after_seconds } = known.details;
  if (typeof retry_after_seconds === "number") void reply.header("retry-after", retry_after_seconds);
  return (
    reply
      .code(known.status)
      // Malformed addresses come here before any hook has set it.
      .header("x-content-type-options", "nosniff")
      .type("application/problem+json")
      .send(JSON.stringify(problemOf(known, instance)))
  );
}

/** Bytes that are no HTTP are refused before there is a request: the connection gets the document and ends. */
export function refuseNonsense(_error: unknown, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const error = new CartwrightError("invalid_parameter", "the request is not HTTP, or its headers are too long");
  const body = JSON.stringify(problemOf(error, `urn:uuid:${randomUUID()}`));
  const head = ["HTTP/1.1 400 Bad Request", "content-type: application/problem+json", "connection: close"];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
}

export function installProblems(server: FastifyInstance): void {
  server.decorateRequest("problemCode", null);
  server.setErrorHandler(answerProblem);
  server.setNotFoundHandler((request, reply) => {
    const error = new CartwrightError(
      "not_found",
      `${request.method} ${request.url.split("?")[0]} is not an address of this server`,
    );
    return reply
      .code(404)
      .type("application/problem+json")
      .send(JSON.stringify(problemOf(error, `urn:uuid:${request.id}`)));
  });
}
