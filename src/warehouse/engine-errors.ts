/** What the engine's errors are called here. */
import { ClickHouseError } from "@clickhouse/client";
import { CartwrightError, type ErrorCode } from "../errors.ts";

const codeOfEngineError: Readonly<Record<string, ErrorCode>> = {
  MEMORY_LIMIT_EXCEEDED: "memory_exceeded",
  TIMEOUT_EXCEEDED: "query_timeout",
  ACCESS_DENIED: "query_refused",
  READONLY: "query_refused",
  UNKNOWN_DATABASE: "query_refused",
  NOT_ENOUGH_SPACE: "disk_full",
  QUERY_WAS_CANCELLED: "cancelled",
  ALL_CONNECTION_TRIES_FAILED: "warehouse_unreachable",
  ATTEMPT_TO_READ_AFTER_EOF: "warehouse_unreachable",
  NETWORK_ERROR: "warehouse_unreachable",
  SOCKET_TIMEOUT: "warehouse_unreachable",
};

/** An error of a statement as one of ours. @param signal told when nobody waits for the statement any more */
export function translate(error: unknown, signal: AbortSignal | undefined): CartwrightError {
  if (error instanceof CartwrightError) return error;
  if (signal?.aborted) return new CartwrightError("cancelled", "the statement was cancelled", {}, error);
  if (error instanceof ClickHouseError) {
    const type = error.type ?? "";
    const isDiskFull = /No space left on device/i.test(error.message);
    const code = isDiskFull ? "disk_full" : (codeOfEngineError[type] ?? "query_invalid");
    return new CartwrightError(
      code,
      `${error.message} (${type || error.code})`,
      { engine_code: error.code, path: "the warehouse" },
      error,
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/ECONN|socket|EPIPE|hang up|aborted/i.test(message)) {
    return new CartwrightError("engine_stopped", `the connection to the engine ended: ${message}`, {}, error);
  }
  return new CartwrightError("internal", message, {}, error);
}
