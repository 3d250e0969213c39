/**
 * Every error a person can meet. An error says what happened, to what, and what to do; the API sends the three sentences
 * as a problem document (RFC 9457), the command line prints them, and docs/reference/errors.md lists them.
 */
import { errorKinds } from "./errors/kinds.ts";

export { errorKinds };

export type ErrorCode = keyof typeof errorKinds;
export type Details = Readonly<Record<string, string | number | boolean | null>>;

/** An error with a stable code. `message` is the sentence that names the thing and the value. */
export class CartwrightError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, message: string, details: Details = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CartwrightError";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorKinds[this.code].status;
  }

  get exitCode(): number {
    return errorKinds[this.code].exitCode;
  }

  get title(): string {
    return errorKinds[this.code].title;
  }

  /** What to do, with the details filled in. */
  get remedy(): string {
    return errorKinds[this.code].remedy.replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(this.details[name] ?? whole),
    );
  }
}

/** The same error if it is one of ours, a full disk as such, else an `internal` one that keeps the cause. */
export function toCartwrightError(error: unknown): CartwrightError {
  if (error instanceof CartwrightError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
    const path = "path" in error ? String(error.path) : "the workspace";
    return new CartwrightError("disk_full", message, { path }, error);
  }
  return new CartwrightError("internal", message, {}, error);
}
